"""Today's flow: how many were received, dispatched, answered and judged, by the hour. One query."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Value

from huiyin.cases.models import Case
from huiyin.cockpit.counts import COUNTS, HOURS, STEPS, address, hour_of
from huiyin.cockpit.tiles import Moment

TALLEST = 20  # of the bars, in units of their picture


@dataclass(frozen=True, slots=True)
class Bar:
    """An hour's count and the address of its cases; place and size in a picture 20 high, 4 wide an hour."""

    hour: int
    cases: int
    href: str
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Step:
    name: str
    label: str
    definition: str
    cases: int
    href: str
    bars: Sequence[Bar]


def steps(moment: Moment) -> list[Step]:
    first, *others = (_by_hour(name, moment) for name in STEPS)
    found: dict[str, Counter[int]] = {name: Counter() for name in STEPS}
    for name, hour, cases in first.union(*others, all=True):
        found[name][hour] += cases
    most = max(cases for counted in found.values() for cases in [0, *counted.values()])
    return [_step(name, found[name], most) for name in STEPS]


def hours(name: str, cases: QuerySet[Case]) -> list[tuple[int, int]]:
    """Hour and count of a step's `cases`, of the hours that have any: for the page of that step."""
    counted = cases.order_by().annotate(hour=hour_of(name)).values("hour").annotate(cases=Count("pk"))
    return list(counted.order_by("hour").values_list("hour", "cases"))


def _by_hour(name: str, moment: Moment) -> QuerySet[Any, Any]:
    cases = COUNTS[name].of(moment).order_by()
    hours = cases.annotate(step=Value(name), hour=hour_of(name))
    counted = hours.values("step", "hour").annotate(cases=Count("pk", output_field=IntegerField()))
    return counted.values_list("step", "hour", "cases")


def _step(name: str, per_hour: Counter[int], most: int) -> Step:
    count, drawn = COUNTS[name], bars(name, per_hour, most)
    return Step(name, str(count.label), str(count.definition), per_hour.total(), address(name), drawn)


def bars(name: str, per_hour: Counter[int], most: int) -> list[Bar]:
    """Midnight to midnight; `most` cases fill the picture's height: one scale for all steps."""
    heights = [TALLEST * per_hour[hour] / (most or 1) for hour in range(HOURS)]
    return [
        Bar(hour, per_hour[hour], address(name, hour=str(hour)), 4 * hour, TALLEST - height, height)
        for hour, height in enumerate(heights)
    ]
