"""Which stretch of time a page counts: the district's assessment month unless something else is asked for."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.kernel.periods import ASSESS_START_DAY, Period, comparison, parse_period, previous
from huiyin.people.kept import kept
from huiyin.people.queries import current_district
from huiyin.review.models import MonthEnds

DEFAULT = "assess"
_CHOICES = 13
# Before it there is no request, and near the year 1 no period before.
_FIRST_YEAR = 1900


class Choice(NamedTuple):
    """A period that a menu offers: what the address says, what the reader reads."""

    value: str
    label: str


def zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def read(text: str, now: datetime | None = None) -> Period:
    """Any written form of `kernel.periods`, by the district's clock and first day. Raises ValueError."""
    at = now or timezone.now()
    found = parse_period(text or DEFAULT, now=at, tz=zone(), start_day=_start_day())
    if found.start.year < _FIRST_YEAR:
        raise ValueError(f"{text!r} lies before {_FIRST_YEAR}.")
    if found.kind != "assess" or not _ends():
        return found
    return _holding(found, at) if (text or DEFAULT).strip() == DEFAULT else _with_own_ends(found)


def before(period: Period) -> Period:
    """The whole period before, with the ends that the city set for it."""
    return _with_own_ends(previous(_usual(period.label))) if period.kind == "assess" and _ends() else previous(period)


def compared(period: Period, now: datetime) -> Period:
    """What a figure is compared with (domain.md 11.1): of a running period, the same days of the one before."""
    return comparison(period, now=now, before=before(period))


def around(label: str) -> tuple[Period, Period, Period]:
    """An assessment month between its neighbours, all with their usual ends. Raises ValueError."""
    usual = _usual(label)
    return previous(usual), usual, _next(usual)


def first_day(period: Period) -> date:
    return period.start.astimezone(zone()).date()


def last_day(period: Period) -> date:
    return (period.end - timedelta(microseconds=1)).astimezone(zone()).date()


def _start_day() -> int:
    district = current_district()
    return district.assessment_start_day if district else ASSESS_START_DAY


def _ends() -> Mapping[str, tuple[date, date]]:
    """Assessment months with days of their own."""
    rows: Iterable[MonthEnds] = kept(MonthEnds).rows().values()  # type: ignore[assignment]
    return {row.label: (row.first, row.last) for row in rows}


def _usual(label: str) -> Period:
    return parse_period(label, now=timezone.now(), tz=zone(), start_day=_start_day())


def _with_own_ends(usual: Period) -> Period:
    """Its neighbours give way to a month whose ends were set, so that no day is lost or counted twice."""
    known, tz = _ends(), zone()
    own, one, other = (known.get(at.label) for at in (usual, previous(usual), _next(usual)))
    first = own[0] if own else one[1] + timedelta(days=1) if one else usual.start.date()
    end = own[1] + timedelta(days=1) if own else other[0] if other else usual.end.date()
    start, stop = (datetime.combine(day, datetime.min.time(), tz) for day in (first, end))
    return Period(start, stop, usual.label, "assess") if start < stop else usual


def _next(usual: Period) -> Period:
    year, month = divmod(usual.end.year * 12 + usual.end.month, 12)
    return _usual(f"assess:{year:04}-{month + 1:02}")


def _holding(usual: Period, at: datetime) -> Period:
    """The month in which `at` lies, where the ends of one near it were set."""
    near = (_with_own_ends(one) for one in (usual, _next(usual), previous(usual)))
    return next((one for one in near if one.start <= at < one.end), _with_own_ends(usual))


def said(period: Period) -> str:
    """Dates in words, both days included: "2026-10-19 – 2026-11-18"."""
    last = period.end - timedelta(microseconds=1)
    first, last_said = (date_format(at.astimezone(zone()), "Y-m-d") for at in (period.start, last))
    days = first if first == last_said else f"{first} – {last_said}"
    if period.label[-3:-2] == ":":  # it ends at a minute
        days += f" {period.end.astimezone(zone()):%H:%M}"
    if period.kind != "assess":
        return days
    month = period.label.removeprefix("assess:")
    return _("Assessment month %(month)s (%(days)s)") % {"month": month, "days": days}


def menu(now: datetime) -> list[Choice]:
    """A year back: assessment months, then calendar months."""
    found = [*_back(read("assess", now)), *_back(read("this-month", now))]
    return [Choice(period.label, said(period) if period.kind == "assess" else period.label) for period in found]


def _back(period: Period) -> Iterator[Period]:
    for _step in range(_CHOICES):
        yield period
        period = before(period)
