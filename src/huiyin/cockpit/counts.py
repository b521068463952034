"""What the cockpit counts of cases: each count with its definition in words, and the same condition behind its list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.db.models.functions import ExtractHour
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Case
from huiyin.cases.queries import late_at, of_residents
from huiyin.cockpit.tiles import Moment
from huiyin.kernel.states import OPEN, STATES, WITH_UNIT, Stage
from huiyin.people.models import Area, Unit
from huiyin.people.queries import areas_within
from huiyin.review.periods import zone

# No index knows when a case was dispatched: those of older requests would be looked for in all that ever came.
RECENT: Final = timedelta(days=30)
NOWHERE: Final = "none"  # in addresses: cases without an area
# Today's steps in the order of the loop, each with the time that says when. These counts can be asked of an hour.
STEPS: Final = {
    "received": "created_at",
    "dispatched": "dispatched_at",
    "answered": "closed_at",
    "evaluated": "evaluated_at",
}
HOURS: Final = 24
_DONE: Final = tuple(name for name, state in STATES.items() if state.stage is Stage.DONE)
_ANSWERED: Final = tuple(name for name, state in STATES.items() if state.stage in (Stage.EVALUATE, Stage.DONE))
_TAKEN: Final = (*_ANSWERED, *(name for name, state in STATES.items() if state.stage is Stage.ANSWER))


@dataclass(frozen=True, slots=True)
class Count:
    """`which`: the condition, in one place for the number and for the list that it opens into."""

    label: str | Promise
    definition: str | Promise
    which: Callable[[Moment], Q]

    def of(self, moment: Moment) -> QuerySet[Case]:
        """Of what residents asked."""
        return of_residents(Case.objects.filter(self.which(moment)))


def _in_hand(moment: Moment) -> Q:
    today = Q(closed_at__gte=moment.midnight) | Q(evaluated_at__gte=moment.midnight)
    return Q(state__in=OPEN) | today


def _within_hand(states: tuple[str, ...]) -> Callable[[Moment], Q]:
    return lambda moment: _in_hand(moment) & Q(state__in=states)


def _dispatched(moment: Moment) -> Q:
    return Q(created_at__gte=moment.midnight - RECENT, dispatched_at__gte=moment.midnight)


def _late(moment: Moment) -> Q:
    return late_at(moment.now)


COUNTS: Final[Mapping[str, Count]] = {
    "received": Count(
        _("Received today"),
        _("Every request that came in since midnight, by whichever way."),
        lambda moment: Q(created_at__gte=moment.midnight),
    ),
    "dispatched": Count(
        _("Dispatched today"),
        _("Sent to a unit since midnight, of the requests of the last 30 days."),
        _dispatched,
    ),
    "answered": Count(
        _("Answered today"),
        _("Closed by the unit since midnight, whenever they came in. Answered is not yet solved."),
        lambda moment: Q(closed_at__gte=moment.midnight),
    ),
    "evaluated": Count(
        _("Judged today"),
        _("The resident's word was recorded since midnight."),
        lambda moment: Q(evaluated_at__gte=moment.midnight),
    ),
    "open": Count(
        _("With the units"),
        _("Dispatched, and not yet answered by the unit that leads."),
        lambda _moment: Q(state__in=WITH_UNIT),
    ),
    "late": Count(_("Late now"), _("Past the date and still with a unit; confirmed deferrals are not counted."), _late),
    "in_hand": Count(
        _("In hand today"),
        _("Not archived, or closed or judged since midnight."),
        _in_hand,
    ),
    "taken": Count(
        _("In hand today and accepted"),
        _("Of what is in hand today: the unit has accepted it."),
        _within_hand(_TAKEN),
    ),
    "told": Count(
        _("In hand today and answered"),
        _("Of what is in hand today: the unit has answered."),
        _within_hand(_ANSWERED),
    ),
    "judged": Count(
        _("In hand today and finished"),
        _("Of what is in hand today: archived, with the resident's word or after the attempts to get it."),
        _within_hand(_DONE),
    ),
}


def address(name: str, **narrowed: str) -> str:
    """Of the cases that a count counted; `unit` or `area`: a code; `hour`: 0 to 23, of a step of today."""
    asked = {key: value for key, value in narrowed.items() if value}
    page = reverse("cockpit:cases", args=[name])
    return f"{page}?{urlencode(asked)}" if asked else page


def hour_of(name: str) -> ExtractHour:
    """The hour of the district's day at which a case took that step."""
    return ExtractHour(STEPS[name], tzinfo=zone())


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The cases of one unit, area or hour; how the place is called."""

    which: Q
    name: str = ""
    hour: int | None = None

    @property
    def hours(self) -> str:
        """As a heading says it: "09:00–10:00"."""
        return "" if self.hour is None else f"{self.hour:02}:00–{self.hour + 1:02}:00"

    def __and__(self, other: "Narrowed") -> "Narrowed":
        hour = other.hour if self.hour is None else self.hour
        return Narrowed(self.which & other.which, self.name or other.name, hour)


def narrowed(name: str, asked: Mapping[str, str]) -> Narrowed | None:
    """As an address asks for; None for a code that nothing has and for an hour that no day has."""
    found = Narrowed(Q())
    for key, by in _BY.items():
        one = by(name, asked[key]) if asked.get(key) else found
        if one is None:
            return None
        found &= one
    return found


def _of_unit(_name: str, code: str) -> Narrowed | None:
    found = Unit.objects.filter(code=code).first()
    return Narrowed(Q(lead=found), str(found)) if found else None


def _of_area(_name: str, code: str) -> Narrowed | None:
    if code == NOWHERE:
        return Narrowed(Q(area__isnull=True), str(_("No area given")))
    place = Area.objects.filter(code=code).first()
    return Narrowed(Q(area_id__in=areas_within(code)), str(place)) if place else None


def _of_hour(name: str, said: str) -> Narrowed | None:
    hours = {str(hour): hour for hour in range(HOURS)}
    if name not in STEPS or said not in hours:
        return None
    return Narrowed(Q(Exact(hour_of(name), hours[said])), hour=hours[said])


_BY: Final[Mapping[str, Callable[[str, str], Narrowed | None]]] = {
    "unit": _of_unit,
    "area": _of_area,
    "hour": _of_hour,
}
