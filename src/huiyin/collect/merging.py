"""One matter, many callers: later cases are answered with the one that runs, and all are told together."""

from collections.abc import Iterator, Sequence

from huiyin.cases import codes
from huiyin.cases.choices import Kind
from huiyin.cases.domain import Step, act, act_as
from huiyin.cases.draft import SYSTEM, Draft
from huiyin.cases.models import Case, CaseText
from huiyin.cases.recording import step
from huiyin.kernel.chain import Event, stamp
from huiyin.kernel.moves import Refused
from huiyin.kernel.states import WITH_UNIT
from huiyin.people.models import Account


def merge(*, case: Case, into: Case, account: Account, reason: str) -> Case:
    """`case` waits for the answer of `into`: its unit and date. Unregistered, it takes over what `into` is about.

    Raises `Refused` when `into` is not with a unit, is the same case, or one of both is confidential; `Conflict`.
    """
    known = {
        "kind": case.kind or into.kind,
        "category": codes.categories().code(case.category_id or into.category_id),
        "urgency": case.urgency,
    }
    waits = {
        "parent": into.number,
        "lead": codes.units().code(into.lead_id),
        "due_at": stamp(into.due_at) if into.due_at else None,
        "reason": reason,
    }
    first = [Step("register", known)] if case.state == "received" and all(known.values()) else []
    return act(case=case, steps=[*first, step("merge", waits)], account=account)


def merged_into(number: str) -> list[Case]:
    """Cases that are answered with this one, oldest first."""
    return list(Case.objects.filter(parent=number).order_by("pk"))


def follow_parents(drafts: Sequence[Draft]) -> None:
    """Reaction to moves: what is merged must fit; what is answered is told to all; what ends unanswered lets them go.

    Raises `Refused` for a merge, from whichever door, into a case that cannot answer it.
    """
    for draft in drafts:
        kinds = {event.kind for event, _ in draft.entries}
        for event, _ in draft.entries:
            if event.kind == "merge":
                _check(draft, event)
        if "approve" in kinds:
            _inform(draft)
        elif "withdraw" in kinds:  # the only way out of a unit without an answer
            _release(draft)


def _check(draft: Draft, event: Event) -> None:
    # Locked, so that its answer does not slip in between this look and our commit.
    parent = Case.objects.select_for_update(of=("self",)).filter(number=event.public["parent"]).first()
    if parent is None or parent.pk == draft.id or parent.state not in WITH_UNIT or parent.kind == Kind.DIRECTIVE:
        raise Refused(
            "merge",
            f"不能并入{event.public['parent']}：主诉求须已派单、还在承办单位办理中。请另选一件，或单独派单。",
            f"{event.public['parent']} cannot take it: the parent must be with a unit and unanswered. Choose another.",
        )
    if parent.confidential or draft.row["confidential"]:
        raise Refused(
            "merge",
            "保密的诉求单独办理，不并案：答复不能让别的来电人看到。请单独派单。",
            "A confidential case is handled on its own: its answer is nobody else's to read. Dispatch it alone.",
        )
    due_at = stamp(parent.due_at) if parent.due_at else None
    if (event.public["lead"], event.public["due_at"]) != (codes.units().code(parent.lead_id), due_at):
        raise Refused(
            "merge",
            "主诉求的单位或期限刚刚变了。请重新打开再并案。",
            "The parent's unit or date has just changed. Open it again, then merge.",
        )


def _waiting(draft: Draft) -> Iterator[Case]:
    """The cases that wait for this one, locked: from here on nobody else moves them, nor merges another."""
    list(Case.objects.select_for_update(of=("self",)).filter(pk=draft.id).values_list("pk"))
    yield from Case.objects.select_for_update(of=("self",)).filter(parent=draft.number, state="merged").order_by("pk")


def _inform(draft: Draft) -> None:
    """All callers hear the same answer in the transaction that approves it, and each may judge it."""
    children = list(_waiting(draft))
    if not children:
        return
    reply = draft.row["reply"] or CaseText.objects.values_list("reply", flat=True).get(pk=draft.id)
    told = {name: draft.row[name] for name in ("lead", "due_at")} | {"text": reply, "number": draft.number}
    at = draft.entries[-1].event.at
    for child in children:
        act_as(case=child, steps=[Step("inform", told)], actor=SYSTEM, at=at)


def _release(draft: Draft) -> None:
    reason = f"主诉求{draft.number}没有答复就结束了，恢复单独办理"
    for child in list(_waiting(draft)):
        act_as(case=child, steps=[Step("unmerge", {"reason": reason})], actor=SYSTEM, at=draft.entries[-1].event.at)
