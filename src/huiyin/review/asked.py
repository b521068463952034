"""What the address of a figure asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from huiyin.kernel.measures import COLUMNS, MEASURES
from huiyin.review import beside, figures, groups, periods
from huiyin.review.models import Freeze

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from huiyin.cases.models import Case
    from huiyin.kernel.figures import Figure
    from huiyin.kernel.measures import By, Measure, Part, Variant
    from huiyin.kernel.periods import Period
    from huiyin.review.groups import Group

_LONGEST_PK = 18


@dataclass(frozen=True, slots=True)
class Asked:
    """`unreadable`: the address named no period that can be read, so the assessment month stands in."""

    measure: Measure
    part: Part
    variant: Variant
    period: Period
    by: By
    group: Group | None
    unreadable: bool
    frozen: Freeze | None = None

    @property
    def opens_denominator(self) -> bool:
        return opens(self.measure, "denominator")

    def figure(self) -> tuple[Figure, datetime]:
        """The figure itself and when it was counted."""
        sums, as_of = figures.of_group(self.period, self.by, self.group, frozen=self.frozen)
        return sums[self.variant][self.measure.name], as_of

    def cases(self, within: QuerySet[Case], as_of: datetime) -> QuerySet[Case]:
        """Exactly what it counted, of the cases `within`."""
        name, period = self.measure.name, self.period
        if self.frozen:
            return within.filter(pk__in=self._kept_ids(self.frozen))
        cases = figures.counted_cases(within, name, self.part, self.variant, period=period, as_of=as_of)
        return groups.only(cases, self.by, self.group) if self.group else cases

    def _kept_ids(self, frozen: Freeze) -> list[int]:
        from huiyin.review import freezing  # noqa: PLC0415 - Ibis waits until figures are asked for

        group = (COLUMNS[self.by], self.group.ids) if self.group else None
        return freezing.ids(frozen, self.measure.name, self.part, self.variant, period=self.period, within=group)


def opens(measure: Measure, part: Part) -> bool:
    """Whether that part of it is cases: residents are none."""
    over = measure.denominator
    return part == "numerator" or (over is not None and "residents" not in over)


def read_asked(given: Mapping[str, str], name: str) -> Asked | None:
    """None for a measure, part, variant or group that does not exist, or for a unit and a category at once."""
    measure = MEASURES.get(name)
    part = given.get("part") or ("denominator" if measure and opens(measure, "denominator") else "numerator")
    variant = given.get("variant", "all")
    unknown = measure is None or variant not in ("all", "net") or part not in ("numerator", "denominator")
    if measure is None or unknown or not opens(measure, part):  # type: ignore[arg-type]  # known by now
        return None
    frozen = _frozen(given.get("frozen", ""))
    if given.get("frozen") and frozen is None:
        return None
    by: By = "category" if given.get("category") else "unit"
    group = groups.find(by, given[by]) if given.get(by) else None
    if (given.get("unit") and given.get("category")) or (given.get(by) and group is None):
        return None
    if frozen:
        kept, told = beside.period_of(frozen), beside.of_freeze(frozen)
        return Asked(told.measures[name], part, variant, kept, by, group, unreadable=False, frozen=frozen)  # type: ignore[arg-type]
    try:
        period, unreadable = periods.read(given.get("period", "")), False
    except ValueError:
        period, unreadable = periods.read(periods.DEFAULT), True
    measure = beside.of(period).measures[name]
    return Asked(measure, part, variant, period, by, group, unreadable)  # type: ignore[arg-type]


def _frozen(pk: str) -> Freeze | None:
    return Freeze.objects.filter(pk=pk).first() if pk.isascii() and pk.isdigit() and len(pk) < _LONGEST_PK else None
