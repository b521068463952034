"""From the parts of a company to its score, and from the scores to the two lists: pure, exact until printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Final

from huiyin.kernel.piecewise import points_of, score
from huiyin.standing.choices import BROUGHT, Listed, Part

_HUNDRED: Final = 100
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Share:
    """A part as it was counted: `denominator` 0 or None, nothing was there to count."""

    part: Part
    numerator: Decimal | int
    denominator: Decimal | int | None

    @property
    def value(self) -> Fraction | None:
        """In percent; requests per 100 households."""
        return Fraction(self.numerator) * _HUNDRED / Fraction(self.denominator) if self.denominator else None


@dataclass(frozen=True, slots=True)
class Scored:
    parts: list[dict[str, Any]]
    score: Decimal | None
    missing: list[Part]


def require_parts(parts: Mapping[str, Mapping[str, Any]]) -> None:
    """Raises ValueError: weights that are not 100 together, points that cannot be read."""
    total = sum(int(parts.get(part, {}).get("weight", 0)) for part in Part)
    if total != _HUNDRED:
        raise ValueError(f"各项权重之和是 {total}，应为 100，请调整。The weights sum to {total}: make them 100.")
    for part in Part:
        points = points_of(parts[part]["points"]) if parts[part].get("points") else ()
        if any(not 0 <= reached <= _HUNDRED for _at, reached in points):
            raise ValueError("每个点的得分在 0 到 100 之间，请调整。A point scores from 0 to 100: mend it.")


def scored(rule: Mapping[str, Mapping[str, Any]], shares: Mapping[Part, Share], off: Decimal) -> Scored:
    """The weighted mean of the parts that are known, less deductions, not below zero.

    Without requests nobody can be asked whether one was solved or repeated: those weights fall away. What a sheet
    should have brought, or households that nobody knows, cannot fall away: no score.
    """
    rows = [_row(part, rule[part], shares.get(part)) for part in Part]
    missing = [part for part in (Part.VOLUME, *BROUGHT) if _scores(part, rule[part], shares.get(part)) is None]
    if missing:
        return Scored(rows, None, missing)
    known = [(rule[part]["weight"], _scores(part, rule[part], shares.get(part))) for part in Part]
    weights = sum(weight for weight, reached in known if reached is not None)
    total = sum((weight * reached for weight, reached in known if reached is not None), Fraction())
    return Scored(rows, printed(max(total / weights - Fraction(off), Fraction())), [])


def _scores(_part: Part, rule: Mapping[str, Any], share: Share | None) -> Fraction | None:
    value = share.value if share else None
    if value is None:
        return None
    return score(points_of(rule["points"]), value) if rule.get("points") else min(value, Fraction(_HUNDRED))


def _row(part: Part, rule: Mapping[str, Any], share: Share | None) -> dict[str, Any]:
    value, reached = share.value if share else None, _scores(part, rule, share)
    return {
        "code": part.value,
        "weight": rule["weight"],
        "numerator": None if share is None else str(share.numerator),
        "denominator": None if share is None or share.denominator is None else str(share.denominator),
        "value": None if value is None else str(printed(value)),
        "score": None if reached is None else str(printed(reached)),
    }


def printed(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_CENT, ROUND_HALF_UP)


def ranks(scores: Mapping[int, Decimal]) -> dict[int, int]:
    ordered = sorted(scores.values(), reverse=True)
    return {key: ordered.index(score) + 1 for key, score in scores.items()}


def lists(scores: Mapping[int, Decimal], vetoed: Sequence[int], red: int, black: int) -> dict[int, Listed]:
    """The best `red` percent without a veto, the last `black` percent and whoever has one; shares rounded down.

    Equals at the edge share the red list, and stay off the black one: a tie is never held against anybody.
    """
    ordered = sorted(scores.values(), reverse=True)
    best, last = len(ordered) * red // _HUNDRED, len(ordered) * black // _HUNDRED
    found = dict.fromkeys(vetoed, Listed.BLACK)
    for key, own in scores.items():
        if best and own >= ordered[best - 1]:
            found.setdefault(key, Listed.RED)
        elif last and sum(other <= own for other in ordered) <= last:
            found.setdefault(key, Listed.BLACK)
    return found
