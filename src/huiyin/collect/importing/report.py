"""The report of an import: one line for each thing about each row, as a CSV that a spreadsheet opens."""

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from huiyin.collect.importing.problems import SENTENCES, Problem

HEADER = ("行 row", "列 column", "值(已遮蔽) value (masked)", "是否导入 imported", "问题", "怎么办", "problem", "what to do")
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Report:
    """Made when the first line is written: no file means nothing to say."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()
        path.unlink(missing_ok=True)
        self._file = None
        self._writer = None

    def __enter__(self) -> "Report":
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None) -> None:
        if self._file:
            self._file.close()

    @property
    def lines(self) -> int:
        return sum(self.counts.values())

    def add(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if self._writer is None:
                self._open()
            self._writer.writerow(_line(problem))
            self.counts[problem.code] += 1
        if self._file:
            self._file.flush()

    def _open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self.path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(HEADER)


def _line(problem: Problem) -> tuple[str, ...]:
    said = SENTENCES[problem.code]
    column, value = (f"'{text}" if text.startswith(_FORMULA) else text for text in (problem.column, problem.value))
    imported = "否 no" if problem.refused else "是 yes"
    return str(problem.row), column, value, imported, said.zh, said.todo_zh, said.en, said.todo_en
