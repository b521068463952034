"""Sums become figures: whole numbers are added up first, the ratio comes last and is exact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any, Final

from huiyin.kernel.measures import MEASURES, VARIANTS, Measure, Variant, sum_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from huiyin.kernel.measures import MeasureUnit, Weights

    Measures = Mapping[str, Measure]

NOTHING_COUNTED: Final = "—"
_FACTOR: Final[Mapping[MeasureUnit, int]] = {"percent": 100, "points": 1, "cases": 1, "times": 1, "per_10k": 10_000}
_DIGITS: Final[Mapping[MeasureUnit, int]] = {"percent": 1, "points": 1, "cases": 0, "times": 2, "per_10k": 1}


@dataclass(frozen=True)
class Figure:
    """A measure's sums for one group; the numerator weighs a case `measure.scale` (score: see `measures.score`)."""

    measure: Measure
    numerator: int
    denominator: int | None

    @property
    def value(self) -> Fraction | None:
        """Exact, in the measure's unit; None where nothing was there to divide by."""
        if self.denominator is None:
            return Fraction(self.numerator)
        return Fraction(self.numerator * _FACTOR[self.measure.unit], self.denominator) if self.denominator else None

    @property
    def text(self) -> str:
        return said(self.value, self.measure)


@dataclass(frozen=True)
class Mean:
    """The plain mean of the units' own rates, over the `units` that have one; None when no unit has."""

    measure: Measure
    value: Fraction | None
    units: int

    @property
    def text(self) -> str:
        return said(self.value, self.measure)


Figures = dict[Variant, dict[str, Figure]]
Means = dict[Variant, dict[str, Mean]]


def figures(row: Mapping[str, Any], measures: Measures = MEASURES) -> Figures:
    """One row of `facts.aggregate` as figures: `figures(row)["net"]["response"].value`."""
    return pooled([row], measures)


def pooled(rows: Iterable[Mapping[str, Any]], measures: Measures = MEASURES) -> Figures:
    """The rows' sums added up, then divided: every case weighs the same."""
    kept = list(rows)
    return {
        variant: {name: _summed(kept, measure, variant) for name, measure in measures.items()} for variant in VARIANTS
    }


def mean_of_units(rows: Iterable[Mapping[str, Any]], measures: Measures = MEASURES) -> Means:
    """The mean of the rows' own ratios: every unit weighs the same; a unit without a value is left out.

    Only for ratios: a plain count has no mean here.
    """
    per_row = [figures(row, measures) for row in rows]
    ratios = {name: measure for name, measure in measures.items() if measure.denominator is not None}
    return {
        variant: {name: _mean([row[variant][name] for row in per_row], one) for name, one in ratios.items()}
        for variant in VARIANTS
    }


def change(now: Figure, before: Figure) -> Fraction | None:
    """降量: (this − last) / last, in percent (domain.md 11.2); None where there is no last."""
    this, last = now.value, before.value
    return None if this is None or not last else 100 * (this - last) / last


def rounded(value: Fraction | None, digits: int = 1) -> Decimal | None:
    """Half up, as people round; None stays None."""
    if value is None:
        return None
    return Decimal(floor(value * 10**digits + Fraction(1, 2))).scaleb(-digits)


def said(value: Fraction | None, measure: Measure) -> str:
    """For a page: "98.3%", "98.3", "1625", "0.12", or "—" when there was nothing to divide by."""
    if value is None:
        return NOTHING_COUNTED
    return f"{rounded(value, _DIGITS[measure.unit])}{'%' if measure.unit == 'percent' else ''}"


def residents_row(count: int) -> dict[str, int]:
    """The residents, who are no cases, as a row of sums."""
    return {sum_name("residents", variant): count for variant in VARIANTS}


def _summed(rows: Sequence[Mapping[str, Any]], measure: Measure, variant: Variant) -> Figure:
    over = None if measure.denominator is None else _sum(rows, measure.denominator, variant)
    return Figure(measure, _sum(rows, measure.numerator, variant), over)


def _sum(rows: Sequence[Mapping[str, Any]], weights: Weights, variant: Variant) -> int:
    return sum(times * int(row.get(sum_name(name, variant), 0)) for row in rows for name, times in weights.items())


def _mean(of_units: Iterable[Figure], measure: Measure) -> Mean:
    known = [figure.value for figure in of_units if figure.value is not None]
    return Mean(measure, sum(known, Fraction()) / len(known) if known else None, len(known))
