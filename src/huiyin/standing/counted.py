"""The hotline's part of a score: the house's own measures over the cases at a company's estates, and those cases."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from huiyin.cases.models import Case
from huiyin.kernel.figures import Figures, pooled
from huiyin.kernel.periods import Period
from huiyin.review import figures
from huiyin.standing.choices import COUNTED, Part


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums of the period for each area that has cases."""

    by_area: dict[int | None, figures.SumRow]
    zero: figures.SumRow

    def of(self, areas: Collection[int]) -> Figures:
        return pooled([self.zero, *(self.by_area[area] for area in areas if area in self.by_area)])


def count(period: Period, as_of: datetime) -> Counts:
    from huiyin.review import counting  # noqa: PLC0415 - Ibis waits until figures are asked for

    compiled = counting.sums_by("area_id")
    with connection.cursor() as cursor:
        cursor.execute(compiled.sql, compiled.params(period, as_of))
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return Counts({row["area_id"]: row for row in rows}, {name: 0 for name in names if name != "area_id"})


def cases(
    part: Part, areas: Collection[int], within: QuerySet[Case], period: Period, as_of: datetime
) -> QuerySet[Case]:
    """What the numerator of a part counted, of the cases `within`."""
    at_home = within.filter(area__in=areas)
    return figures.counted_cases(at_home, COUNTED[part], "numerator", "all", period=period, as_of=as_of)
