"""Which stretch of time a page counts: the district's assessment month unless something else is asked for."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.kernel.periods import ASSESS_START_DAY, Period, parse_period, previous
from huiyin.people.queries import current_district

DEFAULT = "assess"
_CHOICES = 13


class Choice(NamedTuple):
    """A period that a menu offers: what the address says, what the reader reads."""

    value: str
    label: str


def zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def read(text: str, now: datetime | None = None) -> Period:
    """Any written form of `kernel.periods`, by the district's clock and first day. Raises ValueError."""
    district = current_district()
    start_day = district.assessment_start_day if district else ASSESS_START_DAY
    return parse_period(text or DEFAULT, now=now or timezone.now(), tz=zone(), start_day=start_day)


def said(period: Period) -> str:
    """Dates in words, both days included: "2026-10-19 – 2026-11-18"."""
    last = period.end - timedelta(microseconds=1)
    first, last_said = (date_format(at.astimezone(zone()), "Y-m-d") for at in (period.start, last))
    days = first if first == last_said else f"{first} – {last_said}"
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
        period = previous(period)
