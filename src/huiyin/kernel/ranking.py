"""Rankings that are fair to small units: order, shrinkage with an interval, difficulty, classes. Shares from 0 to 1.

**Shrinkage** (empirical Bayes, beta-binomial): a unit's share is x / n over its n valid callbacks. How much the units
of a group really differ is estimated by moments (Kleinman 1973); that gives the group the weight of M callbacks. The
shrunk share is (x + M·m) / (n + M), m the group's pooled share: the fewer callbacks, the nearer to the group. A score
sums weights below 1 a case, whose variance is never above the binomial one: it is shrunk no less than it should be.
The interval (90 %) is Wilson's with n + M callbacks; it always holds the shrunk share.

**Difficulty** (indirect standardisation): what the unit would have if in each category it had the district's own
share; its plain share over that, times the district's.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence
    from decimal import Decimal

LEVEL_PERCENT: Final = 90
_Z: Final = 1.6448536269514722  # 5 % above, 5 % below
# A group tells at least as much as 2 callbacks, and at most as much as 2,000 (and never more than it has).
WEAKEST: Final = 2.0
STRONGEST: Final = 2000.0


@dataclass(frozen=True, slots=True)
class Sample:
    """`hits` of `size` cases; hits may be fractions of a case, from 0 to `size`."""

    hits: Fraction
    size: Fraction

    @property
    def share(self) -> Fraction | None:
        return self.hits / self.size if self.size else None

    def __add__(self, other: Sample) -> Sample:
        return Sample(self.hits + other.hits, self.size + other.size)


NOTHING: Final = Sample(Fraction(), Fraction())


@dataclass(frozen=True, slots=True)
class Prior:
    """The group: its pooled share, None where nobody was called back, and how many callbacks it weighs."""

    mean: float | None
    strength: float


@dataclass(frozen=True, slots=True)
class Shrunk:
    """`own`: how much of the value is the unit's own, 0 (nothing heard) to nearly 1."""

    value: float
    low: float
    high: float
    own: float


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands: `rise` in ranks since the comparison period, None where one of the two is unknown."""

    rank: int
    of: int
    rise: int | None
    score: Fraction


@dataclass(frozen=True, slots=True)
class Conditions:
    """Of a class: each one that is set must hold. Percents of ranks are rounded up, so that one unit at least fits."""

    first_percent: int | None = None
    last_percent: int | None = None
    rose: int | None = None
    fell: int | None = None
    score_from: Decimal | None = None
    score_below: Decimal | None = None

    def fit(self, at: Standing) -> bool:
        return all(
            (
                self.first_percent is None or at.rank <= _ranks(self.first_percent, at.of),
                self.last_percent is None or at.rank > at.of - _ranks(self.last_percent, at.of),
                self.rose is None or (at.rise is not None and at.rise >= self.rose),
                self.fell is None or (at.rise is not None and -at.rise >= self.fell),
                self.score_from is None or at.score >= Fraction(self.score_from),
                self.score_below is None or at.score < Fraction(self.score_below),
            )
        )


def ranks(standing: Sequence[tuple[Fraction | None, int]]) -> list[int | None]:
    """Of (value, volume) pairs: by value, then by volume, the most first (domain.md 11.1); None without a value.

    Equal in both, equal in rank: 1, 2, 2, 4.
    """
    known = sorted(((value, volume) for value, volume in standing if value is not None), reverse=True)
    first: dict[tuple[Fraction, int], int] = {}
    for place, pair in enumerate(known, start=1):
        first.setdefault(pair, place)
    return [None if value is None else first[value, volume] for value, volume in standing]


def prior(samples: Iterable[Sample]) -> Prior:
    """From the group itself. Units that differ no more than chance would have them weigh the group most.

    It never weighs more than the callbacks it has: three of them make nobody certain.
    """
    kept = [(float(one.hits), float(one.size)) for one in samples if one.size]
    total = sum(size for _hits, size in kept)
    if not total:
        return Prior(None, STRONGEST)
    mean, most = min(1.0, sum(hits for hits, _size in kept) / total), min(STRONGEST, max(WEAKEST, total))
    alike = _alike(kept, mean, total)
    return Prior(mean, min(most, max(WEAKEST, 1 / alike - 1)) if alike > 0 else most)


def _alike(kept: Sequence[tuple[float, float]], mean: float, total: float) -> float:
    """Correlation of two callbacks of one unit, by moments; 0 where nothing tells."""
    spread = sum(size * (hits / size - mean) ** 2 for hits, size in kept)
    chance, room = len(kept) - 1, total - sum(size * size for _hits, size in kept) / total
    if not 0 < mean < 1 or room <= chance:
        return 0.0
    return (spread / (mean * (1 - mean)) - chance) / (room - chance)


def shrunk(sample: Sample, group: Prior) -> Shrunk | None:
    """None only where the whole group has nothing."""
    if group.mean is None:
        return None
    weight = float(sample.size) + group.strength
    value = min(1.0, (float(sample.hits) + group.strength * group.mean) / weight)
    low, high = _wilson(value, weight)
    return Shrunk(value, min(low, value), max(high, value), float(sample.size) / weight)


def adjusted(own: Mapping[Hashable, Sample], district: Mapping[Hashable, Sample]) -> tuple[Fraction, Fraction] | None:
    """(expected, adjusted) share: see above. May pass 1. None where there is nothing to compare."""
    whole, mine = sum(district.values(), NOTHING).share, sum(own.values(), NOTHING)
    shares = {key: one.share or Fraction() for key, one in district.items()}
    hits = sum((one.size * shares.get(key, Fraction()) for key, one in own.items()), Fraction())
    if not mine.size or not hits or whole is None:
        return None
    return hits / mine.size, mine.hits / hits * whole


def _wilson(share: float, size: float) -> tuple[float, float]:
    square = _Z * _Z / size
    middle = share + square / 2
    half = _Z * sqrt(share * (1 - share) / size + square / (4 * size))
    return max(0.0, (middle - half) / (1 + square)), min(1.0, (middle + half) / (1 + square))


def _ranks(percent: int, of: int) -> int:
    return ceil(percent * of / 100)
