"""Text and CSV files as offices save them, read cell by cell; every problem is noted with its file and line."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

_FLAGS: Final = {"true": True, "1": True, "yes": True, "是": True, "false": False, "0": False, "no": False, "否": False}
_FLAGS_OR_EMPTY: Final = _FLAGS | {"": False}


class PackError(Exception):
    """A pack that cannot be used; `problems` is everything found, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Row:
    """One line of a table. A cell that cannot be read is noted in `problems` and stands as empty: reading goes on."""

    file: str
    line: int
    cells: dict[str, str]
    problems: list[str]

    def problem(self, text: str) -> None:
        self.problems.append(f"{self.file} line {self.line}: {text}")

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def needed(self, column: str) -> str:
        if not (value := self.text(column)):
            self.problem(f"{column} is empty; fill it in.")
        return value

    def one_of(self, column: str, choices: Collection[str], *, default: str = "") -> str:
        value = self.text(column) or default
        if value not in choices and not (value == "" and "" in choices):
            self.problem(f"{column} '{value}' is not known; use one of {', '.join(c for c in choices if c)}.")
        return value

    def many(self, column: str) -> tuple[str, ...]:
        parts = (part.strip() for part in re.split("[;；]", self.text(column)))
        return tuple(part for part in parts if part)

    def words(self, column: str) -> tuple[str, ...]:
        return tuple(self.text(column).split())

    def flag(self, column: str) -> bool:
        value = self.text(column).lower()
        if value not in _FLAGS_OR_EMPTY:
            self.problem(f"{column} '{value}' is neither true nor false; write true or false.")
        return _FLAGS_OR_EMPTY.get(value, False)

    def whole(self, column: str, *, least: int) -> int | None:
        if not (value := self.text(column)):
            return None
        if not (value.isascii() and value.isdigit()) or int(value) < least:
            self.problem(f"{column} '{value}' is not a whole number of at least {least}; correct it.")
            return None
        return int(value)

    def degrees(self, column: str, *, limit: int) -> float | None:
        if not (value := self.text(column)):
            return None
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not -limit <= number <= limit:
            self.problem(
                f"{column} '{value}' is not a number of degrees from -{limit} to {limit}; correct or empty it."
            )
            return None
        return number

    def day(self, column: str) -> date | None:
        """2026-01-31, or 2026/1/31 as spreadsheets write it."""
        if not (value := self.text(column)):
            return None
        try:
            year, month, day = value.replace("/", "-").split("-")
            return date(int(year), int(month), int(day))
        except ValueError:
            self.problem(f"{column} '{value}' is not a date; write it as 2026-01-31.")
            return None

    def mapping(self, column: str) -> dict[str, str]:
        """A JSON object, or `scheme=code;scheme=code`."""
        value = self.text(column)
        if value.startswith("{"):
            try:
                return {str(key): str(code) for key, code in json.loads(value).items()}
            except ValueError:
                self.problem(f"{column} is not a JSON object; correct it, or write scheme=code;scheme=code.")
                return {}
        pairs = [part.partition("=") for part in self.many(column)]
        if not all(key.strip() and code.strip() for key, _, code in pairs):
            self.problem(f"{column} '{value}' is not understood; write scheme=code;scheme=code.")
        return {key.strip(): code.strip() for key, _, code in pairs}


T = TypeVar("T")
Lines = list[tuple[Row, T]]


def read_text(path: Path, problems: list[str]) -> str | None:
    """UTF-8 with or without BOM, else GBK (as GB 18030, which contains it)."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        problems.append(f"{path.name} is missing; add it to {path.parent}.")
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    problems.append(f"{path.name} is neither UTF-8 nor GBK text; save it again as CSV UTF-8.")
    return None


def read_rows(path: Path, needed: Sequence[str], optional: Sequence[str], problems: list[str]) -> list[Row] | None:
    """The table's lines without empty ones; None when the file as a whole cannot be read."""
    if (text := read_text(path, problems)) is None:
        return None
    lines = _lines(text)
    try:
        _, header = next(lines, (1, []))
        return (
            _rows(path.name, header, lines, problems)
            if _header(path.name, header, needed, optional, problems)
            else None
        )
    except csv.Error as error:
        problems.append(f"{path.name} {error}; check the quotation marks.")
        return None


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Cells with the number of the line they begin on (a quoted cell may hold line breaks)."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            yield start, [cell.strip() for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        raise csv.Error(f"line {start}: not readable as CSV ({error})") from error


def _header(
    file: str, header: Sequence[str], needed: Sequence[str], optional: Sequence[str], problems: list[str]
) -> bool:
    missing = [column for column in needed if column not in header]
    if missing:
        problems.append(f"{file} line 1: no column {', '.join(missing)}; add it to the first line.")
    unknown = [column for column in header if column and column not in (*needed, *optional)]
    if unknown:
        allowed = ", ".join((*needed, *optional))
        problems.append(
            f"{file} line 1: unknown column {', '.join(unknown)}; remove or rename it (columns: {allowed})."
        )
    return not missing


def _rows(file: str, header: Sequence[str], lines: Iterator[tuple[int, list[str]]], problems: list[str]) -> list[Row]:
    rows = []
    for line, cells in lines:
        if any(cells):
            row = Row(file, line, dict(zip(header, cells, strict=False)), problems)
            if any(cells[len(header) :]):
                row.problem("more cells than the first line has columns; put text with commas in quotation marks.")
            rows.append(row)
    return rows
