"""Repeats and cases of the same incident: the same place and the same matter, however it is worded.

`likeness` compares two texts, `SimilarIndex` one with a million; both give a pair the same score.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from huiyin.language.fingerprints import Fingerprint, Reading, fingerprint
from huiyin.language.postings import Postings
from huiyin.language.reasons import Legend, Reason, Span, shared_keys
from huiyin.language.resemblance import compare, nearness
from huiyin.language.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

_RESCORED = 384
_DAY = 86_400


class Likeness(NamedTuple):
    """How surely two texts are about one incident, 0..1; why; and the parts they share, in each of them."""

    score: float
    reasons: tuple[Reason, ...]
    spans: tuple[tuple[Span, ...], tuple[Span, ...]]


class Found(NamedTuple):
    """A case of an index: its id, its likeness 0..1, and why."""

    id: Hashable
    score: float
    reasons: tuple[Reason, ...]


def likeness(
    text_a: str, text_b: str, place_a: str | None = None, place_b: str | None = None, days: float | None = None
) -> Likeness:
    """Compare two requests, with the places they were filed under and the days between them where known.

    The score orders; as a rule of thumb from 0.4 on two texts tell the same incident. Spans are character positions in
    the first 800 characters of each text: no more is read.
    """
    one, other = Reading(text_a, place_a), Reading(text_b, place_b)
    mine, theirs = one.fingerprint(), other.fingerprint()
    parts = compare(mine, theirs.keys[None], theirs.weights[None], theirs.names[None])
    score = float(parts.score[0] * nearness(np.array([math.nan if days is None else days]))[0])
    shared = shared_keys(mine, theirs)
    legend = Legend(one)
    return Likeness(score, legend.reasons(shared, days), (legend.spans(shared), Legend(other).spans(shared)))


class SimilarIndex:
    """Cases in memory by what they are about; cases come and go at any time.

    About 1 kB a case and no texts: `Fingerprint` is all that is kept, so that another storage can keep the same.
    Not safe for several threads that write.
    """

    def __init__(self) -> None:
        self._rows = Rows()
        self._postings = Postings()
        self._row: dict[Hashable, int] = {}
        self._ids: list[Hashable] = []

    def __len__(self) -> int:
        return len(self._row)

    def add(
        self,
        ids: Iterable[Hashable],
        texts: Iterable[str],
        places: Iterable[str | None] | None = None,
        times: Iterable[datetime | None] | None = None,
    ) -> None:
        """Add cases, in the order of `ids`; one that is there already is replaced. Lengths that differ: ValueError."""
        ids, texts = list(ids), list(texts)
        where = [None] * len(ids) if places is None else list(places)
        when = [None] * len(ids) if times is None else list(times)
        if not len(ids) == len(texts) == len(where) == len(when):
            raise ValueError("Give as many texts, places and times as ids.")
        prints = [fingerprint(text, place) for text, place in zip(texts, where, strict=True)]
        self.add_fingerprints(ids, prints, when)

    def add_fingerprints(
        self, ids: Sequence[Hashable], prints: Sequence[Fingerprint], times: Sequence[datetime | None]
    ) -> None:
        """Add cases read before."""
        if not ids:
            return
        self.remove(ids)
        last = {id_: at for at, id_ in enumerate(ids)}  # the same id twice: the later one counts
        kept = list(last.values())
        first = len(self._rows)
        self._rows.append([prints[at] for at in kept], [_days(times[at]) for at in kept])
        self._postings.add(first, self._rows.keys[first:], self._rows.weights[first:])
        self._row.update((ids[at], row) for row, at in enumerate(kept, first))
        self._ids += [ids[at] for at in kept]

    def remove(self, ids: Iterable[Hashable]) -> None:
        """Forget cases; those that are not there are passed over."""
        rows = [row for id_ in ids if (row := self._row.pop(id_, None)) is not None]
        self._rows.forget(rows)

    def query(self, text: str, place: str | None = None, at: datetime | None = None, k: int = 10) -> list[Found]:
        """The k likeliest cases, best first; fewer where nothing is shared. ValueError when k is below 1."""
        if k < 1:
            raise ValueError("Ask for at least one case.")
        reading = Reading(text, place)
        mine = reading.fingerprint()
        rows, score, days = self._scored(mine, at, max(_RESCORED, 4 * k))
        best = np.lexsort((-rows, -score))[:k]
        legend = Legend(reading)
        return [
            Found(self._ids[rows[at]], float(score[at]), self._reasons(legend, mine, int(rows[at]), float(days[at])))
            for at in best
            if score[at] > 0
        ]

    def likest(self, mine: Fingerprint) -> Found | None:
        """The first that `query` would find for a text read before, without its reasons."""
        rows, score, _ = self._scored(mine, None, _RESCORED)
        if not len(rows):
            return None
        best = np.lexsort((-rows, -score))[0]
        return Found(self._ids[rows[best]], float(score[best]), ()) if score[best] > 0 else None

    def _scored(
        self, mine: Fingerprint, at: datetime | None, most: int
    ) -> tuple[NDArray[np.intp], NDArray[np.floating], NDArray[np.floating]]:
        """Rows that may be alike, their scores, and the days between."""
        rows = self._candidates(mine, most)
        parts = compare(mine, self._rows.keys[rows], self._rows.weights[rows], self._rows.names[rows])
        days = np.abs(self._rows.days[rows] - _days(at))
        return rows, parts.score * nearness(days), days

    def _candidates(self, mine: Fingerprint, most: int) -> NDArray[np.intp]:
        if len(self._rows) <= most:
            return np.arange(len(self._rows))
        return self._postings.rows(mine, len(self._rows), most)

    def _reasons(self, legend: Legend, mine: Fingerprint, row: int, days: float) -> tuple[Reason, ...]:
        return legend.reasons(shared_keys(mine, self._rows.fingerprint(row)), None if math.isnan(days) else days)


def _days(at: datetime | None) -> float:
    return at.timestamp() / _DAY if at else math.nan
