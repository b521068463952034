"""A table on disk, whatever its format: columns, how many rows, and the rows a few thousand at a time."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from huiyin.collect.importing.problems import FileProblem

# What one sheet of a workbook can hold; larger tables are split by whoever sends them.
MAX_ROWS = 1_048_576
MAX_COLUMNS = 500
# A reference to a cell in column SG (501) or further, as XLSX writes it.
_FAR_CELL = re.compile(rb'r="(?:[A-Z]{3}|S[G-Z]|[T-Z][A-Z])[0-9]')
_CHUNK = 1 << 20
# A zip that claims more than this when unpacked is an attack or a mistake.
MAX_UNPACKED_BYTES = 2 << 30
Row = Sequence[Any]
# The row's number as a spreadsheet shows it (the header is above it), and its cells.
Numbered = tuple[int, Row]


class Sheet(Protocol):
    @property
    def columns(self) -> list[str]: ...

    @property
    def count(self) -> int: ...

    def rows(self) -> Iterator[Numbered]: ...


def open_sheet(path: Path) -> Sheet:
    """By what the file holds, not by its name. Raises `FileProblem`."""
    if not path.is_file():
        raise FileProblem(f"没有文件 {path.name}。", f"There is no file {path.name}.")
    with path.open("rb") as file:
        start = file.read(8)
    if not start:
        raise FileProblem("文件是空的。", "The file is empty.")
    sheet = _reader(path, start)
    if len(sheet.columns) > MAX_COLUMNS:
        raise FileProblem(f"超过 {MAX_COLUMNS} 列。", f"The file has more than {MAX_COLUMNS} columns.")
    if sheet.count > MAX_ROWS:
        raise FileProblem(
            f"文件有 {sheet.count:,} 行,一次最多 {MAX_ROWS:,} 行。请按月份拆成几个文件,什么都还没有导入。",
            f"The file has {sheet.count:,} rows; at most {MAX_ROWS:,} go in one file. Split it, for instance by month; "
            "nothing was imported.",
        )
    return sheet


def _reader(path: Path, start: bytes) -> Sheet:
    # The readers are heavy: only the one that is needed is loaded.
    if start.startswith(b"PAR1"):
        from huiyin.collect.importing.parquet import ParquetSheet  # noqa: PLC0415

        return ParquetSheet(path)
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        from huiyin.collect.importing.excel import ExcelSheet  # noqa: PLC0415

        if start.startswith(b"PK"):
            _check_zip(path)
        return ExcelSheet(path)
    from huiyin.collect.importing.csv_sheet import CsvSheet  # noqa: PLC0415

    return CsvSheet(path)


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > MAX_UNPACKED_BYTES:
                raise FileProblem(
                    "工作簿解开后太大,请拆成几个文件。", "The workbook is too large once unpacked; split it."
                )
            for entry in archive.infolist():
                if entry.filename.startswith("xl/worksheets/"):
                    _check_width(archive, entry)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise FileProblem("工作簿已损坏,请重新导出。", "The workbook is damaged; export it again.") from error


def _check_width(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """One cell far to the right makes the reader lay out the whole rectangle: refuse before it does."""
    with archive.open(entry) as sheet:
        tail = b""
        while chunk := sheet.read(_CHUNK):
            if _FAR_CELL.search(tail + chunk):
                raise FileProblem(
                    f"表里有第 {MAX_COLUMNS} 列以后的内容,请删去右边的空列再导入。",
                    f"The sheet has cells right of column {MAX_COLUMNS}; delete the columns you do not need.",
                )
            tail = chunk[-16:]


def header_of(rows: Iterable[Row]) -> tuple[int, list[str]]:
    """Where the header is and what it says: the first row with two filled cells, since a sheet's title has one."""
    first: tuple[int, list[str]] | None = None
    for number, row in enumerate(islice(rows, 20), start=1):
        names = ["" if cell is None else str(cell).strip() for cell in row]
        filled = sum(map(bool, names))
        if filled > 1:
            return number, names
        if filled and first is None:
            first = number, names
    if first is None:
        raise FileProblem("表里没有标题行。", "The table has no header row.")
    return first


def blank(row: Row) -> bool:
    return all(cell is None or cell == "" for cell in row)
