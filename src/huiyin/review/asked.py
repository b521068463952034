"""What the address of a figure asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from huiyin.review import figures, groups, periods

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from huiyin.cases.models import Case
    from huiyin.kernel.measures import Figure, Measure, Part, Variant
    from huiyin.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Asked:
    """`unreadable`: the address named no period that can be read, so the assessment month stands in."""

    measure: Measure
    part: Part
    variant: Variant
    period: Period
    unit: str
    category: str
    unreadable: bool

    @property
    def grouped(self) -> bool:
        return bool(self.unit or self.category)

    def figure(self) -> tuple[Figure, datetime]:
        """The figure itself and when it was counted."""
        sums, as_of = figures.of_group(self.period, unit=self.unit, category=self.category)
        return sums[self.variant][self.measure.name], as_of

    def cases(self, as_of: datetime) -> QuerySet[Case]:
        """What it counted, in the whole district."""
        return figures.counted_cases(self.measure.name, self.part, self.variant, period=self.period, as_of=as_of)


def read_asked(given: Mapping[str, str], name: str) -> Asked | None:
    """None for a measure, part, variant or group that does not exist, or for a unit and a category at once."""
    measure = figures.measures().get(name)
    part = given.get("part") or ("denominator" if measure and measure.denominator else "numerator")
    variant, unit, category = given.get("variant", "all"), given.get("unit", ""), given.get("category", "")
    unknown = measure is None or variant not in ("all", "net") or part not in ("numerator", "denominator")
    if measure is None or unknown or (part == "denominator" and measure.denominator is None) or (unit and category):
        return None
    if groups.title_of(unit=unit, category=category) is None:
        return None
    try:
        period, unreadable = periods.read(given.get("period", "")), False
    except ValueError:
        period, unreadable = periods.read(periods.DEFAULT), True
    return Asked(measure, part, variant, period, unit, category, unreadable)  # type: ignore[arg-type]
