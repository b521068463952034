"""Figures and the cases behind them. Asked again within a minute, they are not counted again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.core.cache import cache
from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils import timezone

from huiyin.cases.models import Case
from huiyin.kernel.figures import figures, mean_of_units, pooled
from huiyin.kernel.measures import COUNTED, VARIANTS, sum_name
from huiyin.review.groups import COLUMNS, categories_of, units_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from huiyin.kernel.figures import Figures, Means
    from huiyin.kernel.measures import Part, Variant
    from huiyin.kernel.periods import Period
    from huiyin.review.groups import By, Group
    from huiyin.review.models import Freeze

SumRow = dict[str, Any]
KEPT_SECONDS: Final = 60


class Sums(NamedTuple):
    """Whole numerators and denominators, a row for each value of the column; `zero` is a group without cases."""

    rows: list[SumRow]
    zero: SumRow
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One group's figures. `code` is empty for the cases that belong to no group yet."""

    code: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Table:
    """`pooled`: every case weighs the same; `mean`: every line does. `as_of`: when it was counted."""

    by: By
    period: Period
    as_of: datetime
    lines: list[Line]
    pooled: Figures
    mean: Means


def table(by: By, period: Period, *, under: str = "", frozen: Freeze | None = None) -> Table:
    """Lines by lead unit, or by category: the top level, or those `under` one. Best score first, then volume.

    `frozen`: as a cut-off kept it.
    """
    sums = _kept(by, period, frozen) if frozen else sums_by(by, period)
    known = {row[COLUMNS[by]]: row for row in sums.rows}
    groups = units_of(known) if by == "unit" else categories_of(known, under)
    rows = [_added(sums.zero, (known[pk] for pk in group.ids if pk in known)) for group in groups]
    lines = [Line(group.code, group.name, figures(row)) for group, row in zip(groups, rows, strict=True)]
    lines.sort(key=_standing)
    return Table(by, period, sums.as_of, lines, pooled(rows), mean_of_units(rows))


def of_group(period: Period, by: By = "unit", group: Group | None = None) -> tuple[Figures, datetime]:
    """One group's figures, the whole district's without one; and when they were counted."""
    sums = sums_by(by, period)
    own = (row for row in sums.rows if group is None or row[COLUMNS[by]] in group.ids)
    return pooled([sums.zero, *own]), sums.as_of


def sums_by(by: By, period: Period) -> Sums:
    key = f"sums:{by}:{period.start.isoformat()}:{period.end.isoformat()}"
    found = cache.get(key)
    if found is None:
        found = _count(by, period)
        cache.set(key, found, KEPT_SECONDS)
    return Sums(*found)


def _kept(by: By, period: Period, frozen: Freeze) -> Sums:
    from huiyin.review import freezing  # noqa: PLC0415 - Ibis waits until figures are asked for

    rows = freezing.sums(frozen, by=[COLUMNS[by]], periods=[period])
    zero = {sum_name(name, variant): 0 for name in COUNTED for variant in VARIANTS}
    return Sums(rows, zero, frozen.as_of)


def counted_cases(
    within: QuerySet[Case], name: str, part: Part, variant: Variant, *, period: Period, as_of: datetime
) -> QuerySet[Case]:
    """What a figure counted, of the cases `within`. Raises ValueError for the denominator of a plain count."""
    from huiyin.review import counting  # noqa: PLC0415 - as above

    compiled = counting.ids_of(name, part, variant)
    ids = RawSQL(compiled.sql, compiled.params(period, as_of))  # noqa: S611 - Ibis wrote it; only moments are filled in
    return within.filter(pk__in=ids)


def _count(by: By, period: Period) -> Sums:
    from huiyin.review import counting  # noqa: PLC0415 - as above

    as_of = timezone.now()
    compiled = counting.sums_by(COLUMNS[by])
    with connection.cursor() as cursor:
        cursor.execute(compiled.sql, compiled.params(period, as_of))
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return Sums(rows, dict.fromkeys(names, 0), as_of)


def _added(zero: SumRow, rows: Iterable[SumRow]) -> SumRow:
    total = dict(zero)
    for row in rows:
        for name in zero:
            total[name] += row.get(name, 0) if name not in COLUMNS.values() else 0
    return total


def _standing(line: Line) -> tuple[bool, bool, float, float]:
    """domain.md 11.1: by score, then by volume; without a valid callback last, without a unit after that."""
    score, volume = line.figures["all"]["score"].value, line.figures["all"]["received"].value
    return not line.code, score is None, -float(score or 0), -float(volume or 0)
