"""What was asked at a desk and advised; the case or the proposed answer that comes of it. One transaction each."""

from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from huiyin.assign import triage
from huiyin.assign.domain import owners
from huiyin.cases import codes
from huiyin.cases import domain as cases
from huiyin.cases.draft import RESIDENT, SYSTEM, Draft
from huiyin.cases.private import unseal
from huiyin.collect.domain import Message, Opened, receive_draft, without_person
from huiyin.collect.knowledge import add_version
from huiyin.collect.models import KnowledgeItem, KnowledgeVersion
from huiyin.kernel.chain import stamp
from huiyin.language.mask import mask
from huiyin.people.models import Account, Area, Unit
from huiyin.reception.choices import Outcome, State
from huiyin.reception.domain import move
from huiyin.reception.models import Consultation, Desk, Ticket
from huiyin.townhall.domain import CHANNEL, Late
from huiyin.townhall.punctuation import visible

ASKED, ADVISED = 500, 1000
REASON: Final = "专家坐诊后当场交办"
_USUAL = timedelta(days=7)
_TITLE = 120


@transaction.atomic
def record(
    desk: Desk,
    *,
    by: Account,
    question: str,
    advice: str,
    outcome: Outcome,
    press: str,
    ticket: Ticket | None = None,
    name: str = "",
    phone: str = "",
    lead: str = "",
) -> Consultation:
    """Take it down, masked; the number is served. Sent twice, it is one record and one case.

    `lead` is the code of the unit a case is handed to; without one the dispatch desk decides. Without a ticket it is
    somebody who walked up. Raises `Late` where somebody else has settled the number, or sent the same press.
    """
    Desk.objects.select_for_update().get(pk=desk.pk)  # a second press waits, and finds what the first has made
    if known := desk.consultations.filter(press=press, by=by).first():
        return known
    contact = _contact(ticket, name, phone)
    if ticket:
        move(ticket, {State.CALLED}, State.SERVED, settled_at=timezone.now(), sealed=None)
    asked, advised = (_masked(contact, visible(text).strip()) for text in (question, advice))
    try:
        with transaction.atomic():
            kept = Consultation.objects.create(
                desk=desk, ticket=ticket, question=asked[:ASKED], advice=advised[:ADVISED], outcome=outcome,
                press=press, by=by, at=timezone.now(),
            )  # fmt: skip
    except IntegrityError:
        raise Late from None
    if outcome == Outcome.CASE:
        _open(kept, contact, question.strip(), lead)
    elif outcome == Outcome.KNOWLEDGE:
        _propose(kept)
    return kept


def secret_of(kept: Consultation) -> str:
    """What opens its case: shown to whoever was at the desk, kept nowhere."""
    return cases.secret_of(f"reception {kept.desk_id} {kept.press}")


def receipt_of(kept: Consultation) -> Opened | None:
    return Opened(kept.case.number, secret_of(kept)) if kept.case else None


def _contact(ticket: Ticket | None, name: str, phone: str) -> Message:
    """What the desk heard stands before what was told with the number."""
    told = unseal(bytes(ticket.sealed)) if ticket and ticket.sealed else {}
    person, number = name.strip() or told.get("name", ""), phone.strip() or told.get("phone", "")
    return Message(text="", channel=CHANNEL, person=person, phone=number)


def _masked(contact: Message, text: str) -> str:
    return mask(without_person(contact, text)).text


def _open(kept: Consultation, contact: Message, question: str, lead: str) -> None:
    """Dispatched in one go where the desk knows to whom; else received, and first in the dispatcher's queue."""
    meeting = kept.desk.meeting
    advice = f"\n专家坐诊意见：{kept.advice}" if kept.advice else ""
    message = Message(
        text=f"{question}{advice}", person=contact.person, phone=contact.phone, channel=CHANNEL, place=meeting.venue,
        area=area_of(meeting.unit), source="reception", source_id=f"{meeting.code}/{kept.pk}",
    )  # fmt: skip
    draft = receive_draft(message, actor=RESIDENT)
    cases.give_secret(draft, secret_of(kept))
    if lead:
        _hand_over(draft, kept, lead)
    cases.open_cases([draft])
    kept.case_id = draft.id
    kept.save(update_fields=["case"])


def _hand_over(draft: Draft, kept: Consultation, lead: str) -> None:
    at = draft.entries[-1].event.at
    due_at = at + _USUAL
    named = {"kind": "help", "category": _category(kept.question) or codes.categories().last(), "urgency": "normal"}
    draft.add("register", at=at, actor=SYSTEM, public=named)
    order = {
        "lead": lead, "due_at": stamp(due_at), "basis": str(kept.desk.meeting), "reason": REASON,
        **owners(lead, (), (), start=at, due_at=due_at),
    }  # fmt: skip
    draft.add("dispatch", at=at, actor=SYSTEM, public=order)


def _propose(kept: Consultation) -> None:
    """A known answer that nobody looks after yet: found by everybody on the staff, cited by none until one is named."""
    item = KnowledgeItem.objects.create(
        code=f"desk-{kept.pk}", category_id=codes.categories().id(_category(kept.question)), owner=None
    )
    version = KnowledgeVersion(
        title=kept.question[:_TITLE], text=kept.advice, source=f"{kept.desk.meeting}·专家坐诊·{kept.desk}",
        valid_from=timezone.localdate(),
    )  # fmt: skip
    add_version(item=item, version=version, by=kept.by)
    kept.knowledge = item
    kept.save(update_fields=["knowledge"])


def _category(text: str) -> str | None:
    return triage.guess([text])[0].category


def area_of(unit: Unit) -> str | None:
    """The area that a unit serves as a whole; None for a bureau."""
    return Area.objects.filter(unit=unit, parent=None).order_by("code").values_list("code", flat=True).first()
