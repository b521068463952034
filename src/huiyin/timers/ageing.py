"""What stays open for long, by age (domain.md 1, long tail): after the first burst it is the old list that matters."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db.models import Case as First
from django.db.models import CharField, Count, Min, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Case
from huiyin.kernel.states import BEFORE_DISPATCH, WITH_UNIT
from huiyin.people.models import Account, Unit
from huiyin.timers.queries import SHOWN

OLD: Final = timedelta(days=30)


class Band(NamedTuple):
    """Open for at least `days`, less than `below`."""

    name: str
    label: Promise
    days: int
    below: int | None


BANDS: Final = (
    Band("30", _("30–89 days"), 30, 90),
    Band("90", _("90–179 days"), 90, 180),
    Band("180", _("180–364 days"), 180, 365),
    Band("365", _("a year and more"), 365, None),
)
# Which list a case stands in, the first that fits.
LISTS: Final[dict[str, tuple[Promise, Q]]] = {
    "waiting": (_("Not with a unit yet"), Q(state__in=BEFORE_DISPATCH)),
    "long_term": (_("Long-term lists"), Q(state="deferred") & ~Q(long_term="")),
    "deferred": (_("Deferred"), Q(state="deferred", long_term="")),
    "with_unit": (_("With the unit"), Q(state__in=WITH_UNIT)),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One list: how many of each band, in the order of `BANDS`."""

    name: str
    label: Promise
    counts: tuple[int, ...]

    @property
    def cells(self) -> list[tuple[Band, int]]:
        return list(zip(BANDS, self.counts, strict=True))

    @property
    def total(self) -> int:
        return sum(self.counts)


class OfUnit(NamedTuple):
    unit: Unit
    open: int
    passed: int
    undated: int
    oldest_at: datetime


def old(account: Account, now: datetime) -> QuerySet[Case]:
    """Open for thirty days and more, within reach of the account."""
    reach = Case.objects.all() if account.sees_district else Case.objects.filter(lead_id__in=account.unit_ids)
    return reach.filter(state__in=(*BEFORE_DISPATCH, *WITH_UNIT), created_at__lte=now - OLD)


def lines(cases: QuerySet[Case], now: datetime) -> list[Line]:
    """Lists × bands. One query."""
    bands = {f"open_{band.name}": Count("pk", of_band(band, now)) for band in BANDS}
    rows = cases.order_by().annotate(listed=_listed()).values_list("listed").annotate(**bands)
    found = {name: tuple(counts) for name, *counts in rows}
    return [Line(name, label, found.get(name, (0,) * len(BANDS))) for name, (label, _which) in LISTS.items()]


def _listed() -> First:
    return First(*(When(which, then=Value(name)) for name, (_label, which) in LISTS.items()), output_field=CharField())


def of_band(band: Band, now: datetime) -> Q:
    inside = Q(created_at__lte=now - timedelta(days=band.days))
    return inside if band.below is None else inside & Q(created_at__gt=now - timedelta(days=band.below))


def narrowed(cases: QuerySet[Case], listed: str, band: str, now: datetime) -> QuerySet[Case]:
    """The cases behind one number of the table; a name that is none narrows nothing."""
    if listed in LISTS:
        cases = cases.annotate(listed=_listed()).filter(listed=listed)
    found = next((one for one in BANDS if one.name == band), None)
    return cases.filter(of_band(found, now)) if found else cases


def with_next_step(cases: QuerySet[Case]) -> QuerySet[Case]:
    """What the list draws, and the date of the next step: of a deferral its next report, else when it is due."""
    return cases.only(*SHOWN)


def by_unit(cases: QuerySet[Case], now: datetime) -> list[OfUnit]:
    """Whose old cases they are, the longest list first. Two queries."""
    passed = Q(due_at__lt=now) & ~Q(state="deferred") | Q(state="deferred", next_report_on__lt=now.date())
    undated = Q(state="deferred", next_report_on=None) | Q(due_at=None)
    rows = (
        cases.filter(lead__isnull=False)
        .order_by()
        .values_list("lead")
        .annotate(open=Count("pk"), passed=Count("pk", passed), undated=Count("pk", undated), oldest=Min("created_at"))
        .order_by("-open", "lead")
    )
    units = Unit.objects.in_bulk([pk for pk, *_counts in rows])
    return [OfUnit(units[pk], *counts) for pk, *counts in rows]
