"""A score as straight lines between points: exact, flat outside the first and the last one."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise

Point = tuple[Fraction, Fraction]
_LEAST = 2
_MOST = 20
# Powers of ten: no value or score is larger or finer, and "1e999999999" would take for ever.
_SMALLEST, _LARGEST = -12, 12


def points_of(rows: Sequence[Sequence[str | int | float | Decimal]]) -> tuple[Point, ...]:
    """Points as they are stored, numbers written in decimal. Raises ValueError: what is wrong."""
    try:
        points = tuple((_exact(x), _exact(y)) for x, y in rows)
    except (InvalidOperation, ValueError, TypeError) as error:
        raise ValueError("每个点写两个数：数值和得分。Each point is two numbers: value and score.") from error
    if not _LEAST <= len(points) <= _MOST:
        raise ValueError("至少两个点，至多二十个。Two points at least, twenty at most.")
    if any(later[0] <= earlier[0] for earlier, later in pairwise(points)):
        raise ValueError("各点的数值要从小到大，不能重复。The values must rise from point to point.")
    return points


def score(points: Sequence[Point], x: Decimal | Fraction | int) -> Fraction:
    """What `x` scores: on a point its score, between two points on the line between them."""
    at = Fraction(x)
    if at <= points[0][0]:
        return points[0][1]
    for (x0, y0), (x1, y1) in pairwise(points):
        if at <= x1:
            return y0 + (y1 - y0) * (at - x0) / (x1 - x0)
    return points[-1][1]


def _exact(number: str | float | Decimal) -> Fraction:
    """A decimal as it is written: 0.1 is a tenth."""
    found = Decimal(str(number))
    if not found.is_finite() or (found and not _SMALLEST <= found.adjusted() <= _LARGEST):
        raise ValueError(number)
    return Fraction(found)
