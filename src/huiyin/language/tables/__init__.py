"""Word lists that an office can read and correct without reading code: one CSV file each, with a heading line."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The lines of `<name>.csv` by their headings."""
    return tuple(csv.DictReader((files(__name__) / f"{name}.csv").read_text(encoding="utf-8").splitlines()))
