"""By when: phrases such as 本周内, 月底前, 三个工作日内, 国庆前 in a text, resolved to a day.

A phrase is read as a period (`date_rules`) and is due on its last day. 前 after a single day includes that day
(10月15日前 is the 15th), after a longer period it means the day before it begins (国庆前, 10月前, 下周前). A day
without a year is the one between three months ago and nine months ahead.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import chinese_calendar  # type: ignore[import-untyped]  # ships no annotations

from huiyin.language.date_rules import RULES, IsWorkday, Now, Period

if TYPE_CHECKING:
    from collections.abc import Iterator


class Due(NamedTuple):
    """Where a due phrase stands, and its day; None where it names none (尽快) or counts from an event (受理后)."""

    start: int
    end: int
    date: date | None


class _Reading(NamedTuple):
    match: re.Match[str]
    period: Period | None

    @property
    def due(self) -> Due:
        return Due(*self.match.span(), self.period and _last(self.match, self.period))


_SATURDAY = 5
_DAY = timedelta(days=1)
# One character for one, so that places stay: full-width digits, letters and signs.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_BEFORE = ("前", "止")
_AGAIN = re.compile(r"(?:[每逐历近往前]|过去|最近|目前)(?:的|年的?|个?月|周|个)?$")
_AHEAD = re.compile(r"(?:将|拟|计划|预计|争取|力争|确保|保证|承诺|务必|最迟|最晚|不迟|不晚|定|会)能?[于在到至]?$")
_LOOK_BACK = 6


def is_workday(day: date) -> bool:
    """By the State Council's calendar; Monday to Friday in a year it does not know."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < _SATURDAY


def resolve(phrase: str, at: date, is_workday: IsWorkday = is_workday) -> date | None:
    """The day that a due phrase names when said on `at` (local); None for 尽快, 近期 and whatever names no day."""
    return next((reading.due.date for reading in _read(phrase, Now(at, is_workday)) if reading.period), None)


def find(text: str, at: date, is_workday: IsWorkday = is_workday) -> list[Due]:
    """Due phrases of a text said on `at` (local), from left to right, never overlapping; places are its characters.

    A period is due when it is marked so (前, 内, 底; 将于, 预计, 最迟) or lies ahead. Days already past, and what comes
    again every year or month, are not due. Time is linear in the length of the text.
    """
    readings = _read(text, Now(at, is_workday))
    return [reading.due for reading in readings if reading.period is None or _is_due(text, reading, at)]


def _read(text: str, now: Now) -> Iterator[_Reading]:
    """What the rules read, the longest where several begin, without what they refuse."""
    narrow = text.translate(_NARROW)
    found = [(match, rule.read) for rule in RULES for match in rule.pattern.finditer(narrow)]
    found.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    at = 0
    for match, read in found:
        if match.start() < at:
            continue
        at = match.end()
        try:
            yield _Reading(match, read(match, now))
        except (ValueError, OverflowError):  # no such day: 2月30日, 9999年后
            continue


def _is_due(text: str, reading: _Reading, at: date) -> bool:
    match, period = reading
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if period is None or _AGAIN.search(before):
        return False
    marked = bool(match["mark"] or match.groupdict().get("part"))
    return _last(match, period) >= at and (marked or period.first > at or _AHEAD.search(before) is not None)


def _last(match: re.Match[str], period: Period) -> date:
    before = (match["mark"] or "").endswith(_BEFORE) and period.first < period.last
    return period.first - _DAY if before else period.last
