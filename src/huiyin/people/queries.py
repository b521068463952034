"""Reads about units, areas and the district that later floors share."""

import time
from functools import lru_cache

from huiyin.people.models import District

_MINUTE = 60


@lru_cache(maxsize=2)
def _district(_minute: int) -> District | None:
    return District.objects.first()


def current_district() -> District | None:
    """The loaded district, re-read at most once a minute; None on an empty installation."""
    return _district(int(time.monotonic()) // _MINUTE) or District.objects.first()


def forget_district() -> None:
    """After loading a pack: the next read is fresh."""
    _district.cache_clear()
