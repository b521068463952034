"""What other rules would have done with the cases of a period: who would have had them, who nobody, and how long.

Cases that the rules cannot tell apart share one answer; dates are reckoned once a distinct rule and day. So a month of
a district takes a second. The answers are those that `domain.plan_for` gives one by one: a test compares them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from numpy.typing import NDArray

from huiyin.assign.queries import Match, Rulebook, calendar
from huiyin.assign.worktime import Micros, WorkTime, micros, moment
from huiyin.cases import codes
from huiyin.cases.models import Case
from huiyin.cases.queries import of_residents
from huiyin.kernel.periods import Period

_HOUR = 3_600_000_000
_READ = 10_000


class Answer(NamedTuple):
    """What rules say of a case: unit codes, and the time allowed; `lead` None: nobody."""

    lead: str | None = None
    helpers: tuple[str, ...] = ()
    amount: int = 0
    unit: str = ""


NOBODY = Answer()


class Fate(NamedTuple):
    before: Answer
    after: Answer


@dataclass(slots=True)
class Line:
    """One unit: cases it leads before and after, those it gains and loses, and the hours for those it keeps."""

    unit: str
    before: int = 0
    after: int = 0
    gained: int = 0
    lost: int = 0
    helps_gained: int = 0
    helps_lost: int = 0
    longer: int = 0
    shorter: int = 0
    hours_more: float = 0.0
    hours_less: float = 0.0

    @property
    def moved(self) -> bool:
        return any((self.gained, self.lost, self.helps_gained, self.helps_lost, self.longer, self.shorter))


class Moved(NamedTuple):
    """One case that other rules would treat otherwise; dates None where nobody has it."""

    case: int
    fate: Fate
    due_before: datetime | None
    due_after: datetime | None


@dataclass(frozen=True)
class Rehearsal:
    """`cases` (ids), `starts` (microseconds since 1970) and `fate` (an index into `fates`) side by side."""

    cases: NDArray[np.int64]
    starts: Micros
    fate: NDArray[np.int64]
    fates: tuple[Fate, ...]

    @cached_property
    def _all_dates(self) -> tuple[Micros, Micros]:
        """When each case is due before and after; 0 where nobody has it."""
        times = WorkTime(calendar())
        found = (np.zeros(len(self.cases), np.int64), np.zeros(len(self.cases), np.int64))
        for side, dates in enumerate(found):
            timed: dict[tuple[int, str], list[int]] = {}
            for index, fate in enumerate(self.fates):
                if fate[side].lead:
                    timed.setdefault((fate[side].amount, fate[side].unit), []).append(index)
            for (amount, unit), indexes in timed.items():
                here = np.isin(self.fate, indexes)
                dates[here] = times.due(self.starts[here], amount, unit)
        return found

    @cached_property
    def _gain(self) -> Micros:
        """More time to answer, less where negative, for cases that somebody has before and after."""
        before, after = self._all_dates
        gain: Micros = np.where((before > 0) & (after > 0), after - before, 0)
        return gain

    @cached_property
    def lines(self) -> list[Line]:
        """A line for every unit that leads or helps, those that change most first."""
        found: dict[str, Line] = {}
        counts = np.bincount(self.fate, minlength=len(self.fates)).tolist()
        for number, fate in zip(counts, self.fates, strict=True):
            _count(found, fate, number)
        for index, fate in enumerate(self.fates):
            if fate.before.lead and fate.before.lead == fate.after.lead and fate.before[2:] != fate.after[2:]:
                _time(found[fate.before.lead], self._gain[self.fate == index])
        return sorted(
            found.values(), key=lambda line: (-line.gained - line.lost - line.longer - line.shorter, line.unit)
        )

    def where(self, what: str, unit: str = "") -> list[int]:
        """Ids of the cases behind a figure: a name of `WHAT`, and the unit's code for those of a unit."""
        test = WHAT[what]
        wanted = [index for index, fate in enumerate(self.fates) if test(fate, unit)]
        here = np.isin(self.fate, wanted)
        if what in ("longer", "shorter"):
            here &= self._gain > 0 if what == "longer" else self._gain < 0
        return [int(case) for case in self.cases[here]]

    def count(self, what: str) -> int:
        return len(self.where(what))

    def moved(self) -> Iterator[Moved]:
        """Every case that changes its lead, its helpers or its date."""
        changed = np.array([fate.before[:2] != fate.after[:2] for fate in self.fates], bool)
        before, after = self._all_dates
        here = changed[self.fate] | (before != after) if len(self.fates) else np.empty(0, bool)
        for index in np.flatnonzero(here).tolist():
            dates = [moment(side[index]) if side[index] else None for side in (before, after)]
            yield Moved(int(self.cases[index]), self.fates[self.fate[index]], *dates)


def _count(found: dict[str, Line], fate: Fate, number: int) -> None:
    (old, helped, *_), (new, helps, *_) = fate
    told = [(old, "before"), (new, "after")]
    if old != new:
        told += [(old, "lost"), (new, "gained")]
    told += [(unit, "helps_lost") for unit in helped if unit not in helps]
    told += [(unit, "helps_gained") for unit in helps if unit not in helped]
    for unit, name in told:
        if unit:
            line = found.setdefault(unit, Line(unit))
            setattr(line, name, getattr(line, name) + number)


def _time(line: Line, gain: Micros) -> None:
    line.longer += int((gain > 0).sum())
    line.shorter += int((gain < 0).sum())
    line.hours_more += float(gain[gain > 0].sum()) / _HOUR
    line.hours_less += float(-gain[gain < 0].sum()) / _HOUR


def _kept(fate: Fate, unit: str) -> bool:
    same = fate.before.lead is not None and fate.before.lead == fate.after.lead
    return same and fate.before[2:] != fate.after[2:] and unit in ("", fate.after.lead)


# What a figure of a rehearsal counts: fate and unit ("" for any) → whether its cases are among them.
WHAT: dict[str, Callable[[Fate, str], bool]] = {
    "gained": lambda fate, unit: fate.before.lead != fate.after.lead and unit in ("", fate.after.lead),
    "lost": lambda fate, unit: fate.before.lead != fate.after.lead and unit in ("", fate.before.lead),
    "helps_gained": lambda fate, unit: unit in set(fate.after.helpers) - set(fate.before.helpers),
    "helps_lost": lambda fate, unit: unit in set(fate.before.helpers) - set(fate.after.helpers),
    "longer": _kept,
    "shorter": _kept,
    "nobody": lambda fate, _unit: fate.after.lead is None,
    "nobody_before": lambda fate, _unit: fate.before.lead is None,
}


def cases_of(period: Period) -> QuerySet[Case]:
    """The cases a period is rehearsed on: received in it, and of a known category."""
    received = Case.objects.filter(created_at__gte=period.start, created_at__lt=period.end, category__isnull=False)
    return of_residents(received)


def rehearse(cases: QuerySet[Case], before: Rulebook, after: Rulebook) -> Rehearsal:
    """Both rulebooks on the same cases, each from the moment it was dispatched, else received."""
    desks = (_Desk(before), _Desk(after))
    known: dict[tuple[Any, ...], int] = {}
    fates: dict[Fate, int] = {}
    ids, starts, fate = [], [], []
    rows = cases.order_by().annotate(start=Coalesce("dispatched_at", "created_at"))
    names = ("pk", "start", "category_id", "area_id", "urgency", "channel", "kind")
    for pk, start, *key in rows.values_list(*names).iterator(_READ):
        told = tuple(key)
        if told not in known:
            both = Fate(*(desk.answer(*told) for desk in desks))
            known[told] = fates.setdefault(both, len(fates))
        ids.append(pk)
        starts.append(micros(start))
        fate.append(known[told])
    columns = [np.array(column, np.int64) for column in (ids, starts, fate)]
    return Rehearsal(columns[0], columns[1], columns[2], tuple(fates))


class _Desk:
    """One rulebook's answers: who, remembered by category and area; how long, by what deadlines look at."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._who: dict[tuple[int, int | None], tuple[Match | None, str | None, tuple[str, ...]]] = {}
        self._how_long: dict[tuple[Any, ...], tuple[int, str] | None] = {}

    def answer(self, category: int, area: int | None, urgency: str, channel: str, kind: str) -> Answer:
        """Ids of category and area → what the rules say."""
        if (category, area) not in self._who:
            self._who[category, area] = self._look_up(category, area)
        match, lead, helpers = self._who[category, area]
        if match is None or lead is None:
            return NOBODY
        allowed = self._allowed(category, urgency, channel, kind, match.deadline)
        return Answer(lead, helpers, *allowed) if allowed else NOBODY

    def _look_up(self, category: int, area: int | None) -> tuple[Match | None, str | None, tuple[str, ...]]:
        place = codes.areas().code(area)
        match = self._book.match(codes.categories().code(category), place)
        if match is None:
            return None, None, ()
        lead = self._book.lead(match, place)
        return match, lead, tuple(code for code in self._book.helpers(match, place) if code != lead)

    def _allowed(self, category: int, *about: str) -> tuple[int, str] | None:
        if (category, *about) not in self._how_long:
            names = dict(zip(("urgency", "channel", "kind", "name"), about, strict=True))
            rule = self._book.deadline_rule(category=codes.categories().code(category), **names)
            self._how_long[category, *about] = (rule.amount, rule.unit) if rule else None
        return self._how_long[category, *about]
