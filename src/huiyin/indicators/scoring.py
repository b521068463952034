"""From a value to score, light and place: pure, exact until it is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final, TypeVar

from huiyin.indicators.choices import Basis, Better, Light
from huiyin.kernel.piecewise import Point, score

Key = TypeVar("Key")
_HUNDRED: Final = 100
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rule:
    """`points`: from what `basis` says to a score; `green` and `yellow`: from which score on."""

    points: Sequence[Point]
    basis: str
    green: Decimal
    yellow: Decimal

    def score(self, value: Decimal, target: Decimal | None) -> Fraction | None:
        """None where the rule asks for a target and there is none."""
        if self.basis == Basis.VALUE:
            return score(self.points, value)
        return score(self.points, Fraction(value) * _HUNDRED / Fraction(target)) if target else None

    def light(self, of: Fraction | None) -> Light | None:
        if of is None:
            return None
        return Light.GREEN if of >= self.green else Light.YELLOW if of >= self.yellow else Light.RED


def gap(value: Decimal, target: Decimal | None, better: str) -> Decimal | None:
    """How far on the good side of the target; below zero: how much is missing."""
    if target is None:
        return None
    return value - target if better == Better.UP else target - value


def ranks(values: Mapping[Key, Decimal], better: str) -> dict[Key, int]:
    """First is best; equals share a place and the next one is left out."""
    ordered = sorted(values.values(), reverse=better == Better.UP)
    return {key: ordered.index(value) + 1 for key, value in values.items()}


def plain(value: Decimal) -> Decimal:
    """Without the zeros that a database adds, and never as a power of ten."""
    whole = value == value.to_integral_value()
    return value.quantize(Decimal(1)) if whole else value.normalize()


def printed(value: Fraction | Decimal | None) -> Decimal | None:
    """Two decimals at most, halves up."""
    if value is None:
        return None
    exact = Fraction(value)
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_CENT, ROUND_HALF_UP)
    return plain(rounded)
