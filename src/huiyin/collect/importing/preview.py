"""The first rows of a file as a person may look at them, and which column is probably what."""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from huiyin.collect.importing.fields import FIELDS
from huiyin.collect.importing.maps import Map, fitting_map, plain, shipped
from huiyin.collect.importing.problems import PERSONAL, shown
from huiyin.collect.importing.sheet import open_sheet

ROWS = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """`rows` are masked. `fits` is the shipped map that reads the file; `guess`: field → column."""

    columns: list[str]
    count: int
    rows: list[list[str]]
    fits: Map | None
    guess: dict[str, str]


def preview(path: Path) -> Preview:
    """Raises `FileProblem`."""
    sheet = open_sheet(path)
    personal = {index for index, name in enumerate(sheet.columns) if plain(name) in _names(PERSONAL)}
    rows = [
        [shown("person" if index in personal else "", cell) for index, cell in enumerate(row)]
        for _, row in islice(sheet.rows(), ROWS)
    ]
    return Preview(sheet.columns, sheet.count, rows, fitting_map(sheet.columns), _guess(sheet.columns))


def _names(fields: frozenset[str]) -> set[str]:
    """Every name that a shipped map has for one of the fields."""
    return {plain(name) for map_ in shipped().values() for field in fields for name in map_.columns.get(field, ())}


def _guess(columns: list[str]) -> dict[str, str]:
    by_name = {plain(name): name for name in columns if name}
    found: dict[str, str] = {}
    for field in FIELDS:
        names = (name for map_ in shipped().values() for name in (*map_.columns.get(field, ()), field))
        if match := next((by_name[plain(name)] for name in names if plain(name) in by_name), None):
            found[field] = match
    return found
