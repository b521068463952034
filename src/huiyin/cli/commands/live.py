"""The live pages of meetings."""

import sys

import click

from huiyin.cli.commands.serve import require_port
from huiyin.cli.environment import prepare
from huiyin.config.database import keep_running
from huiyin.config.server import Supervisor, follow_parent


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 to be reached from other machines.")
@click.option("--port", default=8100, show_default=True, type=click.IntRange(1, 65535))
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64), help="19,000 viewers each.")
def command(host: str, port: int, processes: int) -> None:
    """Serve the streams, questions and likes of meetings, to many at once."""
    require_port(host, port)
    prepare()
    follow_parent()
    keep_running()
    Supervisor({"live": [sys.executable, "-m", "huiyin.live", host, str(port), str(processes)]}).run()
