"""Words that mean the same to somebody who searches: 暖气, 供暖, 供热."""

from __future__ import annotations

import csv
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Self

from huiyin.language import segment
from huiyin.language.folded import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Synonyms:
    """Groups of words, each standing for all others of its groups. Width and case do not matter."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        self._others: dict[str, dict[str, None]] = {}
        for group in groups:
            words = list(filter(None, map(_plain, group)))
            for word in words:
                self._others.setdefault(word, {}).update(dict.fromkeys(words))
        longest_first = sorted(self._others, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    @classmethod
    def read(cls, lines: Iterable[str]) -> Self:
        """From the lines of a CSV table, one group a row; # begins a remark. ValueError names a row of one word."""
        return cls(_rows(lines))

    @classmethod
    def common(cls, more: Iterable[Iterable[str]] = ()) -> Self:
        """The table that comes with the programme, and `more` groups beside it."""
        lines = (files("huiyin.language") / "tables" / "synonyms.csv").read_text(encoding="utf-8").splitlines()
        return cls([*_rows(lines), *more])

    def of(self, word: str) -> tuple[str, ...]:
        """The word, then all that may stand for it."""
        plain = _plain(word)
        return tuple({plain: None} | self._others.get(plain, {}))

    def expand(self, terms: Iterable[str]) -> list[tuple[str, ...]]:
        """For each term its alternatives: a text fits that has, for every term, one of them."""
        return [self.of(term) for term in terms]

    def cut(self, query: str) -> list[str]:
        """The words of a query, those of the table whole: 没地方停车 stays one."""
        text, at, found = _plain(query), 0, []
        for known in self._known.finditer(text):
            found += [*_words(text[at : known.start()]), known.group()]
            at = known.end()
        return found + _words(text[at:])


def _rows(lines: Iterable[str]) -> Iterator[list[str]]:
    for number, row in enumerate(csv.reader(lines), 1):
        words = [word.strip() for word in row if word.strip()]
        if not words or words[0].startswith("#"):
            continue
        if len(words) == 1:
            raise ValueError(f"Row {number} has one word only, {words[0]}: a group needs two or more.")
        yield words


def _words(text: str) -> list[str]:
    return [word for word in segment.words(text) if any(map(str.isalnum, word))]


def _plain(text: str) -> str:
    return folded(text).strip()
