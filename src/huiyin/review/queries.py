"""Reads of the homes and of what is public: walls of rings, today's numbers, the masked list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.cases.filters import REQUESTED
from huiyin.cases.models import Case
from huiyin.cases.queries import late_at, of_residents, public_cases
from huiyin.kernel.states import STATES, WITH_UNIT, Stage
from huiyin.people.kept import kept
from huiyin.people.models import Area, Unit
from huiyin.review.periods import zone

WALL_OF_UNIT = 24
WALL = 96
CURVE_DAYS = 28
_MINUTE = 60
_RINGS = ("id", "number", "title", "state", "due_at", "deferral_confirmed", "solved", "lead")
# What the public may filter by: where a case is, in four plain words.
STAGE_CHOICES: Mapping[str, tuple[Any, tuple[str, ...]]] = {
    "assign": (_("On its way to the unit"), ("to_accept", "objected")),
    "answer": (_("Being worked on"), ("in_progress", "whistled", "extension", "deferred", "to_review")),
    "evaluate": (_("Waiting for the resident's word"), ("to_call_back", "evaluated", "exclusion", "appeal")),
    "done": (_("Finished"), tuple(name for name, state in STATES.items() if state.stage is Stage.DONE)),
}


@dataclass(frozen=True, slots=True)
class Today:
    """Counts of this moment and of this day (local midnight to now)."""

    received: int
    closed: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class PublicCase:
    """All that the public list knows of a case: nothing else of it reaches a public template."""

    ring: str
    title: str
    category: str
    street: str
    state_label: str
    received_at: datetime
    closed_at: datetime | None


def today(units: Collection[int] | None = None) -> Today:
    """Requests of the whole district, or of the units with these ids; what is with a unit counts its directives too."""
    now = timezone.now()
    midnight = now.astimezone(zone()).replace(hour=0, minute=0, second=0, microsecond=0)
    cases = _of(units)
    moved = (
        of_residents(cases)
        .filter(Q(created_at__gte=midnight) | Q(closed_at__gte=midnight))
        .aggregate(
            received=Count("pk", filter=Q(created_at__gte=midnight)),
            closed=Count("pk", filter=Q(closed_at__gte=midnight)),
        )
    )
    standing = cases.filter(state__in=WITH_UNIT).aggregate(open=Count("pk"), late=Count("pk", filter=late_at(now)))
    return Today(**moved, **standing)


def late(units: Collection[int] | None = None) -> QuerySet[Case]:
    """Past their date and still with a unit, the oldest date first."""
    return _of(units).filter(late_at(timezone.now())).order_by("due_at", "id")


def _of(units: Collection[int] | None) -> QuerySet[Case]:
    """Of the district what residents asked; of units all that is theirs to do, directives too."""
    return of_residents(Case.objects.all()) if units is None else Case.objects.filter(lead_id__in=units)


def wall(units: Collection[int], rows: int = WALL) -> list[Case]:
    """What the units have in hand, most urgent first, then what they finished last. Two queries."""
    cases = Case.objects.filter(lead_id__in=units).only(*_RINGS)
    in_hand = list(cases.filter(state__in=WITH_UNIT).order_by("due_at", "id")[:rows])
    recent = cases.exclude(state__in=WITH_UNIT).order_by("-id")[: rows - len(in_hand)]
    return in_hand + list(recent)


def walls(units: Sequence[Unit], rows: int = WALL_OF_UNIT) -> dict[int, list[Case]]:
    """The last requests of every unit, in one query that walks each unit's index and no further."""
    found: dict[int, list[Case]] = {unit.pk: [] for unit in units}
    sql = """
        SELECT recent.* FROM unnest(%s::bigint[]) AS units(id) CROSS JOIN LATERAL (
            SELECT id, number, title, state, due_at, deferral_confirmed, solved, lead_id FROM cases_case
            WHERE lead_id = units.id AND kind <> 'directive' ORDER BY id DESC LIMIT %s
        ) AS recent"""
    for case in Case.objects.raw(sql, [list(found), rows]):
        found[case.lead_id or 0].append(case)
    return found


def curve(units: Collection[int] | None = None, code: str = "") -> dict[str, Any]:
    """Cases received a day in the last four weeks, as `chart.js` reads it. Kept for a minute.

    `code`: of the unit that is above all of them, for the addresses of the days' cases.
    """
    key = f"curve:{'all' if units is None else hash(frozenset(units))}"
    counts: dict[date, int] | None = cache.get(key)
    last = timezone.now().astimezone(zone()).date()
    days = [last - timedelta(days=back) for back in reversed(range(CURVE_DAYS))]
    if counts is None:
        counts = _received_a_day(days[0], units)
        cache.set(key, counts, _MINUTE)
    series = {"name": str(_("Received")), "data": [counts.get(day, 0) for day in days]}
    addresses = [received_on(day, code) for day in days]
    return {"kind": "bar", "x": [f"{day.month}-{day.day}" for day in days], "series": [series], "hrefs": addresses}


def received_on(day: date, code: str = "") -> str:
    """Where a day's requests are listed, as far as the reader may see them."""
    return _listed(kind=REQUESTED, since=day.isoformat(), until=day.isoformat(), unit=code)


def late_address(code: str = "") -> str:
    """Where what `late` finds is listed: of the district what residents asked."""
    return _listed(late="on", unit=code, kind="" if code else REQUESTED)


def _listed(**asked: str) -> str:
    return f"{reverse('cases:search')}?{urlencode({name: value for name, value in asked.items() if value})}"


def _received_a_day(first: date, units: Collection[int] | None) -> dict[date, int]:
    since = datetime.combine(first, datetime.min.time(), zone())
    cases = of_residents(Case.objects.filter(created_at__gte=since))
    cases = cases if units is None else cases.filter(lead_id__in=units)
    by_day = cases.annotate(day=TruncDate("created_at", tzinfo=zone())).values("day").annotate(count=Count("pk"))
    return {row["day"]: row["count"] for row in by_day.order_by()}


def public_list(*, street: str = "", category: str = "", stage: str = "") -> QuerySet[Case]:
    """Newest first. Unknown filters find nothing."""
    cases = public_cases()
    if street:
        cases = cases.filter(area_id__in=[pk for pk, found in streets().items() if found.code == street])
    if category:
        cases = cases.filter(Q(category__code=category) | Q(category__parent__code=category))
    if stage:
        cases = cases.filter(state__in=STAGE_CHOICES[stage][1] if stage in STAGE_CHOICES else ())
    return cases.order_by("-id")


def masked(case: Case) -> PublicCase:
    return PublicCase(
        ring=case.ring,
        title=case.title,
        category=str(case.category or ""),
        street=str(street(case.area) if case.area else ""),
        state_label=case.state_label,
        received_at=case.created_at,
        closed_at=case.closed_at,
    )


def streets() -> Mapping[int, Area]:
    """Id of an area → the street it lies in, from memory."""
    return {pk: street(area) for pk, area in cast("Mapping[int, Area]", kept(Area).rows()).items()}


def street(area: Area) -> Area:
    while area.parent:
        area = area.parent
    return area
