"""Figures as plain values, for files and other programs: `value` in the measure's unit, and the cases behind it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from huiyin.kernel.figures import rounded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from huiyin.kernel.figures import Figure, Figures, Mean, Means


def plain(figures: Figures) -> dict[str, Any]:
    """By variant and measure; a value is rounded to one decimal, None where nothing was there to divide by."""
    return {variant: {name: _figure(one) for name, one in of.items()} for variant, of in figures.items()}


def plain_means(means: Means) -> dict[str, Any]:
    return {variant: {name: _mean(one) for name, one in of.items()} for variant, of in means.items()}


def _figure(figure: Figure) -> Mapping[str, Any]:
    found: dict[str, Any] = {"value": _value(figure), "numerator": _cases(figure, figure.numerator)}
    if figure.denominator is not None:
        found["denominator"] = _cases(figure, figure.denominator)
    return found


def _mean(mean: Mean) -> Mapping[str, Any]:
    return {"value": _value(mean), "lines": mean.units}


def _value(figure: Figure | Mean) -> float | None:
    value = rounded(figure.value)
    return None if value is None else float(value)


def _cases(figure: Figure, weight: int) -> float:
    """The kernel sums tenths of a case, so that it adds integers; people read cases."""
    number = Fraction(weight, figure.measure.scale)
    return number.numerator if number.denominator == 1 else float(number)
