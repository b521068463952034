"""Why two texts are held to be alike, in words a person can check, and where those words stand in each."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from huiyin.language.fingerprints import MATTERS, PART_BITS, WHERE, WORDS, Fingerprint, Reading, matter_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SHOWN = 3
_MOSTLY = 0.6
_KIND: Final = {WHERE: "words", WORDS: "words", MATTERS: "matter"}
_SENTENCE: Final = {"place": "同一地点：{}", "matter": "同类问题：{}", "words": "用词相同：{}", "days": "相隔 {} 天"}


class Span(NamedTuple):
    """A part that the other text has too: character positions, and the kind: place, matter or words."""

    start: int
    end: int
    kind: str


class Reason(NamedTuple):
    """One reason; `str(reason)` is a Chinese sentence, kind (place, matter, words, days) and detail serve any other."""

    kind: str
    detail: str

    def __str__(self) -> str:
        return _SENTENCE[self.kind].format(self.detail)


class Legend:
    """What the keys of one text stand for in it; made once, asked for every text it is compared with."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for key, start, end in reading.terms():
            self._spans[key].append((start, end))

    def spans(self, shared: Iterable[int]) -> tuple[Span, ...]:
        """Marked parts of the text itself, sorted, apart; a named place wins over a matter, that over words."""
        kinds: dict[int, str] = {}
        for key in sorted(shared, key=lambda key: key >> PART_BITS):
            for start, end in self._spans.get(key, ()):
                kinds.update(dict.fromkeys(range(start, end), _KIND[key >> PART_BITS]))
        kinds.update(dict.fromkeys((at for at in self._covered(shared) if self._reading.in_name[at]), "place"))
        filed = self._reading.filed
        return tuple(Span(start - filed, end - filed, kind) for start, end, kind in _runs(kinds, filed))

    def _covered(self, shared: Iterable[int]) -> set[int]:
        """Characters of shared rare pairs and numbers."""
        where = (key for key in shared if key >> PART_BITS == WHERE)
        return {at for key in where for start, end in self._spans.get(key, ()) for at in range(start, end)}

    def reasons(self, shared: Mapping[int, float], days: float | None) -> tuple[Reason, ...]:
        """`shared`: keys both texts have, each with what it adds to the likeness."""
        told = [
            ("place", self._places(shared)),
            ("matter", [matter_of(key) for key in _best(shared, MATTERS)]),
            ("words", [self._word(key) for key in _best(shared, WORDS)]),
        ]
        found = [Reason(kind, "、".join(details[:_SHOWN])) for kind, details in told if details]
        return (*found, Reason("days", str(round(days)))) if days is not None else tuple(found)

    def _places(self, shared: Iterable[int]) -> list[str]:
        """Named places most of which is shared, the one it was filed under first."""
        reading, covered = self._reading, self._covered(shared)
        named = [(place.start, place.end) for place in reading.places]
        if reading.filed:
            named.insert(0, (0, reading.filed - 1))
        met = (
            (start, end)
            for start, end in named
            if len(covered.intersection(range(start, end))) >= _MOSTLY * (end - start)
        )
        return list(dict.fromkeys(reading.text[start:end] for start, end in met))

    def _word(self, key: int) -> str:
        start, end = self._spans[key][0]
        return self._reading.text[start:end]


def shared_keys(one: Fingerprint, other: Fingerprint) -> dict[int, float]:
    """Keys that both have, each with the product of its weights."""
    theirs = dict(zip(other.keys.tolist(), other.weights.tolist(), strict=True))
    return {
        key: float(weight * theirs[key])
        for key, weight in zip(one.keys.tolist(), one.weights.tolist(), strict=True)
        if key and key in theirs
    }


def _best(shared: Mapping[int, float], part: int) -> Sequence[int]:
    return sorted((key for key in shared if key >> PART_BITS == part), key=lambda key: -shared[key])[:_SHOWN]


def _runs(kinds: Mapping[int, str], first: int) -> list[tuple[int, int, str]]:
    """Stretches of neighbouring characters of one kind, from a character on."""
    places = sorted(at for at in kinds if at >= first)
    if not places:
        return []
    cuts = [0, *(n for n, (a, b) in enumerate(pairwise(places), 1) if b - a > 1 or kinds[a] != kinds[b]), len(places)]
    return [(places[start], places[end - 1] + 1, kinds[places[start]]) for start, end in pairwise(cuts)]
