"""What is counted, defined once: domain.md 11.1, after a Beijing district's running code [B7], in the terms of the law.

A numerator and a denominator give each case a whole weight (0 when it does not count). `aggregate` sums the weights, so
every engine adds integers; `figures` forms the ratio last and exactly; `members` opens a figure into the cases whose
weight is not 0. Two variants throughout: "all" 全口径 and "net" 剔除后 (without the cases marked `excluded`).

The table has the columns id, number, lead_id, category_id, created_at, closed_at, due_at (aware or null),
valid_callback (bool, null), contacted, solved (bool, null), satisfaction ("satisfied" | "basic" | "dissatisfied" |
null), excluded (bool).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any, Final, Literal

import ibis  # type: ignore[import-untyped]  # ships no py.typed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import ibis.expr.types as ir  # type: ignore[import-untyped]  # as above

    from huiyin.kernel.periods import Period

Part = Literal["numerator", "denominator"]
Variant = Literal["all", "net"]
MeasureUnit = Literal["percent", "points", "cases"]
VARIANTS: Final[tuple[Variant, ...]] = ("all", "net")
VARIANT_LABELS: Final[Mapping[Variant, tuple[str, str]]] = {
    "all": ("全口径", "all cases"),
    "net": ("剔除后", "after exclusions"),
}
NO_CALLBACK: Final = "—"

# Read by residents: the law and the public description; domain.md 11.1 [B7] is where the formula was taken from.
_SOURCE: Final = "《北京市接诉即办工作条例》第23、32条；公式 docs/measures"


@dataclass(frozen=True)
class Measure:
    """One thing that is counted. `numerator` and `denominator` turn a table into whole weights per row.

    `unit`: "percent" and "points" are ratios, "cases" is a plain number without a denominator. `period_column` is the
    time that decides whether a case belongs to a period.
    """

    name: str
    label_zh: str
    label_en: str
    unit: MeasureUnit
    numerator: Callable[[ir.Table], ir.IntegerValue]
    denominator: Callable[[ir.Table], ir.IntegerValue] | None
    exclusions_zh: str
    exclusions_en: str
    period_column: Literal["created_at", "closed_at"] = "created_at"
    source: str = _SOURCE


@dataclass(frozen=True)
class Figure:
    """A measure's sums for one group; the satisfaction rate sums tenths of a case, the score hundredths."""

    measure: Measure
    numerator: int
    denominator: int | None

    @property
    def value(self) -> Fraction | None:
        """Exact, in the measure's unit: percent and points from 0 to 100, or cases; None without a valid callback."""
        return _ratio(self.measure, self.numerator, self.denominator)

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


# --- the definitions; CASE WHEN takes null as "no", on every engine


def _one(condition: ir.BooleanValue, weight: int = 1) -> ir.IntegerValue:
    return condition.ifelse(weight, 0)


def _valid(table: ir.Table) -> ir.IntegerValue:
    """V"""
    return _one(table.valid_callback)


def _contacted(table: ir.Table) -> ir.IntegerValue:
    """C"""
    return _one(table.valid_callback & table.contacted)


def _solved(table: ir.Table) -> ir.IntegerValue:
    """R"""
    return _one(table.valid_callback & table.solved)


def _satisfied_tenths(table: ir.Table) -> ir.IntegerValue:
    """10·S1 + 9·S2"""
    satisfied = table.valid_callback & (table.satisfaction == "satisfied")
    basic = table.valid_callback & (table.satisfaction == "basic")
    return _one(satisfied, 10) + _one(basic, 9)


def _score_hundredths(table: ir.Table) -> ir.IntegerValue:
    """(0.10·C + 0.40·(S1 + 0.9·S2) + 0.50·R) × 100"""
    return 10 * _contacted(table) + 4 * _satisfied_tenths(table) + 50 * _solved(table)


def _every(table: ir.Table) -> ir.IntegerValue:
    return _one(table.id.notnull())


def _overdue(table: ir.Table) -> ir.IntegerValue:
    """Closed after it was due, or still open and due before `as_of`."""
    return _one(ibis.coalesce(table.closed_at, table.as_of) > table.due_at)


_RATE_ZH: Final = "无有效回访的诉求不计入；“剔除后”另不计已认定剔除的诉求。V=0 时显示“—”。"
_RATE_EN: Final = (
    "Only valid callbacks count; “after exclusions” also leaves out excluded cases. Without any, “—” is shown."
)
_COUNT_ZH: Final = "“剔除后”不计已认定剔除的诉求。"
_COUNT_EN: Final = "“After exclusions” leaves out excluded cases."


def _rate(name: str, labels: tuple[str, str], numerator: Callable[[ir.Table], ir.IntegerValue]) -> Measure:
    return Measure(name, *labels, "percent", numerator, _valid, _RATE_ZH, _RATE_EN)


MEASURES: Final[Mapping[str, Measure]] = {
    measure.name: measure
    for measure in (
        _rate("response", ("响应率", "response rate"), _contacted),
        _rate("resolution", ("解决率", "resolution rate"), _solved),
        Measure(
            "satisfaction",
            "满意率",
            "satisfaction rate",
            "percent",
            _satisfied_tenths,
            lambda table: 10 * _valid(table),
            f"{_RATE_ZH}“基本满意”按0.9计。",
            f"{_RATE_EN} “Basically satisfied” counts 0.9.",
        ),
        Measure(
            "score",
            "综合成绩",
            "score",
            "points",
            _score_hundredths,
            _valid,
            f"{_RATE_ZH}响应率10%、满意率40%、解决率50%；不等于全市公布的成绩。",
            f"{_RATE_EN} Response 10 %, satisfaction 40 %, resolution 50 %; not the score the city publishes.",
        ),
        Measure("received", "受理量", "cases received", "cases", _every, None, _COUNT_ZH, _COUNT_EN),
        Measure("closed", "办结量", "cases closed", "cases", _every, None, _COUNT_ZH, _COUNT_EN, "closed_at"),
        Measure(
            "overdue", "超期量", "overdue cases", "cases", _overdue, None, _COUNT_ZH, _COUNT_EN, source="docs/measures"
        ),
    )
}


# --- counting


def aggregate(table: ir.Table, *, by: str | None, period: Period, as_of: datetime) -> ir.Table:
    """The whole numerators and denominators: a row for each value of the column `by`, one row in all for None.

    Columns: `by`, then `column(measure, variant, part)` for each. Groups without a case in the period have no row.
    `as_of` (aware) settles which open cases are overdue. Raises ValueError for an unknown column or a bare `as_of`.
    """
    if by is not None and by not in table.columns:
        raise ValueError(f"Cases cannot be grouped by {by!r}; the table has {', '.join(table.columns)}.")
    seen = _seen(table, as_of).filter(lambda t: _within(t, "created_at", period) | _within(t, "closed_at", period))
    sums = {
        column(measure, variant, part): _weight(seen, measure, part, period, variant).sum().fill_null(0).cast("int64")
        for measure in MEASURES.values()
        for variant in VARIANTS
        for part in _parts(measure)
    }
    return seen.aggregate(by=[by] if by else [], **sums)


def members(
    table: ir.Table, measure: Measure, part: Part, *, period: Period, as_of: datetime, variant: Variant = "all"
) -> ir.Table:
    """Exactly the cases that `aggregate` counted in that part of the figure; filter `table` first to open one group's.

    Raises ValueError for the denominator of a plain count.
    """
    if part not in _parts(measure):
        raise ValueError(f"{measure.name!r} is a plain count; it has no denominator to open.")
    return _seen(table, as_of).filter(lambda t: _weight(t, measure, part, period, variant) > 0).drop("as_of")


def column(measure: Measure, variant: Variant, part: Part) -> str:
    """The name of the sum in the result of `aggregate`, e.g. "response_net_denominator"."""
    return f"{measure.name}_{variant}_{part}"


def _parts(measure: Measure) -> tuple[Part, ...]:
    return ("numerator",) if measure.denominator is None else ("numerator", "denominator")


def _seen(table: ir.Table, as_of: datetime) -> ir.Table:
    if as_of.tzinfo is None:
        raise ValueError("Give `as_of` with a time zone; a bare time could mean any district's.")
    return table.mutate(as_of=_moment(as_of))


def _moment(at: datetime) -> ir.TimestampScalar:
    """In UTC, as the columns are: some engines compare no further than equal time zones."""
    return ibis.literal(at.astimezone(UTC))


def _within(table: ir.Table, name: str, period: Period) -> ir.BooleanValue:
    at = table[name]
    return (at >= _moment(period.start)) & (at < _moment(period.end))


def _weight(table: ir.Table, measure: Measure, part: Part, period: Period, variant: Variant) -> ir.IntegerValue:
    of_part = measure.denominator if part == "denominator" and measure.denominator else measure.numerator
    weight = _within(table, measure.period_column, period).ifelse(of_part(table), 0)
    return table.excluded.ifelse(0, weight) if variant == "net" else weight


# --- figures: the ratio comes last


def figures(row: Mapping[str, Any]) -> Figures:
    """One row of `aggregate` as figures: `figures(row)["net"]["response"].value`."""
    return pooled([row])


def pooled(rows: Iterable[Mapping[str, Any]]) -> Figures:
    """The rows' sums added up, then divided: every case weighs the same."""
    kept = list(rows)
    return {
        variant: {name: _summed(kept, measure, variant) for name, measure in MEASURES.items()} for variant in VARIANTS
    }


def mean_of_units(rows: Iterable[Mapping[str, Any]]) -> Means:
    """The mean of the rows' own rates: every unit weighs the same; a unit without a valid callback is left out.

    Only for rates and the score: a plain count has no mean here.
    """
    per_row = [figures(row) for row in rows]
    return {
        variant: {name: _mean([row[variant][name] for row in per_row], measure) for name, measure in _rates()}
        for variant in VARIANTS
    }


def rounded(value: Fraction | None, digits: int = 1) -> Decimal | None:
    """Half up, as people round; None stays None."""
    if value is None:
        return None
    return Decimal(floor(value * 10**digits + Fraction(1, 2))).scaleb(-digits)


def said(value: Fraction | None, measure: Measure) -> str:
    """For a page: "98.3%", "98.3", "1625", or "—" when nothing was called back."""
    if value is None:
        return NO_CALLBACK
    if measure.unit == "cases":
        return str(rounded(value, 0))
    return f"{rounded(value)}{'%' if measure.unit == 'percent' else ''}"


def _rates() -> list[tuple[str, Measure]]:
    return [(name, measure) for name, measure in MEASURES.items() if measure.denominator is not None]


def _ratio(measure: Measure, numerator: int, denominator: int | None) -> Fraction | None:
    if denominator is None:
        return Fraction(numerator)
    if denominator == 0:
        return None
    return Fraction(numerator, denominator) * (100 if measure.unit == "percent" else 1)


def _summed(rows: Sequence[Mapping[str, Any]], measure: Measure, variant: Variant) -> Figure:
    sums = [sum(int(row[column(measure, variant, part)]) for row in rows) for part in _parts(measure)]
    return Figure(measure, sums[0], sums[1] if len(sums) > 1 else None)


def _mean(of_units: Iterable[Figure], measure: Measure) -> Mean:
    values = [figure.value for figure in of_units]
    known = [value for value in values if value is not None]
    return Mean(measure, sum(known, Fraction()) / len(known) if known else None, len(known))
