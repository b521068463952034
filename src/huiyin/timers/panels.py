"""The clocks of a case on its page: each with its rule, begin, date and reckoning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from huiyin.cases import codes
from huiyin.cases.labels import english
from huiyin.cases.models import Case, Event
from huiyin.cases.panels import Panel
from huiyin.cases.projection import to_row
from huiyin.timers.clocks import PROMISE, Clock, kind_of, running
from huiyin.timers.models import Timer
from huiyin.timers.wording import step_label


@dataclass(frozen=True, slots=True)
class Shown:
    label: str
    rule: str
    started_at: datetime
    due_at: datetime
    trace: tuple[str, ...]
    percent: int
    late: bool


def times(case: Case, events: Sequence[Event]) -> Panel | None:
    """What was set by the worker stands; a clock younger than its last run is reckoned now."""
    found = running(to_row(case), events, case.parts.all())
    if not found:
        return None
    timers = Timer.objects.filter(case=case, stopped_at__isnull=True)
    stood = {(timer.step, timer.seq, timer.unit_id): timer for timer in timers}
    now = timezone.now()
    shown = [_shown(clock, stood.get((clock.step, clock.seq, clock.unit), clock), now) for clock in found]
    return Panel("timers/_times.html", {"clocks": shown})


def _shown(now_running: Clock, clock: Clock | Timer, now: datetime) -> Shown:
    whole = (clock.due_at - clock.started_at).total_seconds()
    spent = 100 * (now - clock.started_at).total_seconds() / whole if whole > 0 else 100
    # A rule has its name and basis in Chinese alone; the English reckoning opens with the time it allows.
    rule, trace = ("", clock.trace.get("en")) if english() else (clock.rule, None)
    return Shown(
        _label(now_running), rule, clock.started_at, clock.due_at, tuple(trace or clock.trace["zh"]),
        percent=min(max(int(spent), 0), 100), late=clock.due_at < now and kind_of(now_running.step) != PROMISE,
    )  # fmt: skip


def _label(clock: Clock) -> str:
    unit = codes.units().code(clock.unit)
    return step_label(clock.step) + (f" · {codes.units().names(english=english())[unit]}" if unit else "")
