"""Parquet by polars, a slice at a time."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from huiyin.collect.importing.problems import FileProblem
from huiyin.collect.importing.sheet import Numbered, blank

_SLICE = 20_000


class ParquetSheet:
    def __init__(self, path: Path) -> None:
        try:
            self._frame = pl.scan_parquet(path)
            self.columns = self._frame.collect_schema().names()
            self.count = int(self._frame.select(pl.len()).collect().item())
        except (pl.exceptions.PolarsError, OSError) as error:
            raise FileProblem(
                "Parquet 文件已损坏,请重新导出。", "The Parquet file is damaged; export it again."
            ) from error

    def rows(self) -> Iterator[Numbered]:
        """A table has no sheet around it: its first row counts as row 2, below the names."""
        for start in range(0, self.count, _SLICE):
            for number, row in enumerate(self._frame.slice(start, _SLICE).collect().iter_rows(), start=start + 2):
                if not blank(row):
                    yield number, row
