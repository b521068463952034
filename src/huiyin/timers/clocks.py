"""Which clocks run on a case now, since when, until when: read from its events and the rules of the day each began."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import takewhile
from typing import Any, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from django.conf import settings

from huiyin.assign.queries import calendar, due, rulebook
from huiyin.cases.models import CasePart
from huiyin.cases.parts import owed
from huiyin.kernel.calendar import Language
from huiyin.kernel.clock import render
from huiyin.kernel.effects import BACK, SAME
from huiyin.kernel.moves import DIRECTIVE, MOVES, NEW
from huiyin.kernel.states import OPEN, STATES, WITH_UNIT

HANDLE, PART, PROMISE = "handle", "part", "promise"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_FACTS = ("category", "urgency", "channel", "kind")
# Back from a detour within the unit: the first contact is still owed since the case came.
_DETOURS = frozenset({"whistled", "extension", "deferred", "to_review"})
_COMES_IN = frozenset(
    move.kind for move in MOVES.values() if move.target == "in_progress" and not _DETOURS.issuperset(move.sources)
)
_SETS_DUE = frozenset(move.kind for move in MOVES.values() if "due_at" in move.sets)
_SETS_FACTS = frozenset(move.kind for move in MOVES.values() if not move.sets.keys().isdisjoint(_FACTS))
_SETS_PARTS = frozenset(move.kind for move in MOVES.values() if "parts" in move.sets)
# What the lead has sent to its leader holds the others' parts already.
_HELPED = frozenset(WITH_UNIT) - {"to_review"}
# A reply, or what takes it back.
_REPLIES = frozenset({"submit", "send_back", "redo", "reopen", "rebound", "withdraw"})
_NOT_SENT = frozenset({"to_review", "in_progress"})
_SETS_REPORT = frozenset({"defer", "report_progress"})
# Nobody asked for a directive, so nobody is contacted, and it waits for the next meeting instead of a call.
_WITH_A_RESIDENT = frozenset({"in_progress", "to_call_back"})
_REPORTS = frozenset({"confirm_deferral", "report_progress"})


def kind_of(step: str) -> str:
    """Of several clocks of one kind that one event set: `promise` of `promise.2`."""
    return step.partition(".")[0]


class Happened(Protocol):
    """What is read of an event."""

    seq: int
    kind: str
    at: datetime
    unit: str | None
    public: Mapping[str, Any]


class Clock(NamedTuple):
    """`seq` is the event that set it, `started_at` when its time began; `trace` the reckoning by language.

    `unit`: the id of the helping unit whose part it is.
    """

    step: str
    seq: int
    started_at: datetime
    due_at: datetime
    rule: str
    trace: Mapping[str, Sequence[str]]
    unit: int | None = None


def running(row: Mapping[str, Any], events: Sequence[Happened], parts: Iterable[CasePart] = ()) -> list[Clock]:
    """The clocks that run on a case. `row` needs the fold's category (a code), urgency, channel, kind, state,
    first_contact_at, deferral_confirmed, next_report_on; `events` are all of the case, in order; `parts` its helpers'.
    """
    if row["state"] not in OPEN:
        return list(_promises(row, events))
    found = (_handling(row, events), _step_of(row, events), _report(row, events))
    return [*(clock for clock in found if clock), *_parts(row, events, parts), *_promises(row, events)]


def _handling(row: Mapping[str, Any], events: Sequence[Happened]) -> Clock | None:
    """The date of the case itself. A confirmed deferral has a date of its own instead."""
    set_by = _last([event for event in events if event.public.get("due_at")], _SETS_DUE)
    if row["state"] not in WITH_UNIT or row["deferral_confirmed"] or set_by is None:
        return None
    due_at = datetime.fromisoformat(set_by.public["due_at"])
    return Clock(HANDLE, set_by.seq, set_by.at, due_at, "", {"zh": list(set_by.public.get("trace") or ())})


def _parts(row: Mapping[str, Any], events: Sequence[Happened], parts: Iterable[CasePart]) -> Iterator[Clock]:
    """Each helping unit's own date, until it has reported."""
    set_by = _last(events, _SETS_PARTS)
    if row["state"] not in _HELPED or row["deferral_confirmed"] or set_by is None:
        return
    for part in parts:
        if due_at := owed(part, events, set_by.at):
            told = [part.part] if part.part else []
            yield Clock(PART, set_by.seq, set_by.at, due_at, "", {"zh": told, "en": told}, part.unit_id)


def _promises(row: Mapping[str, Any], events: Sequence[Happened]) -> Iterator[Clock]:
    """What the reply that stands promised the resident, each until the close of office on its day.

    They run on when the case is closed: it is then that nobody else looks.
    """
    reply = _last(events, _REPLIES)
    if reply is None or reply.kind != "submit" or row["state"] in _NOT_SENT:
        return
    for place, told in enumerate(reply.public.get("promises", ())):
        closes = calendar().close_of(date.fromisoformat(told["on"]))
        words = [told["words"]]
        if closes > reply.at:
            yield Clock(f"{PROMISE}.{place}", reply.seq, reply.at, closes, "", {"zh": words, "en": words})


def _report(row: Mapping[str, Any], events: Sequence[Happened]) -> Clock | None:
    """The next report of a confirmed deferral, owed by the close of office on its day."""
    set_by = _last(events, _SETS_REPORT)
    if row["state"] != "deferred" or not row["deferral_confirmed"] or not row["next_report_on"] or set_by is None:
        return None
    day = date.fromisoformat(row["next_report_on"])
    return Clock("report", set_by.seq, set_by.at, calendar().close_of(day), "", {"zh": [], "en": []})


def _step_of(row: Mapping[str, Any], events: Sequence[Happened]) -> Clock | None:
    step, began = _current(row, events)
    if step is None or began is None:
        return None
    rule = rulebook(began.at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()).deadline_rule(
        step=step, **{name: row[name] for name in _FACTS}
    )
    found = due(began.at, rule) if rule else None
    if rule is None or found is None or found.due_at is None:
        return None
    changed = _last(events, _SETS_FACTS)
    seq = max(began.seq, changed.seq if changed else 0)
    basis = f"{rule.name}（{rule.basis}）" if rule.basis else rule.name
    return Clock(step, seq, began.at, found.due_at, basis, {name: render(found.trace, name) for name in LANGUAGES})


def _current(row: Mapping[str, Any], events: Sequence[Happened]) -> tuple[str | None, Happened | None]:
    """The step that runs in the case's state, and the event with which its time began."""
    state, step = row["state"], STATES[row["state"]].timer
    if row["kind"] == DIRECTIVE and state in _WITH_A_RESIDENT:
        return None, None
    if state == "in_progress":
        return (None, None) if row["first_contact_at"] else (step, _last(events, _COMES_IN))
    if state == "deferred" and row["deferral_confirmed"]:
        return step, _last(events, _REPORTS)
    # Until a reviewer has said yes to it, a deferral is a question like an extension.
    return ("extension" if state == "deferred" else step), _entered(events)


def _entered(events: Sequence[Happened]) -> Happened | None:
    """The event since which the case has rested in states with the timer of its present one."""
    timers = [STATES[state].timer for state in _states(events)]
    rested = sum(1 for _ in takewhile(lambda timer: timer == timers[-1], reversed(timers)))
    return events[-rested] if rested else None


def _states(events: Sequence[Happened]) -> Iterator[str]:
    """The state after each event."""
    state = back = NEW
    for event in events:
        move = MOVES[event.kind]
        if "back_to" in move.sets:
            back = state
        state = {SAME: state, BACK: back}.get(move.target, move.target)
        yield state


def _last(events: Sequence[Happened], kinds: frozenset[str]) -> Happened | None:
    return next((event for event in reversed(events) if event.kind in kinds), None)
