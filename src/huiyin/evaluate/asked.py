"""Which stretch of time a page of this room counts: the assessment month unless something else is asked for."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from huiyin.kernel.periods import ASSESS_START_DAY, Period, parse_period, previous
from huiyin.people.queries import current_district

_MONTHS = 13


def period(text: str, now: datetime | None = None) -> Period:
    """Any written form of `kernel.periods`; the current assessment month for what cannot be read."""
    try:
        return _parsed(text or "assess", now)
    except ValueError:
        return _parsed("assess", now)


def menu() -> list[Period]:
    """The last assessment months, newest first."""
    found = [period("assess")]
    while len(found) < _MONTHS:
        found.append(previous(found[-1]))
    return found


def said(period: Period) -> str:
    """Both days included: "2026-10-19 – 2026-11-18"."""
    first, last = (date_format(day, "Y-m-d") for day in (first_day(period), end_day(period) - timedelta(days=1)))
    return f"{first} – {last}"


def first_day(period: Period) -> date:
    return period.start.astimezone(_zone()).date()


def end_day(period: Period) -> date:
    """The day after the last one, which is counted whole."""
    return (period.end - timedelta(microseconds=1)).astimezone(_zone()).date() + timedelta(days=1)


def _parsed(text: str, now: datetime | None) -> Period:
    district = current_district()
    start_day = district.assessment_start_day if district else ASSESS_START_DAY
    return parse_period(text, now=now or timezone.now(), tz=_zone(), start_day=start_day)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
