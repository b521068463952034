"""The stretch of days a value speaks of, by the cycle of its indicator: from what a cell says, and back into words."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from huiyin.collect.importing.values import Wrong, text_of, time_of
from huiyin.indicators.choices import Cycle

_MIDDLE: Final = 15
_YEAR: Final = r"(20\d{2})\s*[年\-/.]?\s*"
_MONTH: Final = re.compile(_YEAR + r"(1[0-2]|0?[1-9])\s*月?")
_HALF: Final = re.compile(_YEAR + r"(1[0-2]|0?[1-9])\s*月?\s*[-(（]?(上|下)(?:半月)?[)）]?")
_QUARTER: Final = re.compile(_YEAR + r"(?:[Qq]|第)?([1-4一二三四])(?:季度?)?")
_NUMBERS: Final = {"一": 1, "二": 2, "三": 3, "四": 4}


class Span(NamedTuple):
    """`end` is the first day after it."""

    start: date
    end: date


def read(cycle: str, cell: Any) -> Span:
    """A period as people write it, or any day within it. Raises ValueError with how to write it."""
    named = _named(cycle, text_of(cell))
    if named:
        return named
    try:
        return holding(cycle, time_of(cell, (), ZoneInfo(settings.TIME_ZONE)).date())
    except Wrong as error:
        raise ValueError(EXAMPLES[Cycle(cycle)]) from error


EXAMPLES: Final = {Cycle.HALF: "2026-10上", Cycle.MONTH: "2026-10", Cycle.QUARTER: "2026Q3"}


def _named(cycle: str, text: str) -> Span | None:
    if cycle == Cycle.HALF and (found := _HALF.fullmatch(text)):
        return holding(cycle, date(int(found[1]), int(found[2]), 1 if found[3] == "上" else _MIDDLE + 1))
    if cycle == Cycle.MONTH and (found := _MONTH.fullmatch(text)):
        return holding(cycle, date(int(found[1]), int(found[2]), 1))
    if cycle == Cycle.QUARTER and (found := _QUARTER.fullmatch(text)):
        quarter = _NUMBERS.get(found[2]) or int(found[2])
        return holding(cycle, date(int(found[1]), 3 * quarter - 2, 1))
    return None


def holding(cycle: str, day: date) -> Span:
    """The one that `day` lies in."""
    if cycle == Cycle.HALF:
        first = day.replace(day=1 if day.day <= _MIDDLE else _MIDDLE + 1)
        return Span(first, day.replace(day=_MIDDLE + 1) if day.day <= _MIDDLE else _after(day))
    if cycle == Cycle.MONTH:
        return Span(day.replace(day=1), _after(day))
    first = day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
    return Span(first, _after(first.replace(month=first.month + 2)))


def before(cycle: str, start: date) -> Span:
    return holding(cycle, start - timedelta(days=1))


def said(cycle: str, start: date) -> str:
    if cycle == Cycle.QUARTER:
        return _("%(year)s, quarter %(number)s") % {"year": start.year, "number": (start.month + 2) // 3}
    month = f"{start:%Y-%m}"
    if cycle == Cycle.MONTH:
        return month
    half = _("first half") if start.day == 1 else _("second half")
    return f"{month} {half}"


def _after(day: date) -> date:
    """The first day of the next month."""
    return day.replace(day=monthrange(day.year, day.month)[1]) + timedelta(days=1)
