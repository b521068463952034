"""Every minute: set the clocks of cases that moved, then tell what has come due. Each percent of a clock once.

Nothing here needs the minute before: after hours in which no worker ran, the next run finds whatever passed meanwhile.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from math import inf
from time import monotonic
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from huiyin.assign.queries import calendar
from huiyin.cases.models import Case, CasePart, Event
from huiyin.cases.projection import to_row
from huiyin.kernel.states import OPEN
from huiyin.notices.domain import Fact, tell
from huiyin.packs.shapes import Pack
from huiyin.timers.clocks import Clock, running
from huiyin.timers.ladder import Ladder, Staff, hears
from huiyin.timers.models import Timer, TimerMark, WarningRule, Watched
from huiyin.timers.wording import arrival, bundle, warning

# Any number that no other advisory lock has.
_LOCK: Final = 6_038_001
BATCH: Final = 500
MANY: Final = 5000
# A warning told later than this after its moment was held up by us.
PUNCTUAL: Final = timedelta(minutes=5)
# What happened longer ago is no news: an import, a worker that was away for long.
NEWS: Final = timedelta(hours=12)
# More than this for one person in one run comes as one notice.
APART: Final = 5


@dataclass(frozen=True, slots=True)
class Run:
    """What one run did: cases whose clocks were set, percents told, of these late ones, notices."""

    cases: int = 0
    marks: int = 0
    late: int = 0
    notices: int = 0

    def __add__(self, other: "Run") -> "Run":
        return Run(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


def tick(now: datetime, *, seconds: float = inf) -> Run:
    """One run of the clockwork at `now` (aware). What `seconds` for each half are too short for, the next run finds."""
    return set_clocks(now, seconds=seconds) + tell_due(now, seconds=seconds)


def set_clocks(now: datetime, *, seconds: float = inf) -> Run:
    """Start and stop the clocks of all cases that moved since the last run, and tell who has them now."""
    total, until = Run(), monotonic() + seconds
    while monotonic() < until and _moved().exists():
        total += _set_some(_ladder(now), now)
    return total


@transaction.atomic
def load_warnings(pack: Pack) -> None:
    """The pack's warning rules in place of those loaded before. A clock that runs keeps its percents."""
    WarningRule.objects.all().delete()
    WarningRule.objects.bulk_create(
        WarningRule(step=row.step, percent=row.percent, tell=tell, valid_from=row.valid_from)
        for row in pack.warnings
        for tell in row.tell
    )


def _ladder(now: datetime) -> Ladder:
    return Ladder(now.astimezone(ZoneInfo(settings.TIME_ZONE)).date())


def _moved() -> QuerySet[Case]:
    """Some cases with events that their clocks do not know of: open ones, and those that closed since."""
    unseen = Case.objects.filter(~Exists(Watched.objects.filter(case=OuterRef("pk"))), state__in=OPEN)
    behind = Watched.objects.exclude(seq=F("case__seq"))
    ids = [*unseen.values_list("pk", flat=True)[:BATCH], *behind.values_list("pk", flat=True)[:BATCH]]
    return Case.objects.filter(pk__in=ids)


@transaction.atomic
def _set_some(ladder: Ladder, now: datetime) -> Run:
    """One run at a time: of two that looked at different moments, the older would leave a clock that nobody stops."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    return _set(list(_moved().order_by("pk")), ladder, now)


def _set(cases: Sequence[Case], ladder: Ladder, now: datetime) -> Run:
    events: dict[int, list[Event]] = defaultdict(list)
    read = ("case_id", "seq", "kind", "at", "actor", "unit", "public")
    for event in Event.objects.filter(case__in=cases).only(*read).order_by("seq"):
        events[event.case_id].append(event)
    parts: dict[int, list[CasePart]] = defaultdict(list)
    for part in CasePart.objects.filter(case__in=cases):
        parts[part.case_id].append(part)
    wanted = {
        (case.pk, clock.step, clock.seq, clock.unit): _timer(case, clock, ladder)
        for case in cases
        for clock in running(to_row(case), events[case.pk], parts[case.pk])
    }
    kept = set()
    for timer in Timer.objects.filter(case__in=cases).select_for_update():
        key = (timer.case_id, timer.step, timer.seq, timer.unit_id)
        kept.add(key)
        if (timer.stopped_at is None) != (key in wanted):
            _stop(timer, now) if timer.stopped_at is None else _go_on(timer)
    Timer.objects.bulk_create([timer for key, timer in wanted.items() if key not in kept], ignore_conflicts=True)
    notices = _tell_of_arrivals(cases, events, now)
    Watched.objects.bulk_create(
        [Watched(case=case, seq=case.seq) for case in cases if case.is_open],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["seq"],
    )
    Watched.objects.filter(case__in=[case for case in cases if not case.is_open]).delete()
    return Run(cases=len(cases), notices=notices)


def _tell_of_arrivals(cases: Sequence[Case], events: Mapping[int, Sequence[Event]], now: datetime) -> int:
    """Who has a case now, of those it came to since the last run; never who brought it there, never of old stories."""
    seen = dict(Watched.objects.filter(case__in=cases).values_list("case", "seq"))
    staff, facts = Staff(), defaultdict(list)
    for case in cases:
        fresh = [event for event in events[case.pk] if event.seq > seen.get(case.pk, 0) and now - event.at < NEWS]
        if fresh:
            for account in hears(case, [event.kind for event in fresh], staff):
                if fresh[-1].actor != f"account:{account}":
                    facts[account].append(arrival(case, fresh[-1], account))
    return _told(facts, now)


def _timer(case: Case, clock: Clock, ladder: Ladder) -> Timer:
    timer = Timer(
        case=case,
        step=clock.step,
        seq=clock.seq,
        unit_id=clock.unit,
        started_at=clock.started_at,
        due_at=clock.due_at,
        rule=clock.rule[:260],
        trace=dict(clock.trace),
        urgent=case.urgency == "emergency",
        percents=ladder.percents(clock.step),
    )
    timer.next_at = _next(timer)
    return timer


def _stop(timer: Timer, now: datetime) -> None:
    timer.stopped_at, timer.next_at = now, None
    timer.save(update_fields=["stopped_at", "next_at"])


def _go_on(timer: Timer) -> None:
    """Back from a detour: what was told stays told."""
    timer.stopped_at, timer.next_at = None, _next(timer)
    timer.save(update_fields=["stopped_at", "next_at"])


def moment(timer: Timer, percent: int) -> datetime:
    """When this percent is told: in office hours, unless the case is an emergency."""
    passed = timer.started_at + (timer.due_at - timer.started_at) * percent / 100
    return passed if timer.urgent else calendar().in_office(passed)


def _next(timer: Timer) -> datetime | None:
    return next((moment(timer, percent) for percent in timer.percents if percent > timer.told), None)


def tell_due(now: datetime, *, seconds: float = inf) -> Run:
    """Mark and tell every percent that has passed. Safe beside another run: who holds a row, has it.

    A case that moved since its clocks were set is passed over until they are set anew: what it owed may be done.
    """
    total, until = Run(), monotonic() + seconds
    behind = Watched.objects.filter(case=OuterRef("case_id")).exclude(seq=OuterRef("case__seq"))
    while monotonic() < until:
        with transaction.atomic():
            passed = Timer.objects.filter(~Exists(behind), next_at__lte=now)
            rows = passed.select_related("case").order_by("next_at", "pk")
            due = list(rows.select_for_update(skip_locked=True, of=("self",))[:MANY])
            if not due:
                break
            total += _tell(due, _ladder(now), Staff(), now)
    return total


def _tell(due: Sequence[Timer], ladder: Ladder, staff: Staff, now: datetime) -> Run:
    called, marks = _called(due), []
    facts: dict[int, list[Fact]] = defaultdict(list)
    for timer in due:
        passed = [p for p in timer.percents if p > timer.told and moment(timer, p) <= now]
        marks += [TimerMark(timer=timer, percent=p, at=now, late=now - moment(timer, p) > PUNCTUAL) for p in passed]
        # Of several that passed together one notice tells, to all who were to know of any.
        for account in ladder.told(timer, passed, staff, called[timer.case_id]):
            facts[account].append(warning(timer, passed[-1], account))
        timer.told = max(passed, default=timer.told)
        timer.next_at = _next(timer)
    TimerMark.objects.bulk_create(marks, ignore_conflicts=True)
    Timer.objects.bulk_update(due, ["told", "next_at"])
    return Run(0, len(marks), sum(mark.late for mark in marks), _told(facts, now))


def _told(facts: Mapping[int, list[Fact]], now: datetime) -> int:
    return tell([fact for found in facts.values() for fact in _bundled(found)], at=now)


def _called(due: Sequence[Timer]) -> dict[int, list[int]]:
    """Case → units a whistle called, for the clocks that wait for them."""
    units: dict[int, list[int]] = defaultdict(list)
    waiting = [timer.case_id for timer in due if timer.step == "report_in"]
    parts = CasePart.objects.filter(case__in=waiting).values_list("case_id", "unit_id") if waiting else ()
    for case, unit in parts:
        units[case].append(unit)
    return units


def _bundled(facts: list[Fact]) -> list[Fact]:
    """One person's notices of one run: an emergency's alone, of the others many as one."""
    apart = [fact for fact in facts if fact.urgent]
    others = [fact for fact in facts if not fact.urgent]
    return apart + ([bundle(others)] if len(others) > APART else others)
