import pytest
from django.utils import timezone
from tests.district import account
from tests.reception.beside import ADVISED, ASKED, called, desk, recorded, taken

from huiyin.assign.models import Suggestion
from huiyin.cases.domain import secret_digest
from huiyin.cases.models import Case, CaseText, PrivatePayload, Receipt
from huiyin.collect import knowledge
from huiyin.collect.models import KnowledgeItem
from huiyin.reception import domain, domain_records
from huiyin.reception.choices import Outcome, State
from huiyin.reception.models import Consultation
from huiyin.townhall.domain import Late

pytestmark = pytest.mark.django_db


def test_advice_is_taken_down_masked_and_the_number_is_served():
    at = desk()
    ticket = called(at, name="张思远", phone="13900000517")
    kept = recorded(at, ticket=ticket, question=f"{ASKED}我叫张思远，电话13900000517")
    ticket.refresh_from_db()
    assert (ticket.state, ticket.sealed, kept.case, kept.knowledge) == (State.SERVED, None, None, None)
    assert ("思远" in kept.question, "0000" in kept.question) == (False, False)


def test_a_case_for_a_unit_is_dispatched_at_once_with_a_receipt():
    at = desk()
    ticket = called(at, name="张思远", phone="13900000517")
    kept = recorded(at, ticket=ticket, outcome=Outcome.CASE, lead="heyan")
    case = kept.case
    assert (case.state, case.lead.code, case.channel, case.area.code) == ("to_accept", "heyan", "meeting", "qingyuan")
    opened = domain_records.receipt_of(kept)
    assert opened.number == case.number
    assert Receipt.objects.get(case=case).secret_digest == secret_digest(case.number, opened.secret)
    said = CaseText.objects.get(case=case).text
    assert (ASKED in said, ADVISED in said, case.phone, PrivatePayload.objects.filter(case=case).exists()) == (
        True, True, "139****0517", True,
    )  # fmt: skip


def test_a_case_without_a_unit_waits_for_the_dispatcher_with_a_suggestion():
    kept = recorded(desk(), outcome=Outcome.CASE, advice="")
    assert (kept.case.state, Suggestion.objects.filter(case=kept.case).count()) == ("received", 1)


def test_a_proposed_answer_is_found_and_cannot_be_cited_before_a_unit_looks_after_it():
    kept = recorded(desk(), outcome=Outcome.KNOWLEDGE)
    item, today = kept.knowledge, timezone.localdate()
    (version,) = item.versions.all()
    assert (item.owner, version.title, version.text, version.by) == (None, ASKED, ADVISED, account("leader.qingyuan"))
    assert knowledge.versions_on(today).filter(item=item).exists()
    assert item.pk not in [one.item_id for one in knowledge.offered(ASKED)]
    item.owner = account("leader.qingyuan").unit
    item.save()
    assert item.pk in [one.item_id for one in knowledge.offered(ASKED)]


def test_one_press_is_one_record_and_one_case():
    at = desk()
    ticket = called(at)
    first, again = (recorded(at, ticket=ticket, outcome=Outcome.CASE, press="one") for _ in range(2))
    assert (first.pk, Consultation.objects.count(), Case.objects.count()) == (again.pk, 1, 1)


def test_of_two_who_take_the_same_number_down_one_does():
    at = desk()
    ticket = called(at)
    recorded(at, ticket=ticket)
    with pytest.raises(Late):
        recorded(at, ticket=ticket, outcome=Outcome.CASE)
    assert (Consultation.objects.count(), Case.objects.count()) == (1, 0)


def test_a_number_that_was_not_called_is_not_served():
    at = desk()
    with pytest.raises(Late):
        recorded(at, ticket=taken(at))
    assert KnowledgeItem.objects.filter(code__startswith="desk-").count() == 0


def test_the_next_is_called_once_the_record_is_made():
    at = desk()
    first, second = taken(at), taken(at)
    domain.call_next(at)
    first.refresh_from_db()
    recorded(at, ticket=first)
    assert domain.call_next(at).pk == second.pk
