"""When a callback may ring, and when to try again after nobody answered (domain.md 3.8: different hours)."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

# Local time, the end not included: morning, afternoon, evening. Nobody is rung at lunch or at night.
PARTS: Final = ((time(9), time(12)), (time(14), time(18)), (time(18), time(20, 30)))
_WAIT: Final = timedelta(hours=1)
_DAYS: Final = 7


def local(at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE))


def may_ring(at: datetime) -> bool:
    return part_of(at) is not None


def part_of(at: datetime) -> int | None:
    """Which part of the day a moment lies in; None where nobody is rung."""
    clock = local(at).time()
    return next((i for i, (opens, closes) in enumerate(PARTS) if opens <= clock < closes), None)


def next_time(tried: Sequence[datetime], now: datetime) -> datetime:
    """The soonest start of a part of the day not tried yet; once all were tried, of one other than the last."""
    used = {part_of(at) for at in tried}
    if len(used - {None}) == len(PARTS):
        used = {part_of(tried[-1])}
    starts = (
        datetime.combine(local(now).date() + timedelta(days=day), PARTS[part][0], local(now).tzinfo)
        for day in range(_DAYS)
        for part in range(len(PARTS))
        if part not in used
    )
    return next(start for start in starts if start >= now + _WAIT)


def different_hours(tried: Sequence[datetime]) -> int:
    """At how many different hours of the day somebody tried."""
    return len({local(at).hour for at in tried})
