"""Who asks for what, where and when: the year as arrays, drawn at once, ordered by time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from django.conf import settings

from huiyin.cli.simulate import seasons
from huiyin.cli.simulate.outbreaks import Planted, plant
from huiyin.cli.simulate.world import World

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
DAYS: Final = 365
_DAY_SECONDS: Final = 86_400
# Six in a hundred come back about the same thing at the same place.
_REPEATS: Final = 0.06
_BACK_DAYS: Final = (3.0, 40.0)
# A few people ask often.
_OFTEN, _FREQUENT_PEOPLE = 0.012, 0.002
_DESK_HOURS: Final = 3
_PER_DESK: Final = 600
_DESK_LEAST, _DESK_MOST = 3, 60


class Seed(NamedTuple):
    """One request to come, the `number`-th of the year. `topic` and `place` are indexes of the world's.

    `before`: so many days ago the same person asked the same. `fresh`: came within the last hours, is on the desk.
    """

    number: int
    at: datetime
    topic: int
    place: int
    person: int
    before: int | None
    planted: bool
    fresh: bool


@dataclass(frozen=True, slots=True)
class Year:
    start: datetime
    at: Floats
    topic: Ints
    place: Ints
    person: Ints
    before: Ints
    planted: npt.NDArray[np.bool_]
    outbreaks: list[Planted]
    fresh: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.at)

    def seeds(self) -> Iterator[Seed]:
        for index in range(len(self)):
            yield Seed(
                index,
                self.start + timedelta(seconds=round(float(self.at[index]))),
                int(self.topic[index]),
                int(self.place[index]),
                int(self.person[index]),
                int(self.before[index]) or None,
                bool(self.planted[index]),
                bool(self.fresh[index]),
            )


def draw_year(world: World, cases: int, until: datetime, rng: np.random.Generator) -> Year:
    """`cases` requests in the 365 days that end at `until` (aware)."""
    until = until.astimezone(ZoneInfo(settings.TIME_ZONE))
    start = until - timedelta(days=DAYS)
    outbreaks = plant(world, cases, until, rng)
    usual = cases - sum(len(planted.at) for planted in outbreaks)
    at, topic = _times_and_topics(world, usual, start, rng)
    fresh = _crowd_the_desk(at, rng)
    place = _places(world, topic, rng)
    planted_at = [(moment - start).total_seconds() for planted in outbreaks for moment in planted.at]
    all_at = np.concatenate([at, np.array(planted_at)])
    order = np.argsort(all_at, kind="stable")
    year = Year(
        start=start,
        at=all_at[order],
        topic=np.concatenate([topic, _ints(p.topic for p in outbreaks for _ in p.at)])[order],
        place=np.concatenate([place, _ints(i for p in outbreaks for i in p.places)])[order],
        person=_people(cases, rng),
        before=np.zeros(cases, dtype=np.int64),
        planted=(np.arange(cases) >= usual)[order],
        outbreaks=outbreaks,
        fresh=np.concatenate([fresh, np.zeros(cases - usual, dtype=bool)])[order],
    )
    _repeat(year, rng)
    return year


def _ints(values: Iterator[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _desk(cases: int) -> int:
    return min(cases, max(_DESK_LEAST, min(_DESK_MOST, cases // _PER_DESK)))


def _times_and_topics(world: World, n: int, start: datetime, rng: np.random.Generator) -> tuple[Floats, Ints]:
    """Day and topic together, then the hour. The first and the last day are parts of days."""
    days = [start.date() + timedelta(days=after) for after in range(DAYS + 1)]
    first_second = start.hour * 3600 + start.minute * 60 + start.second
    cells = _heights(world, days, rng)
    cells[:, 0] *= 1 - first_second / _DAY_SECONDS
    cells[:, -1] *= first_second / _DAY_SECONDS
    drawn = np.searchsorted(np.cumsum(cells.ravel()) / cells.sum(), rng.random(n), side="right")
    topic, day = np.divmod(drawn, len(days))
    at = day * _DAY_SECONDS + _clock(world, topic, rng) - first_second
    span = DAYS * _DAY_SECONDS
    outside = (at < 0) | (at >= span)
    # Of the two broken days, what falls outside is put somewhere inside.
    inside_first, inside_last = _DAY_SECONDS - first_second, first_second
    share = rng.random(n)
    at = np.where(outside & (at < 0), share * inside_first, at)
    at = np.where(outside & (at >= span), span - share * inside_last, at)
    return at, topic


def _heights(world: World, days: list[date], rng: np.random.Generator) -> Floats:
    """Topics × days: how often."""
    weather, week = seasons.draw_weather(days, rng), seasons.week(days)
    rows = [
        topic.weight
        * seasons.curve(topic.season, days)
        * seasons.bursts(topic.code, topic.season, days, weather)
        * week
        for topic in world.topics
    ]
    return np.array(rows)


def _clock(world: World, topic: Ints, rng: np.random.Generator) -> Floats:
    nightly = np.isin(topic, [i for i, known in enumerate(world.topics) if known.code in seasons.NIGHTLY])
    hours = np.where(
        nightly,
        rng.choice(24, len(topic), p=seasons.hour_weights(nightly=True)),
        rng.choice(24, len(topic), p=seasons.hour_weights(nightly=False)),
    )
    return np.asarray(hours * 3600 + rng.random(len(topic)) * 3600)


def _places(world: World, topic: Ints, rng: np.random.Generator) -> Ints:
    """By the people of the street; some points draw more than others."""
    weights = np.array([place.weight for place in world.places]) * rng.lognormal(0, 0.5, len(world.places))
    found = np.zeros(len(topic), dtype=np.int64)
    wheres = np.array([known.where for known in world.topics])[topic]
    for where in sorted(set(wheres.tolist())):
        chosen = np.flatnonzero(wheres == where)
        fits = weights * np.array([where in place.kinds for place in world.places])
        shares = fits if fits.any() else weights
        found[chosen] = rng.choice(len(world.places), len(chosen), p=shares / shares.sum())
    return found


def _people(n: int, rng: np.random.Generator) -> Ints:
    pool = max(10, round(n * 0.95))
    people = rng.integers(0, pool, n)
    often = rng.random(n) < _OFTEN
    people[often] = rng.integers(0, max(1, round(pool * _FREQUENT_PEOPLE)), int(often.sum()))
    return np.asarray(people)


def _repeat(year: Year, rng: np.random.Generator) -> None:
    """Some ask again: the same person, topic and place as a case some days before."""
    again = np.flatnonzero((rng.random(len(year)) < _REPEATS) & ~year.planted)
    back = rng.uniform(*_BACK_DAYS, len(again)) * _DAY_SECONDS
    sources = np.searchsorted(year.at, year.at[again] - back)
    for index, source in zip(again.tolist(), sources.tolist(), strict=True):
        if 0 < source < index and not year.planted[source]:
            for column in (year.topic, year.place, year.person):
                column[index] = column[source]
            year.before[index] = max(1, round((year.at[index] - year.at[source]) / _DAY_SECONDS))


def _crowd_the_desk(at: Floats, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Move the last to come into the last hours, so that the desk is never empty when somebody looks. Says which."""
    last = np.argsort(at, kind="stable")[len(at) - _desk(len(at)) :]
    ago = np.sort(rng.random(len(last)) ** 1.4)[::-1] * _DESK_HOURS * 3600
    at[last] = np.maximum(at[last], DAYS * _DAY_SECONDS - ago - 60)
    moved = np.zeros(len(at), dtype=bool)
    moved[last] = True
    return moved
