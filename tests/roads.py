"""A case in any state of the table, and a sample of what each move records: the tests of the whole table start here."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone
from tests.district import account, received

from huiyin.cases.domain import act, act_as
from huiyin.cases.draft import RESIDENT, SYSTEM, Actor
from huiyin.cases.models import Case
from huiyin.cases.recording import step
from huiyin.evaluate.hours import local
from huiyin.evaluate.models import SecondCall
from huiyin.kernel.fields import FIELDS
from huiyin.kernel.moves import MOVES
from huiyin.kernel.roles import Role
from huiyin.rounds.models import Check

OUTSIDE = {"resident": RESIDENT, "system": SYSTEM}
HANDLER, LEADER = "handler.qingyuan", "leader.qingyuan"


class Step(NamedTuple):
    who: str
    kind: str
    record: Mapping[str, Any] = {}


class Road(NamedTuple):
    """From which state, by which steps."""

    start: str
    steps: tuple[Step, ...]


REPLY = (Step(HANDLER, "first_contact"), Step(HANDLER, "submit"), Step(LEADER, "approve"))
# An unsolved round, and then silence: only so does a case rest at “evaluated”.
UNSOLVED = Step("resident", "evaluate", {"solved": False, "satisfaction": "dissatisfied"})
ROADS: dict[str, Road] = {
    "registered": Road("received", (Step("agent", "register"),)),
    "to_dispatch": Road("registered", (Step("agent", "queue"),)),
    "answered": Road("registered", (Step("agent", "answer_directly"),)),
    "redirected": Road("registered", (Step("agent", "redirect"),)),
    "to_accept": Road("to_dispatch", (Step("dispatcher", "dispatch"),)),
    "objected": Road("to_accept", (Step(HANDLER, "object"),)),
    "merged": Road("registered", (Step("agent", "merge"),)),
    "in_progress": Road("to_accept", (Step(HANDLER, "accept"),)),
    "whistled": Road("in_progress", (Step(LEADER, "whistle"),)),
    "extension": Road("in_progress", (Step(HANDLER, "ask_extension"),)),
    "deferred": Road("in_progress", (Step(LEADER, "defer"),)),
    "to_review": Road("in_progress", REPLY[:2]),
    "to_call_back": Road("in_progress", REPLY),
    "evaluated": Road("to_call_back", (UNSOLVED, *REPLY, *[Step("caller", "attempt")] * 3, Step("caller", "close_unreached"))),
    "archived": Road("to_call_back", (Step("resident", "evaluate"),)),
    "exclusion": Road("archived", (Step(LEADER, "apply_exclusion"),)),
    "appeal": Road("archived", (Step(LEADER, "appeal"),)),
}  # fmt: skip


def draw(kind: str, case: Case) -> None:
    """What chance decides before this move can be made: an external check, a second call."""
    if kind == "verify":
        known = {"unit": case.lead, "day": timezone.localdate(), "why": "random", "order": 1}
        Check.objects.get_or_create(case=case, done_at=None, defaults=known)
    if kind == "call_again":
        first = {"first_solved": case.solved is True, "first_satisfaction": case.satisfaction or ""}
        known = {"day": timezone.localdate(), "next_at": timezone.now(), **first}
        SecondCall.objects.get_or_create(case=case, done_at=None, defaults=known)


def at(state: str, records: Mapping[str, Mapping[str, Any]] | None = None, **message: Any) -> Case:
    """A case in `state`, come there as cases do. What follows of itself (an archive, a redo) has followed.

    `records`: what a move on the way records, by its kind, where the sample will not do.
    """
    if state == "received":
        return received(**message)
    road = ROADS[state]
    case = at(road.start, records, **message)
    for step_ in road.steps:
        go(case, step_._replace(record={**step_.record, **(records or {}).get(step_.kind, {})}))
    return case


def go(case: Case, step_: Step) -> Case:
    who, kind, record = step_
    values = {**sample(kind), **record}
    if kind == "attempt":
        return _rung_at_another_hour(case, values)
    if who in OUTSIDE:
        return act_as(case=case, steps=[step(kind, values)], actor=OUTSIDE[who])
    return act(case=case, steps=[step(kind, values)], account=account(who))


def _rung_at_another_hour(case: Case, values: Mapping[str, Any]) -> Case:
    """Three tries that count are made at three hours of the day, and a test does not wait for them."""
    hour = local(timezone.now()).replace(hour=9 + case.attempts, minute=0)
    caller = Actor(f"account:{account('caller').pk}", Role.CALLER, "hotline")
    return act_as(case=case, steps=[step("attempt", {"outcome": values["outcome"]})], actor=caller, at=hour)


_SAID = {
    "action": "上门排气", "assignee": lambda: account(HANDLER).pk, "attachments": ["0" * 64], "arrived_at": lambda: _in(0), "basis": "职责清单第三条", "called": ["heat-co"],
    "category": "03.01", "channel": "web", "category_of_reason": "unreasonable", "contacted": True, "due_at": lambda: _in(5),
    "evidence": "现场照片与记录", "kind": "help", "knowledge": "heating-season", "law": "接诉即办工作条例第十一条", "lead": "qingyuan",
    "light": "yellow", "list": "monthly_topic", "agrees": True, "minutes": "会商纪要：由清源街道主办。", "next_at": None,
    "next_report_on": lambda: _in(20).date(), "number": "MH-0000-00001", "outcome": "no_answer",
    "place": "东里小区", "plan": "供暖季结束后换管", "rated": "heat-co",
    "reason": "写明的理由", "result": "已与当事人谈过", "route": "outside", "satisfaction": "satisfied", "score": "good",
    "solved": True, "text": "师傅今天下午上门排气测温，室温已到二十度。", "told_resident": True, "until": lambda: _in(8),
    "urgency": "normal", "version": "1", "where": "市场调解", "whistle_kind": "hard",
}  # fmt: skip
# Where a move may go without words but is worth little so: a form asks for them.
_WORDS = ("urge", "note", "answer_whistle")


def sample(kind: str, *without: str, parent: Case | None = None) -> dict[str, Any]:
    """What this move needs, filled in: field → Python value; merging takes what it needs from the `parent`."""
    if kind == "merge":
        return {**_joined(parent or at("in_progress")), "reason": _SAID["reason"]}
    names = (*MOVES[kind].needs, *(["text"] if kind in _WORDS else []))
    assert set(names) <= set(FIELDS)
    values = {name: _SAID[name]() if callable(_SAID[name]) else _SAID[name] for name in names if name not in without}
    return {name: value for name, value in values.items() if value is not None}


def _joined(parent: Case) -> dict[str, Any]:
    """A merged case has its parent's unit and date."""
    return {"parent": parent.number, "lead": parent.lead.code, "due_at": parent.due_at}


def _in(days: int) -> datetime:
    return timezone.now() + timedelta(days=days)
