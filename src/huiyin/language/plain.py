"""Plain words (群众语言) or officialese (公文话语), sentence by sentence, with a plainer wording to choose."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from huiyin.language import tables
from huiyin.language.spans import Span, sentence_spans


class Suggestion(NamedTuple):
    """Officialese at a place in the text, and what to say instead: "" leaves it out, in （） stands what to tell."""

    start: int
    end: int
    phrase: str
    plainer: str


class Sentence(NamedTuple):
    """A sentence of the text; `officialese` is the weight of its phrases for every twenty characters, 0 is plain."""

    start: int
    end: int
    plain: bool
    officialese: float
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Plainness:
    """Every sentence of a text, plain or not."""

    sentences: list[Sentence]

    @property
    def share(self) -> float:
        """Share of the sentences that are plain, 0..1; 1 where there is none."""
        return sum(sentence.plain for sentence in self.sentences) / len(self.sentences) if self.sentences else 1.0


_PER = 20
_MOST = 1.0


def review_plainness(text: str) -> Plainness:
    """Every sentence of a text in order; a heavy phrase in a short one, or several in a longer one, is officialese."""
    return Plainness([_reviewed(text, span) for span in sentence_spans(text)])


def _reviewed(text: str, span: Span) -> Sentence:
    found = tuple(
        Suggestion(*match.span(), match.group(), _plainer()[match.group()][0])
        for match in _pattern().finditer(text, *span)
    )
    weight = sum(_plainer()[suggestion.phrase][1] for suggestion in found)
    density = weight * _PER / max(_PER, span.end - span.start)
    return Sentence(*span, density <= _MOST, density, found)


@cache
def _plainer() -> dict[str, tuple[str, int]]:
    return {row["phrase"]: (row["plain"], int(row["weight"])) for row in tables.rows("officialese")}


@cache
def _pattern() -> re.Pattern[str]:
    """All phrases, the longest first, grouped by their first character so that most places are passed over at once."""
    tails: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(_plainer(), key=len, reverse=True):
        tails[phrase[0]].append(re.escape(phrase[1:]))
    return re.compile("|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items()))
