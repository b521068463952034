"""Joint sessions (会商): convened on hard cases, closed with minutes and a decision on every one of them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from huiyin.assign import domain_objections as objections
from huiyin.assign.communities import NotListed, keep
from huiyin.assign.desk import proposed, suggestion_of
from huiyin.assign.domain import dispatch
from huiyin.assign.models import JointSession, SessionCase
from huiyin.assign.parts import Part
from huiyin.cases import codes
from huiyin.cases.models import Case
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.kernel.states import BEFORE_DISPATCH
from huiyin.language.mask import mask
from huiyin.people.models import Account, Unit

CONVENERS = (Role.REVIEWER, Role.DISPATCHER)
HARD = (*BEFORE_DISPATCH, "objected")


class Decision(NamedTuple):
    """What a session decides on a case: unit codes, and why."""

    case: int
    lead: str
    words: str
    helpers: Sequence[str] = ()
    parts: Sequence[Part] = ()


def convene(
    *, account: Account, topic: str, at: datetime, place: str, units: Iterable[Unit], cases: Sequence[Case]
) -> JointSession:
    """A session on cases that are not dispatched yet or objected to. Raises `Refused`."""
    _require_convener(account)
    if gone := [case.number for case in cases if case.state not in HARD]:
        raise _gone(gone)
    with transaction.atomic():
        session = JointSession.objects.create(
            topic=mask(topic).text, at=at, place=mask(place).text, convened_by=account
        )
        session.units.set(units)
        SessionCase.objects.bulk_create(SessionCase(session=session, case=case) for case in cases)
    return session


def close(*, session: JointSession, account: Account, minutes: str, decisions: Sequence[Decision]) -> JointSession:
    """Every case is dispatched, moved on or ruled in one transaction, or none. Raises `Refused`, `Conflict`."""
    _require_convener(account)
    try:
        with transaction.atomic():
            _close(session, account, minutes, decisions)
    except NotListed as refused:
        keep(refused)  # what was kept inside is gone with the rest
        raise
    session.refresh_from_db()
    return session


def _close(session: JointSession, account: Account, minutes: str, decisions: Sequence[Decision]) -> None:
    open_one = JointSession.objects.filter(pk=session.pk, closed_at=None)
    if not open_one.update(closed_at=timezone.now(), closed_by=account, minutes=mask(minutes).text):
        raise Refused("closed", "这次会商已经结束，纪要不能再改。", "This session is closed; its minutes stand.")
    entries = {entry.case_id: entry for entry in session.cases.select_related("case")}
    if set(entries) != {decision.case for decision in decisions}:
        raise Refused("decisions", "每件都要有裁定意见。", "Every case before the session needs a decision.")
    for decision in decisions:
        entry = entries[decision.case]
        entry.move = _decide(entry.case, account, decision, f"会商“{session.topic}”：", minutes)
        entry.lead_id, entry.decision = codes.units().id(decision.lead), mask(decision.words).text
        entry.save()


def _decide(case: Case, account: Account, decision: Decision, heading: str, minutes: str) -> str:
    """Make the move that the case's state asks for; returns its name."""
    kind = _move(case, decision.lead)
    if kind is None:
        raise _gone([case.number])
    words = f"{heading}{decision.words}"
    _VERBS[kind](case, account, decision, words, f"{words}\n{minutes}")
    return kind


def _move(case: Case, lead: str) -> str | None:
    if case.state in BEFORE_DISPATCH:
        return "dispatch"
    if case.state != "objected":
        return None
    if case.objections > 1:
        return "rule"
    return "refuse_objection" if case.lead and case.lead.code == lead else "redispatch"


def _owners(decision: Decision) -> dict[str, Any]:
    return {"lead": decision.lead, "helpers": decision.helpers, "parts": decision.parts}


def _dispatch(case: Case, account: Account, decision: Decision, words: str, _minutes: str) -> None:
    chosen = proposed(case, suggestion_of(case))._asdict()
    dispatch(case=case, account=account, reason=words, **_owners(decision), **chosen)


def _redispatch(case: Case, account: Account, decision: Decision, words: str, _minutes: str) -> None:
    objections.uphold(case=case, account=account, reason=words, **_owners(decision))


def _refuse(case: Case, account: Account, _decision: Decision, words: str, _minutes: str) -> None:
    objections.refuse(case=case, account=account, reason=words)


def _rule(case: Case, account: Account, decision: Decision, _words: str, minutes: str) -> None:
    objections.rule(case=case, account=account, minutes=minutes, **_owners(decision))


_VERBS: dict[str, Callable[[Case, Account, Decision, str, str], None]] = {
    "dispatch": _dispatch,
    "redispatch": _redispatch,
    "refuse_objection": _refuse,
    "rule": _rule,
}


def _gone(numbers: Sequence[str]) -> Refused:
    names = "、".join(numbers)
    return Refused(
        "moved",
        f"{names} 已经不在待派单或异议中，不能会商：请去掉后再试。",
        f"{names} no longer waits for dispatch or for a decision on an objection: leave it out and try again.",
    )


def _require_convener(account: Account) -> None:
    if not account.has_role(*CONVENERS):
        raise Refused("role", "您的角色不能召集或结束会商。", "Your role may not convene or close a joint session.")
