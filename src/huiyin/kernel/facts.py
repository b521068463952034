"""One row a case, and what is counted of it: the same integers on PostgreSQL, on DuckDB over Parquet, and on Spark.

A counter gives each case a whole weight, 0 when it does not count. `aggregate` sums the weights, so every engine adds
integers; `kernel.measures` says which counters make a figure, `kernel.figures` divides last and exactly; `members`
opens a figure into its cases. Two variants throughout: "all" 全口径, "net" 剔除后 (without the excluded cases).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

import ibis  # type: ignore[import-untyped]  # ships no py.typed

from huiyin.kernel.measures import VARIANTS, Part, Variant, parts, sum_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import ibis.expr.types as ir  # type: ignore[import-untyped]  # as above

    from huiyin.kernel.measures import Measure
    from huiyin.kernel.periods import Period

Time = Literal["created_at", "closed_at"]
Of = Literal["valid_callback"]
Weight = Callable[["ir.Table"], "ir.IntegerValue"]
_MOMENT: Final = "timestamp('UTC')"
# The fact table. Times are UTC or null; what nobody has said is null; counts are whole.
SCHEMA: Final[Mapping[str, str]] = {
    "id": "int64",
    "number": "string",
    "channel": "string",
    "lead_id": "int64",
    "category_id": "int64",
    "area_id": "int64",
    "created_at": _MOMENT,
    "closed_at": _MOMENT,
    "due_at": _MOMENT,
    "dispatched": "boolean",
    # Null while it is neither done nor late.
    "accepted_in_time": "boolean",
    "contacted_in_time": "boolean",
    "rounds": "int32",
    "objections": "int32",
    "redispatches": "int32",
    "checks": "int32",
    "mismatches": "int32",
    "repeated": "boolean",
    "valid_callback": "boolean",
    "contacted": "boolean",
    "solved": "boolean",
    "satisfaction": "string",
    "excluded": "boolean",
    "exclusion_reason": "string",
}


@dataclass(frozen=True, slots=True)
class Counter:
    """`weight` turns the fact table into a whole number per row (None: 1); `time` decides to which period it belongs.

    A row without `of` (a boolean column) weighs nothing, so whoever counts need not look at it.
    """

    weight: Weight | None = None
    time: Time = "created_at"
    of: Of | None = None


# CASE WHEN takes null as "no", on every engine.


def _one(condition: ir.BooleanValue) -> ir.IntegerValue:
    return condition.ifelse(1, 0)


def _heard(said: Callable[[ir.Table], ir.BooleanValue]) -> Counter:
    """Said in a valid callback."""
    return Counter(lambda table: _one(said(table)), of="valid_callback")


def _is(satisfaction: str) -> Counter:
    return _heard(lambda table: table.satisfaction == satisfaction)


def _solved_in(round_: int) -> Counter:
    return _heard(lambda table: table.solved & (table.rounds == round_))


def _yes(name: str) -> Weight:
    return lambda table: _one(table[name])


def _known(name: str) -> Weight:
    return lambda table: _one(table[name].notnull())


def _number(name: str) -> Weight:
    return lambda table: table[name].fill_null(0)


COUNTERS: Final[Mapping[str, Counter]] = {
    "received": Counter(),
    "valid": Counter(of="valid_callback"),
    "contacted": _heard(lambda table: table.contacted),
    "solved": _heard(lambda table: table.solved),
    "satisfied": _is("satisfied"),
    "basic": _is("basic"),
    "solved_first": _solved_in(1),
    "solved_second": _solved_in(2),
    "solved_third": _solved_in(3),
    # Closed after it was due, or still open and due before `as_of`.
    "overdue": Counter(lambda table: _one(ibis.coalesce(table.closed_at, table.as_of) > table.due_at)),
    "closed_in_time": Counter(lambda table: _one(table.closed_at <= table.due_at)),
    "accept_owed": Counter(_known("accepted_in_time")),
    "accepted_in_time": Counter(_yes("accepted_in_time")),
    "contact_owed": Counter(_known("contacted_in_time")),
    "contacted_in_time": Counter(_yes("contacted_in_time")),
    "repeated": Counter(_yes("repeated")),
    "dispatched": Counter(_yes("dispatched")),
    "moved_on": Counter(lambda table: _one(table.dispatched & (table.redispatches > 0))),
    "redispatches": Counter(_number("redispatches")),
    "objections": Counter(_number("objections")),
    "checks": Counter(_number("checks")),
    "mismatches": Counter(_number("mismatches")),
    "left_out": Counter(_yes("excluded")),
    "closed": Counter(time="closed_at"),
}
TIMES: Final[tuple[Time, ...]] = ("created_at", "closed_at")
_SCANS: Final = tuple(dict.fromkeys((one.time, one.of) for one in COUNTERS.values()))


def aggregate(
    table: ir.Table,
    *,
    by: Sequence[str] = (),
    periods: Sequence[Period],
    as_of: datetime,
    counters: Collection[str] = COUNTERS,
) -> ir.Table:
    """The counters' sums: a row for each group of the columns `by` and each period that has a case.

    Columns: `by`, `period` (the place in `periods`, which do not overlap), then `sum_name(counter, variant)` for each.
    `as_of` (aware) settles which open cases are late. With fewer `counters` (see `counters_of`) less is read.
    Raises ValueError for an unknown column or a bare `as_of`.
    """
    if unknown := [name for name in by if name not in table.columns]:
        raise ValueError(f"Cases cannot be grouped by {unknown[0]!r}; the table has {', '.join(table.columns)}.")
    seen = _seen(table, as_of)
    asked = [name for name in COUNTERS if name in counters]
    scans = [scan for scan in _SCANS if any(_scan(name) == scan for name in asked)]
    found = ibis.union(*(_scanned(seen, scan, by, periods, asked) for scan in scans))
    sums = {sum_name(name, "all"): found[name].sum().cast("int64") for name in asked}
    net = {sum_name(name, "net"): found.excluded.ifelse(0, found[name]).sum().cast("int64") for name in asked}
    return found.aggregate(by=[*by, "period"], **sums, **net)


def counters_of(measures: Iterable[Measure]) -> set[str]:
    """The counters that these measures add."""
    return {name for one in measures for weights in parts(one).values() for name in weights} & COUNTERS.keys()


def _scan(name: str) -> tuple[Time, Of | None]:
    return COUNTERS[name].time, COUNTERS[name].of


def _scanned(
    seen: ir.Table, scan: tuple[Time, Of | None], by: Sequence[str], periods: Sequence[Period], asked: Sequence[str]
) -> ir.Table:
    """The counters of one scan, those of the others 0; with and without the excluded cases apart."""
    (time, of), groups = scan, [*by, "period", "excluded"]
    lying = seen.filter(_lies(seen[time], periods[0].start, periods[-1].end))
    lying = lying.filter(lying[of]) if of else lying
    placed = lying.mutate(period=_place(lying[time], periods))
    own = {name: _sum(placed, COUNTERS[name].weight) for name in asked if _scan(name) == scan}
    grouped = placed.aggregate(by=groups, **own)
    if not _unbroken(periods):  # asked of each row once more by engines that ask early
        grouped = grouped.filter(grouped.period >= 0)
    others = {name: ibis.literal(0).cast("int64") for name in asked if name not in own}
    return grouped.mutate(**others).select(*groups, *asked)


def _sum(table: ir.Table, weight: Weight | None) -> ir.IntegerScalar:
    return (weight(table).sum() if weight else table.count()).cast("int64")


def _unbroken(periods: Sequence[Period]) -> bool:
    """Whether no moment lies between two of them."""
    return all(one.end == other.start for one, other in pairwise(periods))


def _place(at: ir.TimestampColumn, periods: Sequence[Period]) -> ir.IntegerValue:
    """The place of the period, -1 between two of them."""
    stretches: list[tuple[datetime, int]] = []
    for place, one in enumerate(periods):
        if place and one.start != periods[place - 1].end:
            stretches.append((one.start, -1))
        stretches.append((one.end, place))
    return _halved(at, stretches)


def _halved(at: ir.TimestampColumn, stretches: Sequence[tuple[datetime, int]]) -> ir.IntegerValue:
    """Asked by halves: a year's months are four comparisons a row, not twelve."""
    if len(stretches) == 1:
        return ibis.literal(stretches[0][1])
    half = len(stretches) // 2
    earlier, later = _halved(at, stretches[:half]), _halved(at, stretches[half:])
    return (at < _moment(stretches[half - 1][0])).ifelse(earlier, later)


def members(
    table: ir.Table, measure: Measure, part: Part, *, period: Period, as_of: datetime, variant: Variant = "all"
) -> ir.Table:
    """Exactly the cases that `aggregate` counted in that part of the figure; filter `table` first to open one group's.

    Raises ValueError for the denominator of a plain count, and of one that is no count of cases.
    """
    weights = parts(measure).get(part)
    if weights is None:
        raise ValueError(f"{measure.name!r} is a plain count; it has no denominator to open.")
    if unknown := weights.keys() - COUNTERS.keys():
        raise ValueError(f"{measure.name!r} is divided by {unknown.pop()}, which are no cases.")
    seen = _seen(table, as_of)
    counted = seen.filter(_weight(seen, weights, period) > 0)
    counted = counted.filter(~counted.excluded) if variant == "net" else counted
    return counted.drop("as_of")


def _weight(table: ir.Table, weights: Mapping[str, int], period: Period) -> ir.IntegerValue:
    """What a row adds to that part of the figure."""
    added = [times * _added(table, COUNTERS[name], period) for name, times in weights.items()]
    return reduce(lambda one, other: one + other, added)


def _added(table: ir.Table, counter: Counter, period: Period) -> ir.IntegerValue:
    counts = _lies(table[counter.time], period.start, period.end)
    counts = counts & table[counter.of] if counter.of else counts
    return counts.ifelse(counter.weight(table) if counter.weight else 1, 0)


def _seen(table: ir.Table, as_of: datetime) -> ir.Table:
    if as_of.tzinfo is None:
        raise ValueError("Give `as_of` with a time zone; a bare time could mean any district's.")
    return table.mutate(as_of=_moment(as_of))


def _moment(at: datetime) -> ir.TimestampScalar:
    """In UTC, as the columns are: some engines compare no further than equal time zones."""
    return ibis.literal(at.astimezone(UTC))


def _lies(at: ir.TimestampColumn, start: datetime, end: datetime) -> ir.BooleanValue:
    return (at >= _moment(start)) & (at < _moment(end))


__all__ = ["COUNTERS", "SCHEMA", "TIMES", "VARIANTS", "Counter", "aggregate", "counters_of", "members"]
