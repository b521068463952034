"""Which days the offices work, and from when to when.

Holidays and make-up workdays come from the `chinese_calendar` library (the State Council's yearly notice). A district's
own overrides come first. A year the library does not know is worked Monday to Friday, and whoever prints a deadline
says so (`is_known`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

import chinese_calendar  # type: ignore[import-untyped]  # ships no annotations

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["zh", "en"]
Hours = tuple[time, time]

OFFICE_HOURS: Final[tuple[Hours, ...]] = ((time(9), time(12)), (time(13, 30), time(17, 30)))
SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_FRIDAY: Final = 4


class Day(NamedTuple):
    """What the calendar knows of a day; the reason in both languages."""

    works: bool
    zh: str
    en: str


@dataclass(frozen=True)
class WorkCalendar:
    """Office hours, local to `tz`, of every working day; `overrides` (date to "is worked") win over the library.

    Raises ValueError when the office hours are empty, out of order or overlapping.
    """

    office_hours: tuple[Hours, ...] = OFFICE_HOURS
    tz: tzinfo = SHANGHAI
    overrides: Mapping[date, bool] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        edges = [edge for hours in self.office_hours for edge in hours]
        if not edges or any(later <= earlier for earlier, later in pairwise(edges)):
            raise ValueError("Office hours must be one or more (from, to) periods, in order and without overlap.")

    def is_workday(self, day: date) -> bool:
        return self._day(day).works

    def reason(self, day: date, language: Language = "zh") -> str:
        """Why `day` is worked or not, e.g. "国庆节假期" / "National Day holiday"."""
        known = self._day(day)
        return known.zh if language == "zh" else known.en

    def is_known(self, day: date) -> bool:
        """Whether the answer for `day` rests on a published holiday notice or an override, not on Monday to Friday."""
        return day in self.overrides or _published(day) is not None

    def office_periods(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The day's office periods as aware local datetimes; none when the day is not worked."""
        if not self.is_workday(day):
            return ()
        return tuple((self._at(day, opens), self._at(day, closes)) for opens, closes in self.office_hours)

    def close_of(self, day: date) -> datetime:
        """The end of the last office period on `day`, aware and local."""
        return self._at(day, self.office_hours[-1][1])

    def in_office(self, moment: datetime) -> datetime:
        """`moment` (aware) itself when the offices are open, else their next opening; in the zone it came in."""
        day = moment.astimezone(self.tz).date()
        while True:
            for opens, closes in self.office_periods(day):
                if moment < closes:
                    return max(moment, opens.astimezone(moment.tzinfo))
            day += timedelta(days=1)

    def _at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.tz)

    def _day(self, day: date) -> Day:
        if day in self.overrides:
            return _overridden(works=self.overrides[day])
        return _published(day) or _plain(works=day.weekday() <= _FRIDAY)


def _overridden(*, works: bool) -> Day:
    if works:
        return Day(works=True, zh="本区规定上班", en="working day set by the district")
    return Day(works=False, zh="本区规定休息", en="day off set by the district")


def _plain(*, works: bool) -> Day:
    return Day(works=True, zh="工作日", en="working day") if works else Day(works=False, zh="周末", en="weekend")


@lru_cache(maxsize=4096)  # reckoning a deadline asks for each day between, case after case
def _published(day: date) -> Day | None:
    """The library's word on `day`; None for a year it does not know."""
    try:
        rests, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return None
    if name is None:
        return _plain(works=not rests)
    chinese = chinese_calendar.Holiday(name).chinese
    if rests:
        return Day(works=False, zh=f"{chinese}假期", en=f"{name} holiday")
    return Day(works=True, zh=f"{chinese}调休上班", en=f"make-up workday for {name}")
