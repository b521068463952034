"""The report of an import: one line for each thing about each row, as a CSV that a spreadsheet opens."""

import csv
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from io import TextIOWrapper
from pathlib import Path

from huiyin.collect.importing.problems import SENTENCES, Problem

HEADER = (
    "行 row", "列 column", "值(已遮蔽) value (masked)", "是否导入 imported", "问题", "怎么办", "problem", "what to do",
)  # fmt: skip
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


class Report:
    """The file is made with its first line: no file means nothing to say."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()
        path.unlink(missing_ok=True)

    @property
    def lines(self) -> int:
        return sum(self.counts.values())

    def add(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            csv.writer(self._file).writerow(_line(problem))
            self.counts[problem.code] += 1

    @cached_property
    def _file(self) -> TextIOWrapper:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("w", encoding="utf-8-sig", newline="")
        csv.writer(file).writerow(HEADER)
        return file

    def close(self) -> None:
        if self.lines:
            self._file.close()


def _line(problem: Problem) -> tuple[str, ...]:
    said = SENTENCES[problem.code]
    column, value = (f"'{text}" if text.startswith(_FORMULA) else text for text in (problem.column, problem.value))
    imported = "否 no" if problem.refused else "是 yes"
    return str(problem.row), column, value, imported, said.zh, said.todo_zh, said.en, said.todo_en
