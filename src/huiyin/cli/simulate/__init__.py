"""A believable year of the loaded fictional district, and plain messages for the benches (docs/demo.md)."""

from huiyin.cli.simulate.run import simulate
from huiyin.cli.simulate.stream import messages, write_export
from huiyin.cli.simulate.summary import Summary

__all__ = ["Summary", "messages", "simulate", "write_export"]
