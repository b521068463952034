"""Explicit statistic periods: every figure names the half-open stretch of time it counts (domain.md 0.4, 11.1)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Final, Literal, cast

if TYPE_CHECKING:
    from collections.abc import Callable

Kind = Literal["year", "month", "week", "day", "assess", "report-day", "range"]

ASSESS_START_DAY: Final = 19
_LAST_SAFE_DAY: Final = 28  # every month has it
_DECEMBER: Final = 12
_FORMS: Final = (
    "2026 (year), 2026-11 (month), 2026-W47 (week), 2026-11-23 (day), 2026-11-01..2026-11-20 (both days included), "
    "2026-11-01..2026-11-20T09:30 (up to this minute), "
    "assess:2026-11 (assessment month), day:2026-11-23 (report day, noon to noon), this-month, last-month, assess"
)


@dataclass(frozen=True)
class Period:
    """The half-open stretch [start, end), both aware. `label` is the canonical form; `parse_period` reads it again."""

    start: datetime
    end: datetime
    label: str
    kind: Kind

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("A period needs a start and an end with a time zone.")
        if self.end <= self.start:
            raise ValueError(f"A period must end after it starts; {self.label!r} does not.")


def parse_period(text: str, *, now: datetime, tz: tzinfo, start_day: int = ASSESS_START_DAY) -> Period:
    """Read a period in any of the written forms; days, months and noons are local to `tz`.

    `now` (aware) settles the relative forms. `start_day` is the day on which an assessment month starts, 1 to 28.
    Raises ValueError, naming the forms, for anything else.
    """
    if now.tzinfo is None:
        raise ValueError("Give `now` with a time zone; a bare time could mean any district's.")
    if not 1 <= start_day <= _LAST_SAFE_DAY:
        raise ValueError(f"An assessment month starts on a day from 1 to {_LAST_SAFE_DAY}, not {start_day}.")
    form = _named(text.strip(), now.astimezone(tz).date(), start_day)
    for pattern, make in _READERS:
        if found := pattern.fullmatch(form):
            return _made(make, found, tz, start_day, text)
    raise ValueError(_unreadable(text))


def previous(period: Period) -> Period:
    """The comparison period: the whole one of the same kind just before; for a range, as many days, up to its start."""
    first, tz = period.start.date(), cast("tzinfo", period.start.tzinfo)  # Period refuses a bare time
    match period.kind:
        case "year":
            before = _year(first.year - 1, tz)
        case "month":
            before = _month(*_month_before(first.year, first.month), tz)
        case "assess":  # labelled by the month it ends in, so the one before carries the month of our start
            before = _assess(first.year, first.month, tz, first.day)
        case "week":
            before = _week(first - timedelta(weeks=1), tz)
        case "day":
            before = _day(first - timedelta(days=1), tz)
        case "report-day":
            before = _report_day(first, tz)
        case _:  # a range
            before = _range(first - (period.end.date() - first), first - timedelta(days=1), tz)
    return before


def comparison(period: Period, *, now: datetime, before: Period | None = None) -> Period:
    """What a figure of `period` is compared with: the one before, and of a running one the same days of it only.

    domain.md 11.1: "[19th two months ago, same day last month, same hour)". `before`: the period before, where the
    district's own ends make it another one than `previous` knows. The cut is at the minute of `now` (aware).
    """
    whole = before or previous(period)
    if not period.start < now < period.end:
        return whole
    at = now.astimezone(period.start.tzinfo).replace(second=0, microsecond=0)
    end = (
        _months_back(at, _MONTHS_BACK[period.kind])
        if period.kind in _MONTHS_BACK
        else whole.start + (at - period.start)
    )
    if not whole.start < end < whole.end:
        return whole
    start = f"{whole.start:%Y-%m-%d}" if whole.start.time() == time() else f"{whole.start:%Y-%m-%dT%H:%M}"
    return Period(whole.start, end, f"{start}..{end:%Y-%m-%dT%H:%M}", "range")


_MONTHS_BACK: Final[dict[Kind, int]] = {"month": 1, "assess": 1, "year": 12}


def _months_back(at: datetime, months: int) -> datetime:
    """The same day and minute; the month's last day where it has no such day."""
    year, month = divmod(at.year * _DECEMBER + at.month - 1 - months, _DECEMBER)
    return at.replace(year=year, month=month + 1, day=min(at.day, monthrange(year, month + 1)[1]))


def _named(text: str, today: date, start_day: int) -> str:
    """Spell the relative forms out."""
    match text:
        case "this-month":
            return f"{today:%Y-%m}"
        case "last-month":
            return "{:04}-{:02}".format(*_month_before(today.year, today.month))
        case "assess":
            ends_in = (today.year, today.month) if today.day < start_day else _month_after(today.year, today.month)
            return "assess:{:04}-{:02}".format(*ends_in)
        case _:
            return text


def _made(
    make: Callable[[re.Match[str], tzinfo, int], Period], found: re.Match[str], tz: tzinfo, start_day: int, text: str
) -> Period:
    try:
        return make(found, tz, start_day)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{_unreadable(text)} ({error})") from error


def _unreadable(text: str) -> str:
    return f"{text!r} is not a period. Write one of: {_FORMS}."


def _midnight(day: date, tz: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=tz)


def _month_before(year: int, month: int) -> tuple[int, int]:
    return (year, month - 1) if month > 1 else (year - 1, _DECEMBER)


def _month_after(year: int, month: int) -> tuple[int, int]:
    return (year, month + 1) if month < _DECEMBER else (year + 1, 1)


def _days(first: date, end: date, tz: tzinfo, label: str, kind: Kind) -> Period:
    return Period(_midnight(first, tz), _midnight(end, tz), label, kind)


def _year(year: int, tz: tzinfo) -> Period:
    return _days(date(year, 1, 1), date(year + 1, 1, 1), tz, f"{year:04}", "year")


def _month(year: int, month: int, tz: tzinfo) -> Period:
    return _days(date(year, month, 1), date(*_month_after(year, month), 1), tz, f"{year:04}-{month:02}", "month")


def _week(monday: date, tz: tzinfo) -> Period:
    iso = monday.isocalendar()
    return _days(monday, monday + timedelta(weeks=1), tz, f"{iso.year:04}-W{iso.week:02}", "week")


def _day(day: date, tz: tzinfo) -> Period:
    return _days(day, day + timedelta(days=1), tz, day.isoformat(), "day")


def _range(first: date, last: date, tz: tzinfo) -> Period:
    return _days(first, last + timedelta(days=1), tz, f"{first}..{last}", "range")


def _assess(year: int, month: int, tz: tzinfo, start_day: int) -> Period:
    """[start day of the month before, start day of the month): the "19th to 18th" of domain.md 11.1."""
    first = date(*_month_before(year, month), start_day)
    return _days(first, date(year, month, start_day), tz, f"assess:{year:04}-{month:02}", "assess")


def _until(first: str, clock: str | None, last: str, end: str, tz: tzinfo) -> Period:
    """With clocks: it ends at that minute."""
    begins, ends = f"{first}T{clock or '00:00'}", f"{last}T{end}"
    start, stop = (datetime.fromisoformat(at).replace(tzinfo=tz) for at in (begins, ends))
    return Period(start, stop, f"{begins if clock else first}..{ends}", "range")


def _report_day(day: date, tz: tzinfo) -> Period:
    """[D-1 12:00, D 12:00)."""
    noon = time(12)
    start = datetime.combine(day - timedelta(days=1), noon, tzinfo=tz)
    return Period(start, datetime.combine(day, noon, tzinfo=tz), f"day:{day}", "report-day")


_DATE: Final = r"\d{4}-\d{2}-\d{2}"
_CLOCK: Final = r"\d{2}:\d{2}"
_READERS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str], tzinfo, int], Period]], ...]] = (
    (re.compile(r"(\d{4})", re.ASCII), lambda found, tz, _: _year(int(found[1]), tz)),
    (re.compile(r"(\d{4})-(\d{2})", re.ASCII), lambda found, tz, _: _month(int(found[1]), int(found[2]), tz)),
    (
        re.compile(r"(\d{4})-W(\d{2})", re.ASCII),
        lambda found, tz, _: _week(date.fromisocalendar(int(found[1]), int(found[2]), 1), tz),
    ),
    (re.compile(f"({_DATE})", re.ASCII), lambda found, tz, _: _day(date.fromisoformat(found[1]), tz)),
    (
        re.compile(rf"({_DATE})\.\.({_DATE})", re.ASCII),
        lambda found, tz, _: _range(date.fromisoformat(found[1]), date.fromisoformat(found[2]), tz),
    ),
    (
        re.compile(r"assess:(\d{4})-(\d{2})", re.ASCII),
        lambda found, tz, start_day: _assess(int(found[1]), int(found[2]), tz, start_day),
    ),
    (
        re.compile(rf"({_DATE})(?:T({_CLOCK}))?\.\.({_DATE})T({_CLOCK})", re.ASCII),
        lambda found, tz, _: _until(found[1], found[2], found[3], found[4], tz),
    ),
    (re.compile(f"day:({_DATE})", re.ASCII), lambda found, tz, _: _report_day(date.fromisoformat(found[1]), tz)),
)
