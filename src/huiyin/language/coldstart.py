"""Suggestions before there is any history: the words of the district's own list of categories."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from huiyin.language import segment
from huiyin.language.folded import folded
from huiyin.language.ngrams import head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

_MIX = np.uint32(0x01000193)
_SPLIT = re.compile(r"[\s/、，,；;|()（）]+")
_DOUBT = 8.0  # spread over all labels before anything is read: about two common words, so that one never looks certain
_HEADING = 2.0  # a word of the heading counts so many times more
_PART = 0.4  # a word inside a name speaks less than the name


class Model(Protocol):
    """What `guess` asks of a model: `LinearModel` and `KeywordModel` both have it."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Columns of the probabilities."""

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Shape (texts, labels)."""

    def explain(self, text: str, label: str, k: int = 5) -> tuple[str, ...]:
        """At most k words that speak for the label."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest label with its probability and the words for it; label "" when nothing speaks for any."""

    label: str
    confidence: float
    words: tuple[str, ...]


class KeywordModel:
    """Labels by the words that name them; the longest word wins at each place, rare and long words weigh more."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        if not words:
            raise ValueError("Give the words of at least one label.")
        self.labels = tuple(words)
        self._weights = _weighed({label: _named(words[label]) for label in self.labels})
        self._speaks = {word: dict(zip(*map(list, found), strict=True)) for word, found in self._weights.items()}
        self._openings = _by_opening(self._weights)
        self._possible = np.zeros(1 << 16, dtype=np.bool_)
        for opening in self._openings:
            self._possible[_pairs(opening)] = True
        # A batch is read twice: for the shares, then for the words that explain them.
        self._found = lru_cache(maxsize=4096)(self._find)

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Shape (texts, labels); the same for every label where no word was found."""
        found = np.full((len(texts), len(self.labels)), _DOUBT / len(self.labels))
        for row, text in zip(found, texts, strict=True):
            for word, times in self._found(text).items():
                columns, weight = self._weights[word]
                row[columns] += times * weight
        shares: NDArray[np.float64] = found / found.sum(axis=1, keepdims=True)
        return shares

    def explain(self, text: str, label: str, k: int = 5) -> tuple[str, ...]:
        """At most k of the words found that name the label, the weightiest first."""
        column = self.labels.index(label)
        speaks = {word: self._speaks[word][column] for word in self._found(text) if column in self._speaks[word]}
        return tuple(sorted(speaks, key=lambda word: -speaks[word])[:k])

    def _find(self, text: str) -> dict[str, float]:
        """The words of the text and how often each counts."""
        start, end = head(text)
        found = dict.fromkeys(self._places(folded(text)), 1.0)
        for word in set(self._places(folded(text[start:end]))):
            found[word] = found.get(word, 0.0) + _HEADING
        return found

    def _places(self, text: str) -> Iterator[str]:
        """From left to right the longest word at each place, none over another."""
        end = 0
        for at in np.flatnonzero(self._possible[_pairs(text)]).tolist():
            if at >= end:
                for word in self._openings.get(text[at : at + 2], ()):
                    if text.startswith(word, at):
                        end = at + len(word)
                        yield word
                        break


def guess(model: Model, texts: Sequence[str]) -> list[Guess]:
    """The best label of each text, or a `Guess("", 0.0, ())` where the model knows nothing."""
    return [_best(model, text, row) for text, row in zip(texts, model.probabilities(texts), strict=True)]


def _best(model: Model, text: str, row: NDArray[np.float64]) -> Guess:
    place = int(row.argmax())
    if len(row) > 1 and row[place] == row.min():
        return Guess("", 0.0, ())
    label = model.labels[place]
    return Guess(label, float(row[place]), model.explain(text, label))


def _named(words: Iterable[str]) -> dict[str, float]:
    """Every word of a label and how far it speaks for it: whole names fully, the words inside them in part."""
    named: dict[str, float] = {}
    for name in (part for word in words for part in _SPLIT.split(folded(word)) if len(part) > 1):
        for inner in segment.words(name):
            if len(inner) > 1:
                named.setdefault(inner, _PART)
        named[name] = 1.0
    return named


def _weighed(named: Mapping[str, Mapping[str, float]]) -> dict[str, tuple[NDArray[np.intp], NDArray[np.float64]]]:
    """For each word the columns it speaks for, and how much: length times rarity among the labels."""
    shared = Counter(word for words in named.values() for word in words)
    columns: dict[str, list[int]] = defaultdict(list)
    weights: dict[str, list[float]] = defaultdict(list)
    for column, words in enumerate(named.values()):
        for word, part in words.items():
            columns[word].append(column)
            weights[word].append(part * len(word) * math.log(1 + len(named) / shared[word]))
    return {word: (np.asarray(columns[word], dtype=np.intp), np.asarray(weights[word])) for word in shared}


def _by_opening(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words by their first two characters, the longest first: most places of a text are passed over at once."""
    openings: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=len, reverse=True):
        openings[word[:2]].append(word)
    return {opening: tuple(found) for opening, found in openings.items()}


def _pairs(text: str) -> NDArray[np.uint16]:
    """Every two neighbouring characters as one number; few others share it."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    return (codes[:-1] * _MIX + codes[1:]).astype(np.uint16)
