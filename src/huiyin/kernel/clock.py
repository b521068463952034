"""When an answer is due, and the reckoning behind it in words a clerk can read aloud.

`deadline(start, rule, calendar, pauses)` knows three ways of counting:

- minutes, hours, calendar_days run day and night (a calendar day is 24 hours). A pause shifts the due moment by the
  paused time that lies before it.
- working_hours and working_minutes run only in office hours; paused time is not consumed.
- working_days: the first working day after the day of the start is day 1; due at the close of office on day n. A day
  counts when the clock is running at its close: a pause over the close of office costs that day, a pause that ends
  earlier costs none.

So the due moment never lies inside a pause, a pause never makes it earlier, and a later start never makes it earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from huiyin.kernel.calendar import Language, WorkCalendar

Unit = Literal["minutes", "hours", "calendar_days", "working_days", "working_hours", "working_minutes"]
Code = Literal[
    "start", "unknown_year", "pause", "open_pause", "skipped", "closed_paused", "counted", "consumed", "due", "held"
]
Param = str | int

_NATURAL: Final[Mapping[str, timedelta]] = {
    "minutes": timedelta(minutes=1),
    "hours": timedelta(hours=1),
    "calendar_days": timedelta(days=1),
}
_OFFICE: Final[Mapping[str, timedelta]] = {"working_hours": timedelta(hours=1), "working_minutes": timedelta(minutes=1)}
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    """So much time to answer. Raises ValueError for an amount below one or an unknown unit."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.unit not in get_args(Unit):
            raise ValueError(f"A deadline is counted in one of {', '.join(get_args(Unit))}, not in {self.unit!r}.")
        if self.amount < 1:
            raise ValueError(f"A deadline needs an amount of at least 1, not {self.amount}.")


@dataclass(frozen=True)
class Pause:
    """The clock stands still in [start, end); `end` None: it still does.

    Raises ValueError for times without a time zone or in the wrong order.
    """

    start: datetime
    end: datetime | None
    reason: str

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or (self.end is not None and self.end.tzinfo is None):
            raise ValueError("A pause needs times with a time zone.")
        if self.end is not None and self.end < self.start:
            raise ValueError(f"The pause {self.reason!r} ends before it starts.")


@dataclass(frozen=True)
class Step:
    """One line of the reckoning; `at` is aware, local to the calendar; `params` hold text and integers (JSON as is)."""

    at: datetime
    code: Code
    params: Mapping[str, Param]


@dataclass(frozen=True)
class Deadline:
    """`due_at` is aware, in UTC; None while an open pause holds the clock."""

    due_at: datetime | None
    trace: tuple[Step, ...]


class Span(NamedTuple):
    """A stretch of time in UTC; end None: open."""

    start: datetime
    end: datetime | None


Reckoned = tuple[datetime | None, list[Step]]


def deadline(start: datetime, rule: Rule, calendar: WorkCalendar, pauses: Sequence[Pause] = ()) -> Deadline:
    """The moment an answer is due that was asked for at `start` (aware), with the trace of how it was reckoned.

    Raises ValueError for a start without a time zone.
    """
    if start.tzinfo is None:
        raise ValueError("The clock needs a start with a time zone; a bare time could mean any district's.")
    start = start.astimezone(UTC)
    merged = _merged(pauses, start)
    if rule.unit == "working_days":
        due_at, steps = _working_days(start, rule.amount, calendar, merged)
    elif rule.unit in _OFFICE:
        due_at, steps = _working_hours(start, rule.amount * _OFFICE[rule.unit], calendar, merged)
    else:
        due_at, steps = _natural(start, rule.amount * _NATURAL[rule.unit], merged), []
    told = _told(steps, pauses, start, due_at, calendar)
    return Deadline(due_at, (_opening(start, rule, calendar), *told, _closing(due_at, merged, calendar)))


def render(trace: Sequence[Step], language: Language = "zh") -> list[str]:
    """The trace as lines to read aloud, in Chinese or English; times as the calendar's local clock shows them."""
    return [_LINES[step.code][language].format(**_worded(step, language)) for step in trace]


# --- pauses


def _merged(pauses: Iterable[Pause], start: datetime) -> list[Span]:
    """Pauses as ordered spans that neither overlap nor touch, cut off before `start`."""
    merged: list[Span] = []
    for span in sorted(_spans(pauses, start), key=lambda span: span.start):
        last = merged[-1] if merged else None
        if last is None or (last.end is not None and last.end < span.start):
            merged.append(span)
        elif last.end is not None:
            merged[-1] = Span(last.start, None if span.end is None else max(last.end, span.end))
    return merged


def _spans(pauses: Iterable[Pause], start: datetime) -> Iterator[Span]:
    for pause in pauses:
        begins = max(pause.start.astimezone(UTC), start)
        if pause.end is None:
            yield Span(begins, None)
        elif pause.end > begins:
            yield Span(begins, pause.end.astimezone(UTC))


def _running(opens: datetime, closes: datetime, pauses: Iterable[Span]) -> Iterator[tuple[datetime, datetime]]:
    """The parts of [opens, closes) in which the clock runs."""
    for pause in pauses:
        if pause.start >= closes:
            break
        if pause.start > opens:
            yield opens, pause.start
        if pause.end is None:
            return
        opens = max(opens, pause.end)
    if opens < closes:
        yield opens, closes


# --- the three ways of counting


def _natural(start: datetime, amount: timedelta, pauses: Iterable[Span]) -> datetime | None:
    due_at = start + amount
    for pause in pauses:
        if pause.start >= due_at:
            break
        if pause.end is None:
            return None
        due_at += pause.end - pause.start
    return due_at


def _working_days(start: datetime, amount: int, calendar: WorkCalendar, pauses: Sequence[Span]) -> Reckoned:
    marks: list[_Mark] = []
    day, counted = start.astimezone(calendar.tz).date(), 0
    while counted < amount:
        day += _DAY
        closes = calendar.close_of(day).astimezone(UTC)
        if _held_from(closes, pauses):
            return None, _grouped(marks, calendar)
        mark = _mark(day, closes, counted, calendar, pauses)
        counted = mark.number
        marks.append(mark)
    return closes, _grouped(marks, calendar)


def _held_from(moment: datetime, pauses: Sequence[Span]) -> bool:
    """Whether an open pause began before `moment`: nothing counts from there on."""
    return bool(pauses) and pauses[-1].end is None and pauses[-1].start < moment


def _working_hours(start: datetime, amount: timedelta, calendar: WorkCalendar, pauses: Sequence[Span]) -> Reckoned:
    steps: list[Step] = []
    day, left = start.astimezone(calendar.tz).date(), amount
    while not _held_from(max(start, _opening_of(day, calendar)), pauses):
        used, ends = timedelta(), start
        for opens, closes in _office_time(day, start, calendar, pauses):
            takes = min(left - used, closes - opens)
            used, ends = used + takes, opens + takes
            if used == left:
                return ends, [*steps, _consumed(day, used, timedelta(), ends, calendar)]
        left -= used
        steps = [*steps, _consumed(day, used, left, ends, calendar)] if used else _with_idle(steps, day, calendar)
        day += _DAY
    return None, steps


def _opening_of(day: date, calendar: WorkCalendar) -> datetime:
    """The first moment of `day` that matters: an open pause that began before it lets nothing more be consumed."""
    return datetime.combine(day, calendar.office_hours[0][0], tzinfo=calendar.tz).astimezone(UTC)


def _office_time(
    day: date, start: datetime, calendar: WorkCalendar, pauses: Sequence[Span]
) -> Iterator[tuple[datetime, datetime]]:
    """The day's office time after `start` in which the clock runs, in UTC."""
    for opens, closes in calendar.office_periods(day):
        begins = max(opens.astimezone(UTC), start)
        if begins < closes:
            yield from _running(begins, closes.astimezone(UTC), pauses)


# --- the trace


class _Mark(NamedTuple):
    """A day in the count of working days; `number` is how many have counted up to and with it."""

    day: date
    code: Code
    number: int
    zh: str
    en: str


def _mark(day: date, closes: datetime, counted: int, calendar: WorkCalendar, pauses: Iterable[Span]) -> _Mark:
    code, number = _judged(day, closes, counted, calendar, pauses)
    return _Mark(day, code, number, calendar.reason(day, "zh"), calendar.reason(day, "en"))


def _judged(
    day: date, closes: datetime, counted: int, calendar: WorkCalendar, pauses: Iterable[Span]
) -> tuple[Code, int]:
    if not calendar.is_workday(day):
        return "skipped", counted
    if any(pause.start < closes and (pause.end is None or closes <= pause.end) for pause in pauses):
        return "closed_paused", counted
    return "counted", counted + 1


def _grouped(marks: Iterable[_Mark], calendar: WorkCalendar) -> list[Step]:
    """Days in a row with the same fate and reason become one line."""
    steps: list[Step] = []
    for (code, zh, en), run in groupby(marks, key=lambda mark: (mark.code, mark.zh, mark.en)):
        days = list(run)
        params: dict[str, Param] = {"first_on": days[0].day.isoformat(), "last_on": days[-1].day.isoformat()}
        params |= {"why_zh": zh, "why_en": en, "from_number": days[0].number, "to_number": days[-1].number}
        steps.append(Step(_midnight(days[0].day, calendar), code, params))
    return steps


def _with_idle(steps: list[Step], day: date, calendar: WorkCalendar) -> list[Step]:
    """Add a day off, to the line before when the reason is the same.

    A working day that is over, or paused throughout, is told by the start or by the pause.
    """
    if calendar.is_workday(day):
        return steps
    mark = _Mark(day, "skipped", 0, calendar.reason(day, "zh"), calendar.reason(day, "en"))
    (step,) = _grouped([mark], calendar)
    last = steps[-1] if steps else None
    if last is None or (last.code, last.params.get("why_zh")) != (step.code, mark.zh):
        return [*steps, step]
    return [*steps[:-1], Step(last.at, last.code, {**last.params, "last_on": day.isoformat()})]


def _consumed(day: date, used: timedelta, left: timedelta, ends: datetime, calendar: WorkCalendar) -> Step:
    params: dict[str, Param] = {
        "first_on": day.isoformat(),
        "used_seconds": _seconds(used),
        "left_seconds": _seconds(left),
    }
    return Step(ends.astimezone(calendar.tz), "consumed", params)


def _seconds(length: timedelta) -> int:
    return length // timedelta(seconds=1)


def _told(
    steps: list[Step], pauses: Iterable[Pause], start: datetime, due_at: datetime | None, calendar: WorkCalendar
) -> list[Step]:
    """The count, the pauses that touched it and the years nobody has published, in order of time."""
    stops = [_stop(pause, calendar) for pause in pauses if _matters(pause, start, due_at)]
    return sorted([*_unknown_years(steps, calendar), *stops, *steps], key=lambda step: step.at)


def _matters(pause: Pause, start: datetime, due_at: datetime | None) -> bool:
    ends_after = pause.end is None or pause.end > max(start, pause.start)
    return ends_after and (due_at is None or pause.start < due_at)


def _stop(pause: Pause, calendar: WorkCalendar) -> Step:
    begins = pause.start.astimezone(calendar.tz)
    params: dict[str, Param] = {"from_at": begins.isoformat(), "reason": pause.reason}
    if pause.end is None:
        return Step(begins, "open_pause", params)
    return Step(begins, "pause", params | {"to_at": pause.end.astimezone(calendar.tz).isoformat()})


def _unknown_years(steps: Iterable[Step], calendar: WorkCalendar) -> Iterator[Step]:
    """One line for each year in the count that rests on Monday to Friday alone."""
    edges = (step.params.get(edge) for step in steps for edge in ("first_on", "last_on"))
    days = {date.fromisoformat(str(edge)) for edge in edges if edge}
    firsts: dict[int, date] = {}
    for day in sorted(days):
        if not calendar.is_known(day):
            firsts.setdefault(day.year, day)
    for year, day in firsts.items():
        yield Step(_midnight(day, calendar), "unknown_year", {"year": year})


def _midnight(day: date, calendar: WorkCalendar) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=calendar.tz)


def _opening(start: datetime, rule: Rule, calendar: WorkCalendar) -> Step:
    local = start.astimezone(calendar.tz)
    return Step(local, "start", {"from_at": local.isoformat(), "amount": rule.amount, "unit": rule.unit})


def _closing(due_at: datetime | None, pauses: Sequence[Span], calendar: WorkCalendar) -> Step:
    """The last line: due, or held by the open pause, which is the last one (it swallows all that follow it)."""
    if due_at is None:
        held = pauses[-1].start.astimezone(calendar.tz)
        return Step(held, "held", {"from_at": held.isoformat()})
    local = due_at.astimezone(calendar.tz)
    return Step(local, "due", {"to_at": local.isoformat()})


# --- the words

_UNITS: Final[Mapping[str, Mapping[Language, str]]] = {
    "minutes": {"zh": "分钟", "en": "minute"},
    "hours": {"zh": "小时（昼夜连续计算）", "en": "hour"},
    "calendar_days": {"zh": "个自然日", "en": "calendar day"},
    "working_days": {"zh": "个工作日", "en": "working day"},
    "working_hours": {"zh": "个工作小时", "en": "working hour"},
    "working_minutes": {"zh": "分钟（只计上班时间）", "en": "working minute"},
}
_LINES: Final[Mapping[Code, Mapping[Language, str]]] = {
    "start": {
        "zh": "{from_at}起算，时限{amount}{unit}。",
        "en": "The clock starts on {from_at}; time allowed: {amount} {unit}.",
    },
    "unknown_year": {
        "zh": "{year}年的节假日安排不在日历中，按周一至周五为工作日计算。",
        "en": "The holidays of {year} are not in the calendar; Monday to Friday are taken as working days.",
    },
    "pause": {"zh": "{from_at}至{to_at}暂停计时：{reason}。", "en": "Paused from {from_at} to {to_at}: {reason}."},
    "open_pause": {
        "zh": "{from_at}起暂停计时，尚未恢复：{reason}。",
        "en": "Paused since {from_at}, not yet resumed: {reason}.",
    },
    "skipped": {"zh": "{days}：{why_zh}，不计。", "en": "{days}: {why_en}, not counted."},
    "closed_paused": {
        "zh": "{days}：{why_zh}，下班时计时处于暂停，不计。",
        "en": "{days}: {why_en}, paused at the close of office, not counted.",
    },
    "counted": {
        "zh": "{days}：{why_zh}，计为第{numbers}个工作日。",
        "en": "{days}: {why_en}, counted as day {numbers}.",
    },
    "consumed": {"zh": "{days}：用去{used}，剩余{left}。", "en": "{days}: {used} used, {left} left."},
    "due": {"zh": "截止时间：{to_at}。", "en": "Due on {to_at}."},
    "held": {
        "zh": "计时自{from_at}起暂停，恢复前没有截止时间。",
        "en": "The clock has stood still since {from_at}; nothing is due until it runs again.",
    },
}
_WEEKDAYS_ZH: Final = "一二三四五六日"
_WEEKDAYS_EN: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _worded(step: Step, language: Language) -> dict[str, Param]:
    """The step's params with dates, lengths and units turned into words."""
    said = dict(step.params)
    for key in ("from_at", "to_at"):
        if key in said:
            said[key] = _moment(datetime.fromisoformat(str(said[key])), language)
    if "first_on" in said:
        edges = (str(said["first_on"]), str(said.get("last_on", said["first_on"])))
        said["days"] = _joined(*(_date(date.fromisoformat(edge), language) for edge in edges), language=language)
    if "from_number" in said:
        said["numbers"] = _joined(str(said["from_number"]), str(said["to_number"]), language=language)
    if "used_seconds" in said:
        said |= {
            "used": _length(int(said["used_seconds"]), language),
            "left": _length(int(said["left_seconds"]), language),
        }
    if "unit" in said:
        said["unit"] = _unit(str(said["unit"]), int(said["amount"]), language)
    return said


def _unit(unit: str, amount: int, language: Language) -> str:
    name = _UNITS[unit][language]
    return f"{name}s" if language == "en" and amount > 1 else name


def _joined(first: str, last: str, *, language: Language) -> str:
    if first == last:
        return first
    return f"{first}至{last}" if language == "zh" else f"{first} to {last}"


def _date(day: date, language: Language) -> str:
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日（周{_WEEKDAYS_ZH[day.weekday()]}）"
    return f"{_WEEKDAYS_EN[day.weekday()]} {day.day} {_MONTHS_EN[day.month - 1]} {day.year}"


def _moment(at: datetime, language: Language) -> str:
    clock = f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
    return f"{_date(at, language)}{clock}" if language == "zh" else f"{_date(at, language)} {clock}"


def _length(seconds: int, language: Language) -> str:
    """Hours and minutes, seconds only where there are some."""
    minutes, second = divmod(seconds, 60)
    parts = zip((*divmod(minutes, 60), second), _LENGTHS[language], strict=True)
    said = [f"{amount}{name}" for amount, name in parts if amount]
    return ("" if language == "zh" else " ").join(said) or f"0{_LENGTHS[language][1]}"


_LENGTHS: Final[Mapping[Language, tuple[str, str, str]]] = {"zh": ("小时", "分钟", "秒"), "en": (" h", " min", " s")}
