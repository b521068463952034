"""CSV, in bounded memory: read twice, once to count and once to import."""

import csv
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from huiyin.collect.importing.encoding import HEAD_BYTES, detect
from huiyin.collect.importing.problems import FileProblem
from huiyin.collect.importing.sheet import MAX_ROWS, Numbered, blank, header_of

# A cell longer than this is a quotation mark that was never closed.
_LONGEST_CELL = 1 << 21


class CsvSheet:
    def __init__(self, path: Path) -> None:
        csv.field_size_limit(_LONGEST_CELL)
        self._path = path
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        self.encoding = detect(head)
        self._delimiter = _delimiter(head.decode(self.encoding, errors="replace"))
        self._header, self.columns = header_of(self._records())

    @cached_property
    def count(self) -> int:
        """Reads the whole file once, so that a broken one is known before anything is imported."""
        counted = 0
        for counted, _ in enumerate(self.rows(), start=1):
            if counted > MAX_ROWS:
                break
        return counted

    def rows(self) -> Iterator[Numbered]:
        for number, record in enumerate(self._records(), start=1):
            if number > self._header and not blank(record):
                yield number, record

    def _records(self) -> Iterator[list[str]]:
        """Bytes that do not decode become lone surrogates: the row that holds them is refused, the others are read."""
        errors = "replace" if self.encoding == "utf-16" else "surrogateescape"
        with self._path.open(encoding=self.encoding, errors=errors, newline="") as file:
            reader = csv.reader(file, delimiter=self._delimiter)
            try:
                yield from reader
            except csv.Error as error:
                raise FileProblem(
                    f'第 {reader.line_num} 行附近有一个没有结束的引号(")。',
                    f"A quotation mark opened near line {reader.line_num} is never closed.",
                ) from error


def _delimiter(head: str) -> str:
    line = next((line for line in head.splitlines() if line.strip()), "")
    return max(",\t;|", key=line.count)
