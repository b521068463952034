"""Today's flow: how many were received, dispatched, answered and judged, by the hour. One query."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Value
from django.db.models.functions import ExtractHour

from huiyin.cockpit.counts import COUNTS, address
from huiyin.cockpit.tiles import Moment
from huiyin.review.periods import zone

# In the order of the loop: what is counted, and the time that says when.
STEPS = {
    "received": "created_at",
    "dispatched": "dispatched_at",
    "answered": "closed_at",
    "evaluated": "evaluated_at",
}
HOURS = 24
TALLEST = 20  # of the bars, in units of their picture


@dataclass(frozen=True, slots=True)
class Bar:
    """An hour's count; place and size in a picture 20 high, 4 wide an hour."""

    hour: int
    cases: int
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


def _by_hour(name: str, moment: Moment) -> QuerySet[Any, Any]:
    cases = COUNTS[name].of(moment).order_by()
    hours = cases.annotate(step=Value(name), hour=ExtractHour(STEPS[name], tzinfo=zone()))
    counted = hours.values("step", "hour").annotate(cases=Count("pk", output_field=IntegerField()))
    return counted.values_list("step", "hour", "cases")


def _step(name: str, per_hour: Counter[int], most: int) -> Step:
    count, drawn = COUNTS[name], bars(per_hour, most)
    return Step(name, str(count.label), str(count.definition), per_hour.total(), address(name), drawn)


def bars(per_hour: Counter[int], most: int) -> list[Bar]:
    """Midnight to midnight; `most` cases fill the picture's height: one scale for all steps."""
    heights = [TALLEST * per_hour[hour] / (most or 1) for hour in range(HOURS)]
    return [Bar(hour, per_hour[hour], 4 * hour, TALLEST - height, height) for hour, height in enumerate(heights)]
