"""The working days by which this room counts."""

from functools import cache

from huiyin.kernel.calendar import WorkCalendar


@cache
def calendar() -> WorkCalendar:
    return WorkCalendar()
