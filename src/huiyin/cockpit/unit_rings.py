"""A ring for every ranked unit: how far round the loop what it has in hand today is, broken where something is late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from huiyin.cockpit.counts import COUNTS, address
from huiyin.cockpit.tiles import Moment
from huiyin.kernel.measures import FIRST
from huiyin.kernel.states import STATES, Stage
from huiyin.people.models import Unit, units
from huiyin.review import cells, figures, periods

PERCENT = 100
# An arc each: what fills it, of what is in hand today.
ARCS = {"collect": "in_hand", "assign": "taken", "answer": "told", "evaluate": "judged"}
_ASSIGN = tuple(name for name, state in STATES.items() if state.stage is Stage.ASSIGN)


@dataclass(frozen=True, slots=True)
class Arc:
    """`turn`: degrees from the top. `percent` None: nothing in hand, so there is no share."""

    stage: str
    turn: int
    percent: int | None
    late: int


@dataclass(frozen=True, slots=True)
class UnitRing:
    """`score`: of the assessment month, with the address of its cases."""

    unit: Unit
    href: str
    in_hand: int
    late: int
    in_hand_href: str
    late_href: str
    arcs: Sequence[Arc]
    score: cells.Cell


def rings(moment: Moment) -> list[UnitRing]:
    """The best score first. One query for the rings; the scores are kept by `review.figures` for a minute."""
    period = periods.read(periods.DEFAULT, moment.now)
    table = figures.table("unit", period, names=FIRST)
    ranked = {unit.code: unit for unit in units().values() if unit.ranked}
    counted = _counted(moment, [unit.pk for unit in ranked.values()])
    return [
        _ring(
            ranked[line.code],
            counted.get(ranked[line.code].pk, {}),
            cells.cell(line.figures, "score", period, by="unit", code=line.code),
        )
        for line in table.lines
        if line.code in ranked
    ]


def _counted(moment: Moment, leads: Sequence[int]) -> Mapping[int, Mapping[str, int]]:
    late = COUNTS["late"].which(moment)
    wanted = {name: COUNTS[name].which(moment) for name in ("in_hand", "taken", "told", "judged", "late")}
    wanted["late_assign"] = late & Q(state__in=_ASSIGN)
    cases = COUNTS["in_hand"].of(moment).filter(lead_id__in=leads).order_by()
    found: Any = cases.values("lead_id").annotate(**{name: Count("pk", filter=which) for name, which in wanted.items()})
    return {row["lead_id"]: row for row in found}


def _ring(unit: Unit, counted: Mapping[str, int], score: cells.Cell) -> UnitRing:
    late = counted.get("late", 0)
    before = counted.get("late_assign", 0)
    broken = {"assign": before, "answer": late - before}
    arcs = [
        Arc(stage, 90 * at, share(counted.get(name, 0), counted.get("in_hand", 0)), broken.get(stage, 0))
        for at, (stage, name) in enumerate(ARCS.items())
    ]
    return UnitRing(
        unit=unit,
        href=reverse("review:unit", args=[unit.code]),
        in_hand=counted.get("in_hand", 0),
        late=late,
        in_hand_href=address("in_hand", unit=unit.code),
        late_href=address("late", unit=unit.code),
        arcs=arcs,
        score=score,
    )


def share(part: int, whole: int) -> int | None:
    """In whole percent; what is not all is never drawn as all, nor what is something as nothing."""
    if not whole:
        return None
    if part in (0, whole):
        return PERCENT * part // whole
    return min(PERCENT - 1, max(1, round(PERCENT * part / whole)))
