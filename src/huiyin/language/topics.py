"""Topics: groups of cases about one problem at one place, with a name, and how hot they are."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from huiyin.language.fingerprints import POINTS, Fingerprint, Reading, fingerprint
from huiyin.language.matters import weights

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from datetime import datetime

NONE: Final = -1
"""The topic of a case that stands alone."""

_ALIKE = 0.33
_DAY = 86_400
_HALVES_DAYS = 14
_LEAD, _VAGUE = 2, 0.4  # a name in the title; a road or a street rather than an estate
_SUPPORT = 0.5  # a like is cheaper than a request


class Topic(NamedTuple):
    """A topic: its number, place and problem ("" where none is named), cases, distinct people, heat ≥ 0."""

    number: int
    place: str
    matter: str
    cases: int
    people: int
    heat: float

    @property
    def name(self) -> str:
        return " · ".join(part for part in (self.place, self.matter) if part) or f"#{self.number}"


def find_topics(
    texts: Sequence[str],
    places: Sequence[str | None] | None = None,
    times: Sequence[datetime | None] | None = None,
) -> list[int]:
    """The topic of each text, counted from 0 in order of appearance; -1 for a text that stands alone.

    `places` are what the cases were filed under, if known; `times` keep apart what lies far apart. Other lengths than
    that of `texts`: ValueError.
    """
    where = [None] * len(texts) if places is None else places
    when = [None] * len(texts) if times is None else times
    if not len(texts) == len(where) == len(when):
        raise ValueError("Give as many places and times as texts.")
    prints = [fingerprint(text, place) for text, place in zip(texts, where, strict=True)]
    return topics_of(prints, [at.timestamp() / _DAY if at else math.nan for at in when])


def topics_of(prints: Sequence[Fingerprint], days: Sequence[float]) -> list[int]:
    """The same for texts read before; `days` since 1970, nan where unknown."""
    from huiyin.language.clusters import clusters  # noqa: PLC0415 - SciPy waits until topics are looked for

    found = [NONE] * len(prints)
    for number, group in enumerate(sorted(clusters(prints, days, _ALIKE), key=lambda group: int(group[0]))):
        for row in group:
            found[row] = number
    return found


def keep_numbers(topics: Sequence[int], before: Sequence[int | None]) -> list[int]:
    """The same topics under the numbers they had: whatever shares most cases with an earlier topic keeps its number.

    `before` has the earlier number of each case, None or -1 for a new case or one that stood alone. New topics get
    numbers that no earlier one had. Lengths that differ: ValueError.
    """
    shared = Counter(
        (new, old) for new, old in zip(topics, before, strict=True) if new != NONE and old is not None and old != NONE
    )
    kept: dict[int, int] = {}
    for (new, old), _cases in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
        if new not in kept and old not in kept.values():
            kept[new] = old
    free = max((old for old in before if old is not None), default=NONE) + 1
    for new in dict.fromkeys(topics):
        if new != NONE and new not in kept:
            kept[new] = free
            free += 1
    return [kept.get(new, NONE) for new in topics]


def describe_topics(
    texts: Sequence[str],
    topics: Sequence[int],
    *,
    people: Sequence[Hashable],
    times: Sequence[datetime],
    support: Sequence[int],
    now: datetime,
) -> list[Topic]:
    """Every topic with its name and heat, the hottest first. All sequences have one entry a case, else ValueError.

    Heat is a number of people: each counts once, by the latest of theirs, half as much every 14 days; likes add half
    the natural logarithm of one more than their number, each fading with its case.
    """
    members: dict[int, list[int]] = defaultdict(list)
    for row, (topic, *_) in enumerate(zip(topics, texts, people, times, support, strict=True)):
        if topic != NONE:
            members[topic].append(row)
    found = []
    for number, rows in members.items():
        fades = [0.5 ** (max(0.0, (now - times[row]).total_seconds() / _DAY) / _HALVES_DAYS) for row in rows]
        latest: dict[Hashable, float] = {}
        for row, fade in zip(rows, fades, strict=True):
            latest[people[row]] = max(fade, latest.get(people[row], 0.0))
        likes = sum(max(0, support[row]) * fade for row, fade in zip(rows, fades, strict=True))
        heat = sum(latest.values()) + _SUPPORT * math.log1p(likes)
        found.append(Topic(number, *_named([texts[row] for row in rows]), len(rows), len(latest), heat))
    return sorted(found, key=lambda topic: (-topic.heat, topic.number))


def _named(texts: Sequence[str]) -> tuple[str, str]:
    """The place and the matter that most of the texts name; what their titles name counts twice."""
    places: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    told: dict[str, float] = defaultdict(float)
    for reading in map(Reading, texts):
        for place in {place.core: place for place in reversed(reading.places)}.values():
            exact = 1.0 if place.kind in POINTS else _VAGUE
            places[place.core][place.name] += exact * (_LEAD if place.start < reading.title else 1)
        for mention in {mention.matter: mention for mention in reversed(reading.matters())}.values():
            told[mention.matter] += weights()[mention.matter] * (_LEAD if mention.start < reading.title else 1)
    core = _most({core: sum(names.values()) for core, names in places.items()})
    often = core and sum(places[core].values()) >= _LEAD * _VAGUE * len(texts)
    return _most(places[core]) if often else "", _most(told)


def _most(counted: Mapping[str, float]) -> str:
    return max(counted, key=lambda name: (counted[name], -len(name), name), default="")
