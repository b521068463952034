"""Reads about units, areas and the district that later floors share."""

from functools import lru_cache

from django.db.models import Q

from huiyin.people import memory
from huiyin.people.models import Area, District


@lru_cache(maxsize=2)
def _district(_minute: int) -> District | None:
    return District.objects.first()


def current_district() -> District | None:
    """The loaded district, re-read at most once a minute; None on an empty installation."""
    return _district(memory.minute()) or District.objects.first()


def forget_district() -> None:
    """After loading a pack: the next read is fresh."""
    _district.cache_clear()


def areas_within(code: str) -> list[int]:
    """Ids of an area and of all areas inside it (three levels at most); empty for a code that no area has."""
    inside = Q(code=code) | Q(parent__code=code) | Q(parent__parent__code=code)
    return list(Area.objects.filter(inside).values_list("pk", flat=True))
