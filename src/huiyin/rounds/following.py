"""What follows of a check, from whichever door it comes: a mismatch reopens the case with a new date, at once."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from huiyin.cases.draft import SYSTEM, Draft
from huiyin.evaluate.domain import new_due
from huiyin.kernel.chain import Event, stamp
from huiyin.kernel.roles import Role
from huiyin.notices.domain import notify
from huiyin.people.models import Account
from huiyin.rounds.models import Check, Result

_BACK_TO_THE_UNIT = ("redo", "reopen", "rebound")
_REOPENED = "外部核查到现场查看，与单位的反馈不符，重新办理"


def follow_up(drafts: Sequence[Draft]) -> None:
    """Reaction to moves: the drawn check of the case is settled; an answer that does not hold no longer counts."""
    for draft in drafts:
        last = draft.entries[-1].event
        if last.kind == "verify":
            _settle(draft, last)
        elif last.kind in _BACK_TO_THE_UNIT:
            _open(draft).update(result=Result.GONE, done_at=last.at)


def _settle(draft: Draft, last: Event) -> None:
    agrees = last.public["agrees"] is True
    _open(draft).update(
        result=Result.MATCHES if agrees else Result.MISMATCH,
        checker=account_id(last.actor),
        distance_m=last.public.get("distance_m"),
        seq=last.seq,
        done_at=last.at,
    )
    if not agrees:
        _reopen(draft, last)


def account_id(actor: str) -> int | None:
    """Where an account acted, its id."""
    kind, _, number = actor.partition(":")
    return int(number) if kind == "account" else None


def _open(draft: Draft) -> QuerySet[Check]:
    return Check.objects.filter(case_id=draft.id, done_at=None)


def _reopen(draft: Draft, last: Event) -> None:
    """Closed, evaluated, solved: none of it stands. The fold has counted the mismatch already."""
    due = new_due(draft.row, last.at)
    told = {"reason": _REOPENED, "due_at": stamp(due.at), "trace": list(due.trace)}
    draft.add("reopen", at=last.at, actor=SYSTEM, public=told)
    notify(
        accounts=_concerned(str(draft.row["lead"])),
        key=f"check:mismatch:{draft.number}:{last.seq}",
        subject=f"外部核查不符，已重开 · {draft.number}",
        text="" if draft.row["confidential"] else str(draft.row["title"]),
        url=f"/cases/{draft.number}/",
    )


def _concerned(lead: str) -> QuerySet[Account]:
    """Who handles and answers for it in the unit, and who supervises in the district."""
    unit = Q(memberships__unit__code=lead, memberships__role__in=(Role.HANDLER, Role.LEADER))
    return Account.objects.filter(unit | Q(memberships__role=Role.SUPERVISOR), is_active=True).distinct()
