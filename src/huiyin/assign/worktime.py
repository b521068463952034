"""Due moments of many cases at once: the same as `kernel.clock` gives, each distinct day or stretch reckoned once."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from huiyin.kernel.calendar import WorkCalendar
from huiyin.kernel.clock import Rule, deadline

Micros = NDArray[np.int64]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_NATURAL = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "calendar_days": timedelta(days=1)}
_OFFICE = {"working_minutes": timedelta(minutes=1), "working_hours": timedelta(hours=1)}
_MORE_DAYS = 400


def micros(at: datetime) -> int:
    """Microseconds since 1970, exact."""
    return (at - _EPOCH) // _MICRO


def moment(value: int) -> datetime:
    return _EPOCH + timedelta(microseconds=int(value))


class WorkTime:
    """Reckons for starts (microseconds since 1970) by one calendar."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self._calendar = calendar
        self._closes: dict[tuple[date, int], int] = {}
        self._opens: Micros = np.empty(0, np.int64)
        self._until: Micros = np.empty(0, np.int64)
        self._last = date.min

    def due(self, starts: Micros, amount: int, unit: str) -> Micros:
        """When each is due under one rule."""
        if unit in _NATURAL:
            return starts + amount * _NATURAL[unit] // _MICRO
        if unit in _OFFICE:
            return self._office(starts, amount * _OFFICE[unit] // _MICRO)
        return np.fromiter((self._close(moment(start), amount) for start in starts), np.int64, len(starts))

    def _close(self, start: datetime, amount: int) -> int:
        """The close of office of the n-th working day: the same for all starts of a day."""
        key = start.astimezone(self._calendar.tz).date(), amount
        if key not in self._closes:
            due_at = deadline(start, Rule(amount, "working_days"), self._calendar).due_at
            assert due_at is not None  # noqa: S101 nothing pauses here
            self._closes[key] = micros(due_at)
        return self._closes[key]

    def _office(self, starts: Micros, length: int) -> Micros:
        """Office time is a line with gaps: go to it, along it, and back to the clock."""
        if not len(starts):
            return starts
        self._lay(moment(starts.min()), moment(starts.max()))
        while self._used(starts.max()) + length > self._until[-1]:
            self._lengthen()
        target = self._used(starts) + length
        stretch = np.searchsorted(self._until, target, side="left")
        before = np.concatenate(([0], self._until))[stretch]
        return self._opens[stretch] + target - before

    def _used(self, at: Micros) -> Micros:
        """Office time that lies before `at`."""
        stretch = np.maximum(np.searchsorted(self._opens, at, side="right") - 1, 0)
        before = np.concatenate(([0], self._until))
        length = self._until[stretch] - before[stretch]
        used: Micros = before[stretch] + np.clip(at - self._opens[stretch], 0, length)
        return used

    def _lay(self, first: datetime, last: datetime) -> None:
        day = first.astimezone(self._calendar.tz).date() - timedelta(days=1)
        if not len(self._opens) or micros(first) < self._opens[0]:
            self._opens, self._until, self._last = np.empty(0, np.int64), np.empty(0, np.int64), day
        while self._last < last.astimezone(self._calendar.tz).date():
            self._lengthen()

    def _lengthen(self) -> None:
        days: Sequence[date] = [self._last + timedelta(days=number) for number in range(1, _MORE_DAYS)]
        periods = [period for day in days for period in self._calendar.office_periods(day)]
        opens = np.array([micros(opens) for opens, _ in periods], np.int64)
        lengths = np.array([micros(closes) - micros(opens) for opens, closes in periods], np.int64)
        done = self._until[-1] if len(self._until) else 0
        self._opens = np.concatenate((self._opens, opens))
        self._until = np.concatenate((self._until, done + np.cumsum(lengths)))
        self._last = days[-1]
