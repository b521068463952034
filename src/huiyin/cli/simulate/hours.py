"""When offices, desks and callers are at work, in the district's time."""

from datetime import datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings

_ZONE: Final = ZoneInfo(settings.TIME_ZONE)
# Duty goes on at weekends; nights rest.
_OPENS, _CLOSES = time(8, 30), time(18, 30)
RINGS: Final = ((9, 12), (14, 18), (18, 20))


def local(at: datetime) -> datetime:
    return at.astimezone(_ZONE)


def at_work(at: datetime, rng: Random) -> datetime:
    """The moment itself in office hours, else some time in the next morning."""
    here = local(at)
    if _OPENS <= here.time() < _CLOSES:
        return at
    day = here.date() + timedelta(days=1 if here.time() >= _CLOSES else 0)
    return datetime.combine(day, _OPENS, _ZONE) + timedelta(minutes=rng.uniform(0, 120))


def ring(after: datetime, part: int, rng: Random) -> datetime:
    """The next moment after `after` in a part of the day when people may be rung: 0 morning, 1 afternoon, 2 evening."""
    first, last = RINGS[part % len(RINGS)]
    midnight = datetime.combine(local(after).date(), time(), _ZONE)
    found = midnight + timedelta(hours=rng.uniform(first, last))
    return found if found > after else found + timedelta(days=1)
