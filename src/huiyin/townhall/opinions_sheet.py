"""Opinions that stand in a spreadsheet, as the lines somebody would have pasted: looked over before a press."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, Final

from huiyin.collect.importing.sheet import Sheet, open_sheet

MOST_BYTES: Final = 2 * 1024 * 1024
_MOST_ROWS: Final = 1000
_LONGEST_HEAD: Final = 12  # characters; what is longer says something itself


def lines_of(file: IO[bytes]) -> list[str]:
    """The column that says most, a cell a line. Raises `FileProblem`. At most 1,000 rows are read."""
    with NamedTemporaryFile() as kept:
        kept.write(file.read(MOST_BYTES))
        kept.flush()
        return list(_lines(open_sheet(Path(kept.name))))


def _lines(sheet: Sheet) -> Iterator[str]:
    rows = [row for _number, row in islice(sheet.rows(), _MOST_ROWS)]
    column = _fullest([sheet.columns, *rows])
    head = _said(sheet.columns, column)
    told = [head] if len(head) > _LONGEST_HEAD or not rows else []
    return filter(None, [*told, *(_said(row, column) for row in rows)])


def _fullest(rows: Sequence[Sequence[Any]]) -> int:
    """The column with most characters."""
    width = max(map(len, rows), default=0)
    return max(range(width), key=lambda column: sum(len(_said(row, column)) for row in rows), default=0)


def _said(row: Sequence[Any], column: int) -> str:
    cell = row[column] if column < len(row) else None
    return "" if cell is None else " ".join(str(cell).split())
