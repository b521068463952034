"""What was demanded becomes cases, and is checked off, or goes back, at the next meeting."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from huiyin.assign.domain import owners
from huiyin.cases import codes
from huiyin.cases import domain as cases
from huiyin.cases.choices import Channel
from huiyin.cases.choices import Kind as CaseKind
from huiyin.cases.domain import Step
from huiyin.cases.draft import SYSTEM, Draft
from huiyin.cases.models import Case
from huiyin.collect.domain import Message, receive_draft
from huiyin.kernel.chain import stamp
from huiyin.monthly.choices import Kind, Stage
from huiyin.monthly.domain import Late, held_at_stage
from huiyin.monthly.models import Point, Review, Signature
from huiyin.people.models import Account

REASON: Final = "月度点评会要求"
CHECKED_OFF: Final = "点评会对账：已完成，销号"


@transaction.atomic
def hold(review: Review) -> int:
    """The meeting is over: each demand of a signed card becomes a case with owner and date. How many.

    Raises `Late` at another stage, ValueError naming the unit whose demand cannot be dispatched as it stands.
    """
    held_at_stage(review, Stage.SIGNED)
    points = list(demands(review).filter(case=None))
    orders = [_order(point) for point in points]
    drafts = [
        directive(point.text, lead=lead, due=due, basis=str(review), source_id=f"{review.label}/{point.pk}")
        for point, (lead, due) in zip(points, orders, strict=True)
    ]
    if drafts:
        cases.open_cases(drafts)
    for point, draft in zip(points, drafts, strict=True):
        point.case_id = draft.id
    Point.objects.bulk_update(points, ["case"])
    Review.objects.filter(pk=review.pk).update(stage=Stage.HELD, held_at=timezone.now())
    return len(points)


def demands(review: Review) -> QuerySet[Point]:
    """Of signed cards, in the order of units."""
    standing = Signature.objects.filter(withdrawn_at=None)
    found = Point.objects.filter(card__review=review, kind=Kind.DEMAND, card__signatures__in=standing)
    return found.select_related("owner", "case", "card__unit").order_by("card__unit__path", "order", "pk")


def _order(point: Point) -> tuple[str, date]:
    """Owner by code, and date."""
    unit = str(point.card.unit)
    if point.owner is None or not point.owner.active:
        raise ValueError(f"{unit}：要求“{point.text[:20]}”的责任单位已不在名册，请先改派。")
    if point.due is None or point.due <= timezone.localdate():
        raise ValueError(f"{unit}：要求“{point.text[:20]}”没有期限，或期限已过，请先改期。")
    return point.owner.code, point.due


def directive(text: str, *, lead: str, due: date, basis: str, source_id: str) -> Draft:
    """Opened and dispatched in one go: the meeting has said who (a unit's code) and by when."""
    at = timezone.now()
    message = Message(
        text=text, channel=Channel.REVIEW.value, kind=CaseKind.DIRECTIVE.value, source="monthly", source_id=source_id,
    )  # fmt: skip
    draft = receive_draft(message, actor=SYSTEM, at=at)
    # Leaders' words are about a unit's work: read as a request's they would be of whatever they mention.
    known = {"kind": CaseKind.DIRECTIVE.value, "category": codes.categories().last(), "urgency": "normal"}
    draft.add("register", at=at, actor=SYSTEM, public=known)
    due_at = timezone.make_aware(datetime.combine(due, time(18)))
    order = {
        "lead": lead, "due_at": stamp(due_at), "basis": basis, "reason": REASON,
        **owners(lead, (), (), start=at, due_at=due_at),
    }  # fmt: skip
    return draft.add("dispatch", at=at, actor=SYSTEM, public=order)


@transaction.atomic
def check_off(case: Case, *, by: Account) -> None:
    """Done, as the meeting finds: judged and archived in its name. No rate counts it. Raises `Late`, `Refused`."""
    if case.kind != CaseKind.DIRECTIVE or case.state != "to_call_back":
        raise Late
    cases.act(case=case, steps=[Step("note", {"text": CHECKED_OFF})], account=by)
    judged = Step("evaluate", {"contacted": True, "solved": True, "satisfaction": "satisfied", "text": CHECKED_OFF})
    cases.act_as(case=case, steps=[judged, Step("archive")], actor=SYSTEM)
    _close(case)


@transaction.atomic
def send_back(case: Case, *, reason: str, due_at: datetime, by: Account) -> None:
    """Not done: the unit has it again, with a new date. Raises `Late`, `Refused`."""
    if case.kind != CaseKind.DIRECTIVE or case.state != "to_call_back":
        raise Late
    cases.act(case=case, steps=[Step("reopen", {"reason": reason, "due_at": stamp(due_at)})], account=by)


def _close(case: Case) -> None:
    """With its last demand checked off, the meeting itself is done with."""
    held = Review.objects.filter(stage=Stage.HELD, cards__points__case=case)
    for review in held:
        if not any(_open(review)):
            Review.objects.filter(pk=review.pk).update(stage=Stage.CLOSED)


def _open(review: Review) -> Iterator[Point]:
    return (point for point in demands(review) if point.case and point.case.state != "archived")
