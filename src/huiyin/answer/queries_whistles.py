"""Reads about whistles: what calls me, what I called, how often each street whistles and how each unit comes."""

from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Avg, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models import Case as Choose
from django.utils import timezone

from huiyin.answer.choices import Score
from huiyin.answer.models import Whistle, WhistleCall
from huiyin.cases.models import Case
from huiyin.cases.queries import of_residents
from huiyin.kernel.roles import Role
from huiyin.people.models import Account, Unit

SHOWN = 200
# A street's whistle rate this far from the middle of all streets is worth a question: neither too low nor too high.
_FAR = 2
_POINTS = {Score.GOOD: 100, Score.FAIR: 60, Score.POOR: 0}


def called_to(account: Account) -> QuerySet[WhistleCall]:
    """Whistles that wait for one of the account's units: soonest to be there first."""
    calls = _calls().filter(unit_id__in=account.unit_ids, whistle__case__state="whistled")
    waiting = calls.filter(arrived_at=None, refused_at=None, whistle__resulted_at=None)
    return waiting.order_by(F("arrive_by").asc(nulls_last=True), "id")


def been_called(account: Account) -> QuerySet[WhistleCall]:
    """Whistles that the account's units answered or refused, newest first."""
    calls = _calls().filter(unit_id__in=account.unit_ids)
    return calls.exclude(arrived_at=None, refused_at=None, whistle__resulted_at=None).order_by("-whistle_id")


def drafts(account: Account) -> QuerySet[Whistle]:
    """Whistles proposed and not yet blown, where that is still possible."""
    return _whistles(account).filter(called_at=None, case__state="in_progress").order_by("drafted_at")


def blown(account: Account) -> QuerySet[Whistle]:
    """Whistles the account may see as their street or for the district: those still open first, then the newest."""
    return _whistles(account).filter(called_at__isnull=False).order_by(F("resulted_at").desc(nulls_first=True), "-id")


def _calls() -> QuerySet[WhistleCall]:
    calls = WhistleCall.objects.select_related("whistle__case")
    return calls.filter(whistle__called_at__isnull=False)


def _whistles(account: Account) -> QuerySet[Whistle]:
    whistles = Whistle.objects.select_related("case").prefetch_related("calls")
    watches = account.has_role(Role.SUPERVISOR, Role.REVIEWER, Role.ANALYST)
    return whistles if watches else whistles.filter(street_id__in=account.unit_ids)


@dataclass(frozen=True, slots=True)
class Blows:
    """How often a street whistles: whistles for a hundred cases it was given. None where it was given none."""

    unit: Unit
    whistles: int
    cases: int
    per_hundred: float | None
    far: str  # "", "low", "high"


@dataclass(frozen=True, slots=True)
class Comes:
    """How a called unit comes: counts of calls, and the mean of what streets said of it (100 good … 0 poor)."""

    unit: Unit
    called: int
    arrived: int
    refused: int
    late: int
    score: float | None


def rates(since: datetime) -> tuple[list[Blows], float | None]:
    """Every street and town, and the median of their rates."""
    streets = list(Unit.objects.filter(kind__in=("street", "town"), active=True))
    whistles = _counted(Whistle.objects.filter(called_at__gte=since), "street_id")
    received = Case.objects.filter(created_at__gte=since, lead__kind__in=("street", "town"))
    cases = _counted(of_residents(received), "lead_id")
    found = {unit.pk: _per_hundred(whistles.get(unit.pk, 0), cases.get(unit.pk, 0)) for unit in streets}
    middle = median(known) if (known := [rate for rate in found.values() if rate is not None]) else None
    lines = [
        Blows(unit, whistles.get(unit.pk, 0), cases.get(unit.pk, 0), found[unit.pk], _far(found[unit.pk], middle))
        for unit in streets
    ]
    return sorted(lines, key=lambda line: -(line.per_hundred or 0)), middle


def _counted(rows: QuerySet[Case] | QuerySet[Whistle], by: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(by).annotate(count=Count("pk")))


def _per_hundred(whistles: int, cases: int) -> float | None:
    return whistles * 100 / cases if cases else None


def _far(rate: float | None, middle: float | None) -> str:
    if rate is None or not middle:
        return ""
    if rate > middle * _FAR:
        return "high"
    return "low" if rate < middle / _FAR else ""


def arrivals(since: datetime) -> list[Comes]:
    """Every unit that was called since, the most refusals and late arrivals first."""
    late = Q(arrived_at__gt=F("arrive_by")) | Q(arrived_at=None, refused_at=None, arrive_by__lt=timezone.now())
    points = Choose(
        *(When(rating_received=score, then=Value(worth)) for score, worth in _POINTS.items()),
        output_field=IntegerField(),
    )
    rows = WhistleCall.objects.filter(whistle__called_at__gte=since).order_by().values_list("unit_id").annotate(
        called=Count("pk"),
        arrived=Count("pk", Q(arrived_at__isnull=False)),
        refused=Count("pk", Q(refused_at__isnull=False)),
        late=Count("pk", late),
        score=Avg(points),
    )  # fmt: skip
    units = Unit.objects.in_bulk([pk for pk, *_counts in rows])
    lines = [Comes(units[pk], *counts) for pk, *counts in rows]
    return sorted(lines, key=lambda line: (-line.refused, -line.late, -line.called, line.unit.code))
