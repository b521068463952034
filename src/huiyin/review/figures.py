"""Figures and the cases behind them. Asked again within a minute, they are not counted again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.core.cache import cache
from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils import timezone

from huiyin.cases.models import Case
from huiyin.kernel.figures import figures, mean_of_units, pooled, residents_row
from huiyin.kernel.measures import COLUMNS, COUNTED, VARIANTS, sum_name
from huiyin.review import beside
from huiyin.review.groups import categories_of, units_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from huiyin.kernel.figures import Figures, Means
    from huiyin.kernel.measures import By, Measure, Part, Variant
    from huiyin.kernel.periods import Period
    from huiyin.review.beside import Beside
    from huiyin.review.groups import Group
    from huiyin.review.models import Freeze

SumRow = dict[str, Any]
Names = tuple[str, ...] | None  # of measures; None: all
KEPT_SECONDS: Final = 60
REASON: Final = "exclusion_reason"


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
    measures: Mapping[str, Measure]
    frozen: Freeze | None = None


def table(by: By, period: Period, *, under: str = "", frozen: Freeze | None = None, names: Names = None) -> Table:
    """Lines by lead unit, or by category: the top level, or those `under` one. Best score first, then volume.

    `frozen`: as a cut-off kept it. `names`: of the measures that are asked for, the score among them; None: all.
    """
    sums, told = _sums(period, frozen, by, names=names), _beside(period, frozen)
    known = {row[COLUMNS[by]]: row for row in sums.rows}
    groups = units_of(known, told.names) if by == "unit" else categories_of(known, under)
    added = [_added(sums.zero, (known[pk] for pk in group.ids if pk in known)) for group in groups]
    rows = [row | _residents(by, group, told) for row, group in zip(added, groups, strict=True)]
    asked = _asked(told, names)
    lines = [Line(group.code, group.name, figures(row, asked)) for group, row in zip(groups, rows, strict=True)]
    lines.sort(key=_standing)
    whole = pooled([*added, _residents(by, None, told)], asked)
    return Table(by, period, sums.as_of, lines, whole, mean_of_units(rows, asked), asked, frozen)


def of_group(
    period: Period, by: By = "unit", group: Group | None = None, *, frozen: Freeze | None = None, names: Names = None
) -> tuple[Figures, datetime]:
    """One group's figures, the whole district's without one; and when they were counted."""
    sums, told = _sums(period, frozen, by, names=names), _beside(period, frozen)
    own = (row for row in sums.rows if group is None or row[COLUMNS[by]] in group.ids)
    return pooled([sums.zero, *own, _residents(by, group, told)], _asked(told, names)), sums.as_of


def sums_by(by: By, period: Period) -> Sums:
    return _sums(period, None, by)


def crossed(period: Period, frozen: Freeze | None = None) -> Sums:
    """A row for each unit and category."""
    return _sums(period, frozen, "unit", "category")


def by_reason(period: Period, frozen: Freeze | None = None) -> Sums:
    """A row for each reason of exclusion, and one, without a reason, for all that were not excluded."""
    return _counted([REASON], period, frozen, None)


def _sums(period: Period, frozen: Freeze | None, *by: By, names: Names = None) -> Sums:
    return _counted([COLUMNS[one] for one in by], period, frozen, names)


def _counted(columns: list[str], period: Period, frozen: Freeze | None, names: Names) -> Sums:
    asked = "-".join([*columns, "of", *(names or ())])
    key = f"sums:{frozen.pk if frozen else ''}:{asked}:{period.start.isoformat()}:{period.end.isoformat()}"
    found = cache.get(key)
    if found is None:
        found = _kept(columns, period, frozen) if frozen else _count(columns, period, names)
        cache.set(key, found, KEPT_SECONDS)
    return Sums(*found)


def _kept(columns: list[str], period: Period, frozen: Freeze) -> Sums:
    from huiyin.review import freezing  # noqa: PLC0415 - Ibis waits until figures are asked for

    rows = freezing.sums(frozen, by=columns, periods=[period])
    zero = {sum_name(name, variant): 0 for name in COUNTED for variant in VARIANTS}
    return Sums(rows, zero, frozen.as_of)


def _beside(period: Period, frozen: Freeze | None) -> Beside:
    return beside.of_freeze(frozen) if frozen else beside.of(period)


def _asked(told: Beside, names: Names) -> Mapping[str, Measure]:
    return told.measures if names is None else {name: told.measures[name] for name in names}


def _residents(by: By, group: Group | None, told: Beside) -> SumRow:
    """Of the unit's areas; of the whole district for itself and for a category."""
    own = by == "unit" and group is not None
    count = sum(told.residents.get(pk or 0, 0) for pk in group.ids) if own and group else told.district
    return residents_row(count)


def counted_cases(
    within: QuerySet[Case],
    name: str,
    part: Part,
    variant: Variant,
    *,
    period: Period,
    as_of: datetime,
) -> QuerySet[Case]:
    """What a figure counted, of the cases `within`. Raises ValueError for the denominator of a plain count."""
    from huiyin.review import counting  # noqa: PLC0415 - as above

    compiled = counting.ids_of(name, part, variant, beside.weights_of(period))
    ids = RawSQL(compiled.sql, compiled.params(period, as_of))  # noqa: S611 - Ibis wrote it; only moments are filled in
    return within.filter(pk__in=ids)


def _count(columns: list[str], period: Period, names: Names = None) -> Sums:
    from huiyin.review import counting  # noqa: PLC0415 - as above

    as_of = timezone.now()
    compiled = counting.sums_by(*columns, names=names)
    with connection.cursor() as cursor:
        cursor.execute(compiled.sql, compiled.params(period, as_of))
        heads = [column.name for column in cursor.description or ()]
        rows = [dict(zip(heads, row, strict=True)) for row in cursor.fetchall()]
    return Sums(rows, dict.fromkeys(heads, 0), as_of)


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
