"""What the drafts of a month rest on: figures of the cut-off, earlier cards, earlier demands, decided exclusions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huiyin.evaluate import claims
from huiyin.kernel.periods import Period
from huiyin.monthly.choices import Kind, Stage
from huiyin.monthly.comparing import compared
from huiyin.monthly.drafting import Known, middle_overdue, worst_topics
from huiyin.monthly.models import Point, Review
from huiyin.monthly.speaking import Candidate
from huiyin.people.models import Unit
from huiyin.review import figures, periods

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from huiyin.monthly.comparing import ByUnit
    from huiyin.monthly.rules import Drafting
    from huiyin.review.figures import Table
    from huiyin.review.models import Freeze

REVIEWED = (Stage.HELD, Stage.CLOSED)


@dataclass(frozen=True, slots=True)
class Month:
    """A month's units, ranked ones that are still there, with their figures of this month and the one before."""

    units: Sequence[Unit]
    now: ByUnit
    before: ByUnit
    ranks: Mapping[str, int]
    ranks_before: Mapping[str, int]
    left_out: Sequence[dict[str, object]]


def month(frozen: Freeze, period: Period) -> Month:
    units = list(Unit.objects.filter(ranked=True, active=True))
    codes = {unit.code for unit in units}
    tables = [figures.table("unit", one, frozen=frozen) for one in (period, periods.compared(period, frozen.as_of))]
    now, before = ({line.code: line.figures["all"] for line in one.lines if line.code in codes} for one in tables)
    ranks, ranks_before = (_ranks(one, codes) for one in tables)
    return Month(units, now, before, ranks, ranks_before, _left_out(tables[0], codes))


def _ranks(table: Table, codes: set[str]) -> dict[str, int]:
    """Unit → rank by score, then volume (domain.md 11.1); without a valid callback there is none."""
    counted = [line for line in table.lines if line.code in codes and line.figures["all"]["score"].value is not None]
    return {line.code: place for place, line in enumerate(counted, 1)}


def known(found: Month, period: Period, earlier: Review | None, rules: Drafting) -> dict[str, Known]:
    standings = compared(found.now, found.before, rules)
    months = _months(found, earlier, rules)
    demands, decided = _demands(earlier), _claims(period)
    middle = middle_overdue(found.now)
    return {
        unit.code: Known(
            code=unit.code, standings=standings[unit.code], overdue=found.now[unit.code]["overdue"],
            overdue_median=middle, months=months.get(unit.code, {}), demands=demands.get(unit.code, (0, 0)),
            claims=decided.get(unit.code, (0, 0)),
        )
        for unit in found.units
    }  # fmt: skip


def _months(found: Month, earlier: Review | None, rules: Drafting) -> dict[str, dict[str, int]]:
    """Unit → topic → months running up to last month: what its card said then; without a card, what stood out."""
    if earlier is None:
        standings = compared(found.before, {}, rules)
        return {code: dict.fromkeys(worst_topics(own), 1) for code, own in standings.items()}
    said: dict[str, dict[str, int]] = {}
    points = Point.objects.filter(card__review=earlier, kind=Kind.SHORTFALL).exclude(topic="")
    for code, topic, told in points.values_list("card__unit__code", "topic", "figures"):
        said.setdefault(code, {})[topic] = int(told.get("months", 1))
    return said


def _demands(earlier: Review | None) -> dict[str, tuple[int, int]]:
    """Unit → demands that became cases, and how many of them it has not closed."""
    asked = Point.objects.filter(card__review=earlier, case__isnull=False) if earlier else Point.objects.none()
    rows = list(asked.values_list("owner__code", "case__closed_at"))
    whole, undone = Counter(code for code, _ in rows), Counter(code for code, closed in rows if closed is None)
    return {str(code): (count, undone[code]) for code, count in whole.items()}


def _claims(period: Period) -> dict[str, tuple[int, int]]:
    """Unit → exclusions refused, and decided at all."""
    counts = {line.code: line.counts for line in claims.by_unit(period)}
    return {
        code: (own["exclusion_refused"], own["exclusion_refused"] + own["exclusion_granted"])
        for code, own in counts.items()
    }


def candidates(found: Month, recurring: Mapping[str, dict[str, int]], frozen: Freeze) -> list[Candidate]:
    silent = _silence(found.units, _held_before(frozen))
    return [
        Candidate(
            unit.code, found.ranks.get(unit.code), found.ranks_before.get(unit.code), recurring[unit.code],
            silent.get(unit.code),
        )
        for unit in found.units
    ]  # fmt: skip


def _silence(units: Sequence[Unit], earlier: QuerySet[Review]) -> dict[str, int]:
    """Unit → meetings since it spoke, all where it never did; empty while none was held."""
    held = list(earlier.values_list("pk", flat=True))
    spoke: dict[str, int] = {}
    rows = Review.objects.filter(pk__in=held).values_list("speakers__unit__code", "pk")
    for code, review in rows:
        spoke[str(code)] = min(spoke.get(str(code), len(held)), held.index(review))
    return {unit.code: spoke.get(unit.code, len(held)) for unit in units} if held else {}


def earlier_than(frozen: Freeze) -> Review | None:
    """The last meeting that was held about a time before this one."""
    return _held_before(frozen).first()


def _held_before(frozen: Freeze) -> QuerySet[Review]:
    held = Review.objects.filter(stage__in=REVIEWED, freeze__starts_at__lt=frozen.starts_at)
    return held.order_by("-freeze__starts_at")


def _left_out(table: Table, codes: set[str]) -> list[dict[str, object]]:
    """Units that led cases of the month and are no longer there: code, name, cases."""
    gone = set(Unit.objects.filter(active=False).values_list("code", flat=True)) - codes
    rows = ((line, line.figures["all"]["received"].numerator) for line in table.lines if line.code in gone)
    return [{"code": line.code, "name": line.name, "cases": cases} for line, cases in rows if cases]
