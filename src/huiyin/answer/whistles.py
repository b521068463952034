"""Whistle and report in: what is checked, reckoned and told beyond the move table."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from huiyin.answer.projection import stored_whistles
from huiyin.answer.whistling import KINDS, Whistling
from huiyin.cases.draft import Draft
from huiyin.cases.models import Case
from huiyin.cases.moving import record
from huiyin.cases.projection import to_row
from huiyin.cases.reactions import Due, due_of_step
from huiyin.kernel.chain import Event
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.notices.domain import notify
from huiyin.people.models import Account

_CALLS = ("draft_whistle", "whistle")
_REPLIES = ("answer_whistle", "report_in", "refuse_whistle")
_FORM = ("whistle_kind", "called", "reason", "place")


def rate(*, case: Case, account: Account, rated: str, score: str, text: str = "") -> Case:
    """Street and called unit judge one another. `rated`: unit code; `score`: a value of `Score`.

    Raises `Refused`, `Conflict`.
    """
    values = {"rated": rated, "score": score, "text": text}
    return record(case=case, account=account, kind="rate_partner", values=values)


def drafted(case: Case) -> dict[str, Any]:
    """What a form of the whistle begins with: the draft that waits to be blown, if there is one."""
    event = case.events.filter(kind__in=_CALLS).order_by("seq").last()
    if event is None or event.kind == "whistle":
        return {}
    known = {name: event.public[name] for name in _FORM if name in event.public}
    if said := event.public.get("at"):
        known["at"] = datetime.fromisoformat(said)
    return known


def arrival(case: Case, kind: str, start: datetime | None = None) -> Due | None:
    """When a unit called now must be there, with the reckoning. An emergency whistle goes by the emergency rule."""
    row = to_row(case)
    if kind == "emergency":
        row["urgency"] = "emergency"
    return due_of_step(row, start or timezone.now(), "report_in")


def with_arrival(case: Case, values: Mapping[str, Any]) -> dict[str, Any]:
    """Recorded with a whistle, never typed: the end of the arrival clock."""
    due = arrival(case, str(values.get("whistle_kind", "")))
    return {"arrive_by": due.at} if due else {}


def check(drafts: Sequence[Draft]) -> None:
    """Reaction to moves: only called units answer, once, at a time that can be; only partners rate one another.

    Raises `Refused`.
    """
    for draft in drafts:
        for entry in draft.entries:
            if entry.event.kind in KINDS:
                _check(draft, entry.event)


def _check(draft: Draft, event: Event) -> None:
    if event.kind in _CALLS:
        _require_others(draft, event)
    elif event.kind in _REPLIES:
        _require_called(stored_whistles(draft.id), event)
    elif event.kind == "rate_partner":
        _require_partner(stored_whistles(draft.id), event)


def _require_others(draft: Draft, event: Event) -> None:
    if draft.row["lead"] in event.public["called"]:
        raise Refused(
            "called",
            "主办单位不能呼叫自己，请去掉自己再吹哨。",
            "The lead unit cannot call itself: leave it out and try again.",
        )


def _require_called(whistling: Whistling, event: Event) -> None:
    call, standing = whistling.call_of(event.unit), whistling.standing
    if call is None or standing is None or standing.called_at is None:
        raise Refused("called", "这次吹哨没有呼叫您的单位。", "This whistle did not call your unit.")
    if call.arrived_at is not None:
        raise Refused("called", "您的单位已经报到。", "Your unit has reported in already.")
    if event.kind == "report_in":
        arrived = datetime.fromisoformat(event.public["arrived_at"])
        # A form knows minutes only.
        if not standing.called_at.replace(second=0, microsecond=0) <= arrived <= event.at:
            raise Refused(
                "arrived",
                "到场时间应在吹哨之后、现在之前。",
                "The time of arrival lies between the whistle and now.",
            )


def _require_partner(whistling: Whistling, event: Event) -> None:
    standing, rated = whistling.standing, event.public["rated"]
    by_street = standing and event.unit == standing.street and rated in standing.calls
    by_called = standing and rated == standing.street and whistling.call_of(event.unit)
    if not (by_street or by_called):
        raise Refused(
            "rated",
            "双评只在吹哨的街镇和被呼叫的单位之间。",
            "Only the whistling street and the units it called rate one another.",
        )


def tell(drafts: Sequence[Draft]) -> None:
    """Reaction to moves: called units hear at once, the street of each answer, supervisors of a refusal."""
    for draft in drafts:
        for entry in draft.entries:
            if entry.event.kind in _TOLD:
                who, said = _TOLD[entry.event.kind]
                _tell(draft, entry.event, who(draft, entry.event), said)


def _tell(draft: Draft, event: Event, accounts: QuerySet[Account], said: str) -> None:
    notify(
        accounts=accounts,
        key=f"whistle:{draft.number}:{event.seq}",
        subject=f"{draft.number} {said}",
        text="" if draft.row["confidential"] else draft.row["title"],
        url=reverse("answer:whistles"),
        urgent=event.kind != "answer_whistle",
    )


def _answering(units: Iterable[str], *roles: Role) -> QuerySet[Account]:
    return Account.objects.filter(
        is_active=True, memberships__role__in=roles or (Role.HANDLER, Role.LEADER), memberships__unit__code__in=units
    ).distinct()


def _called(_draft: Draft, event: Event) -> QuerySet[Account]:
    return _answering(event.public["called"])


def _street(draft: Draft, _event: Event) -> QuerySet[Account]:
    return _answering([draft.row["lead"]])


def _street_and_supervisors(draft: Draft, event: Event) -> QuerySet[Account]:
    supervisors = Account.objects.filter(is_active=True, memberships__role=Role.SUPERVISOR).distinct()
    return _street(draft, event) | supervisors


_TOLD: dict[str, tuple[Callable[[Draft, Event], QuerySet[Account]], str]] = {
    "draft_whistle": (lambda draft, _event: _answering([draft.row["lead"]], Role.LEADER), "拟哨待审"),
    "whistle": (_called, "吹哨，请报到"),
    "answer_whistle": (_street, "已应哨"),
    "report_in": (_street, "已报到"),
    "refuse_whistle": (_street_and_supervisors, "拒绝应哨"),
}
