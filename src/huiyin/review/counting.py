"""The measures as SQL: Ibis compiles each expression once, Django's connection runs it.

Imports Ibis, so it is itself imported only when somebody asks for figures (`review.figures`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

import ibis  # type: ignore[import-untyped]  # ships no py.typed

from huiyin.kernel.facts import SCHEMA, aggregate, counters_of, members
from huiyin.kernel.garbage import settle
from huiyin.kernel.measures import MEASURES, Part, ScoreWeights, Variant
from huiyin.kernel.periods import Period
from huiyin.review import facts
from huiyin.review.beside import DEFAULT, measures

Names = tuple[str, ...] | None  # of measures; None: all
_NAME: Final = "facts"
_TABLE: Final = ibis.table(SCHEMA, name=_NAME)
# Moments that stand in the compiled text where the asked period's go; no real case knows them.
_MARKS: Final = {
    "start": datetime(1901, 1, 1, tzinfo=UTC),
    "end": datetime(1902, 2, 2, tzinfo=UTC),
    "as_of": datetime(1903, 3, 3, tzinfo=UTC),
}
_PERIOD: Final = Period(_MARKS["start"], _MARKS["end"], "any", "range")


@dataclass(frozen=True, slots=True)
class Compiled:
    """SQL with %s for each moment, and which moment each one is."""

    sql: str
    names: tuple[str, ...]

    def params(self, period: Period, as_of: datetime) -> tuple[datetime, ...]:
        moments = {"start": period.start, "end": period.end, "as_of": as_of}
        return tuple(moments[name] for name in self.names)


@cache
def sums_by(*by: str, names: Names = None) -> Compiled:
    """Both sums of every counter, or of those behind the measures `names`; a row for each value of the columns `by`."""
    counters = counters_of(MEASURES[name] for name in names or MEASURES)
    return _compiled(aggregate(_TABLE, by=list(by), periods=[_PERIOD], as_of=_MARKS["as_of"], counters=counters))


@cache
def ids_of(name: str, part: Part, variant: Variant, weights: ScoreWeights = DEFAULT) -> Compiled:
    """The ids of the cases that one part of a figure counted."""
    measure = measures(weights)[name]
    # What counts lies in the period; said once more in the open, so that the index on that time is used.
    time = _TABLE[measure.period_column]
    lying = _TABLE.filter((time >= ibis.literal(_MARKS["start"])) & (time < ibis.literal(_MARKS["end"])))
    counted = members(lying, measure, part, period=_PERIOD, as_of=_MARKS["as_of"], variant=variant)
    return _compiled(counted.select("id"))


def _compiled(expression: Any) -> Compiled:
    text = str(ibis.to_sql(expression, dialect="postgres")).replace("%", "%%")
    sql = text.replace(f'FROM "{_NAME}"', f"FROM {facts.source(_MARKS['as_of'].isoformat())}")
    marks = {f"'{at.isoformat()}'": name for name, at in _MARKS.items()}
    pieces, names = [], []
    while found := _first(sql, marks):
        before, sql = sql.split(found, 1)
        pieces.append(before)
        names.append(marks[found])
    return Compiled("%s".join([*pieces, sql]), tuple(names))


def _first(sql: str, marks: Mapping[str, str]) -> str | None:
    at = {sql.find(mark): mark for mark in marks if mark in sql}
    return at[min(at)] if at else None


settle()
