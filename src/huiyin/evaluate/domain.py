"""Evaluation: an independent caller or the resident says what became of it. Unsolved goes back, never silently."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from huiyin.cases import domain as cases
from huiyin.cases.domain import Step
from huiyin.cases.draft import RESIDENT, SYSTEM, Actor, Draft
from huiyin.cases.models import Case
from huiyin.cases.models import Event as StoredEvent
from huiyin.cases.reactions import Due, due_again
from huiyin.evaluate import hours
from huiyin.evaluate.queries import attempts_of, calls_for, other_callers
from huiyin.evaluate.rules import amount, reasons
from huiyin.kernel.chain import Event, stamp
from huiyin.kernel.moves import MOVES, NOT_OWN_UNIT, Refused
from huiyin.kernel.roles import Role
from huiyin.kernel.states import STATES, WITH_UNIT
from huiyin.language.mask import mask
from huiyin.people.models import Account

FURTHEST_CALL = timedelta(days=30)
HOURS_NEEDED = 3  # domain.md 3.8: three attempts at different hours
URGED = "urged"  # the code of the refusal that is good news
_UNSOLVED = "居民说没有解决"
_JUDGED = ("evaluate", "close_unreached")
_ASKED_ONCE = ("apply_exclusion", "appeal")
_ANOTHER_ROUND = ("redo", "reopen", "rebound")
_ANSWERED_AT_ONCE = ("answer_directly", "redirect")


def caller(account: Account, kind: str, case: Case) -> Actor:
    """The account as a caller on this case. Raises `Refused`: nobody of the handling unit calls back its case."""
    if not calls_for(account, case):
        raise Refused("guard", *whose_call(case))
    return cases.actor_for(account, MOVES[kind], case)


def whose_call(case: Case) -> tuple[str, str]:
    """The sentence, in Chinese and English, for a caller of the unit that handled the case: who calls instead."""
    others = other_callers(case)
    if not others:
        return (
            f"{NOT_OWN_UNIT.zh}目前没有别的单位设回访员，请管理员设一位；居民也可以用短信、网页自己评价。",
            f"{NOT_OWN_UNIT.en} No other unit has a caller: ask for one, or let the resident answer online.",
        )
    return (
        f"{NOT_OWN_UNIT.zh}请由{'、'.join(others)}的回访员来打。",
        f"{NOT_OWN_UNIT.en} Callers of {', '.join(others)} can.",
    )


def attempt(*, case: Case, account: Account, outcome: str, next_at: datetime | None = None) -> Case:
    """Nobody was reached. Without `next_at` the next try is at another time of day. Raises `Refused`, `Conflict`."""
    now = timezone.now()
    planned = next_at or hours.next_time([*attempts_of(case.pk, case.attempts), now], now)
    recorded = {"outcome": outcome, "next_at": stamp(planned)}
    return cases.act_as(case=case, steps=[Step("attempt", recorded)], actor=caller(account, "attempt", case), at=now)


def record(
    *,
    case: Case,
    actor: Actor,
    contacted: bool,
    solved: bool,
    satisfaction: str,
    text: str = "",
    means: str = "phone",
    kind: str = "",
) -> Case:
    """The three answers; `follow_up` adds what comes of them. `satisfaction` is a value of `Satisfaction`.

    `kind` is the move that a form was shown for; without one, what fits now. Of a case that is late with its unit they
    are on record and count, and the unit goes on (domain.md 3.2, 10).
    Raises `Refused`, `Conflict`.
    """
    answers = {"contacted": contacted, "solved": solved, "satisfaction": satisfaction, "means": means}
    public, private = said(case, text, f"evaluation_{case.seq + 1}" if case.state in WITH_UNIT else "evaluation")
    return cases.act_as(case=case, steps=[Step(kind or hearing(case), answers | public, private)], actor=actor)


def hearing(case: Case) -> str:
    """The move that records what the resident says now."""
    return "call_when_due" if case.state in WITH_UNIT else "evaluate"


def close_unreached(*, case: Case, account: Account, reason: str) -> Case:
    """No valid callback, so no rate counts it, and the case is archived. Raises `Refused`, `Conflict`."""
    actor = caller(account, "close_unreached", case)
    return cases.act_as(case=case, steps=[Step("close_unreached", {"reason": reason})], actor=actor)


def follow_up(drafts: Sequence[Draft]) -> None:
    """Reaction to moves, from whichever door: what is judged is archived, or goes back to the unit with a new date.

    Who said “not solved” and cannot be reached in a later round is not talked over: a reviewer decides.
    Raises `Refused` for a callback given up before three different hours were tried.
    """
    for draft in drafts:
        last = draft.entries[-1].event
        if last.kind == "attempt" and last.public.get("next_at"):
            _require_calling_hour(datetime.fromisoformat(last.public["next_at"]), last.at)
        if last.kind == "close_unreached":
            _require_different_hours(draft)
        if last.kind == "urge":
            _require_some_time(draft, last)
        if last.kind in _ASKED_ONCE:
            _require_first_time(draft, last)
        if last.kind == "apply_exclusion":
            _require_known_reason(last)
        actor = Actor(last.actor, Role(last.role), last.unit)
        if last.kind == "evaluate" and draft.row["solved"] is False:
            _back_to_the_unit(draft, actor, last.at)
        elif last.kind in _JUDGED and draft.row["solved"] is not False:
            draft.add("archive", at=last.at, actor=actor)
        elif last.kind in _ANSWERED_AT_ONCE:
            draft.add("archive", at=last.at, actor=SYSTEM)


def _require_calling_hour(planned: datetime, now: datetime) -> None:
    if not now < planned <= now + FURTHEST_CALL or not hours.may_ring(planned):
        raise Refused(
            "hours",
            "下次回访请选以后 30 天之内的时间，并在 9–12 点、14 点–20 点半之间。",
            "Choose a later time within 30 days, between 9 and 12 or between 14:00 and 20:30.",
        )


def _require_different_hours(draft: Draft) -> None:
    if hours.different_hours(attempts_of(draft.id, draft.row["attempts"])) < HOURS_NEEDED:
        raise Refused(
            "hours",
            "要在三个不同的钟点都联系不上，才能记为无效回访。请换个时段再打一次。",
            "Only after tries at three different hours of the day may this be recorded. Try once more at another hour.",
        )


def _require_some_time(draft: Draft, last: Event) -> None:
    """domain.md 3.2, 2025 opinion: reminded lately, the person is told the progress instead (催办告知)."""
    hours_between = amount("urge_hours", last.at)
    if not hours_between:
        return
    since = last.at - timedelta(hours=hours_between)
    urged = StoredEvent.objects.filter(case_id=draft.id, kind="urge", at__gt=since).order_by("-seq").first()
    if urged is None:
        return
    when, due = (date_format(hours.local(at), "n-j H:i") for at in (urged.at, _due(draft.row, last.at)))
    until = hours.local(urged.at + timedelta(hours=hours_between))
    raise Refused(
        URGED,
        f"{when} 已经提醒过承办单位，现在是“{STATES[draft.row['state']].zh}”，应在 {due} 前答复。"
        f"{date_format(until, 'n-j H:i')} 以后可以再催。",
        f"The unit was reminded on {when}. It stands at “{STATES[draft.row['state']].en}”, to be answered by {due}. "
        f"You can remind it again after {date_format(until, 'n-j H:i')}.",
    )


def _due(row: dict[str, Any], otherwise: datetime) -> datetime:
    return datetime.fromisoformat(row["due_at"]) if row["due_at"] else otherwise


def _require_first_time(draft: Draft, last: Event) -> None:
    """Once a round, whatever became of it: asked again and again it would count in the rates each time."""
    earlier = StoredEvent.objects.filter(case_id=draft.id, seq__lt=last.seq).order_by("-seq")
    kinds = earlier.filter(kind__in=(last.kind, *_ANOTHER_ROUND)).values_list("kind", flat=True)
    if kinds.first() == last.kind:
        move = MOVES[last.kind]
        raise Refused(
            "once",
            f"这一轮办理已经“{move.zh}”过一次，结论有效：不能再次“{move.zh}”。",
            f"“{move.en}” was used in this round already, and the decision stands: it cannot be used again.",
        )


def _require_known_reason(last: Event) -> None:
    """The catalogue of the day; where a district keeps none, any words."""
    known = set(reasons(last.at).values_list("code", flat=True))
    if known and last.public["category_of_reason"] not in known:
        raise Refused(
            "reason",
            "剔除理由不在今天有效的目录里：请从目录中选择。",
            "This reason is not in the catalogue in force: choose one from it.",
        )


def from_resident(*, case: Case, kind: str, text: str = "") -> Case:
    """Supplement, urge or withdraw by the person who brought it. Raises `Refused`, `Conflict`."""
    name = "reason" if kind == "withdraw" else "text"
    public, private = said(case, text, f"{kind}_{case.seq + 1}", name)
    return cases.act_as(case=case, steps=[Step(kind, public, private)], actor=RESIDENT)


def said(case: Case, text: str, key: str, name: str = "text") -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Words as the event keeps them: masked in public, the original sealed; on a confidential case all sealed."""
    text = text.strip()
    if not text:
        return {}, None
    if case.confidential:
        return {}, {name: text}
    masked = mask(text).text
    return {name: masked}, ({key: text} if masked != text else None)


def _back_to_the_unit(draft: Draft, actor: Actor, now: datetime) -> None:
    due = new_due(draft.row, now)
    public = {"due_at": stamp(due.at), "reason": _UNSOLVED, "trace": list(due.trace)}
    draft.add("redo", at=now, actor=actor, public=public)


def new_due(row: dict[str, Any], now: datetime) -> Due:
    """When a case that goes back to its unit must be answered. A dispatched case always gets a date."""
    return due_again(row, now) or _as_long_as_before(row, now)


def _as_long_as_before(row: dict[str, Any], now: datetime) -> Due:
    """Where no rule answers any more: the time that the unit had at first. A dispatched case always has both dates."""
    given, until = (datetime.fromisoformat(row[name]) for name in ("dispatched_at", "due_at"))
    return Due(now + (until - given), ("现行规则算不出期限，按原来的办理时长重新计算。",))
