"""When a person wants to be told elsewhere: never in quiet hours; what is not urgent in office hours, in digests."""

from datetime import datetime, time
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

from huiyin.kernel.calendar import WorkCalendar
from huiyin.notices.models import Preference

DIGESTS: Final = ("09:00", "13:30", "16:30")


@cache
def _calendar() -> WorkCalendar:
    return WorkCalendar()


def is_quiet(preference: Preference, now: datetime) -> bool:
    """Inside the quiet hours, which may run over midnight."""
    begins, ends = preference.quiet_from, preference.quiet_to
    if begins is None or ends is None or begins == ends:
        return False
    clock = _local(now).time()
    return begins <= clock < ends if begins < ends else clock >= begins or clock < ends


def digest_is_due(preference: Preference, now: datetime) -> bool:
    """A digest's time has come today since the last one, and the offices are open."""
    if _calendar().in_office(now) != now:
        return False
    local, last = _local(now), preference.digested_at
    passed = [moment for moment in _times(preference, local) if moment <= local]
    return bool(passed) and (last is None or last < passed[-1])


def _times(preference: Preference, local: datetime) -> list[datetime]:
    chosen = sorted(time.fromisoformat(text) for text in preference.digests or DIGESTS)
    return [datetime.combine(local.date(), clock, tzinfo=local.tzinfo) for clock in chosen]


def _local(now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(settings.TIME_ZONE))
