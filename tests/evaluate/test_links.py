from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, dispatched, to_call_back

from huiyin.cases.models import AccessLog, Case
from huiyin.evaluate import domain, gateway, links
from huiyin.evaluate.models import Link
from huiyin.kernel.moves import Refused
from huiyin.people.models import Membership, Unit

ANSWERS = {"contacted": True, "solved": True, "satisfaction": "satisfied"}


@pytest.fixture
def post(settings, tmp_path):
    """A gateway is described; what it would be handed is not sent in these tests."""
    settings.SMS_FILE = tmp_path / "sms.toml"
    settings.SMS_FILE.write_text('url = "https://gateway.invalid/?to={phone}&text={text}"', "utf-8")


def test_a_link_evaluates_once_by_its_own_means():
    case = to_call_back()
    link = links.give(case=case, means="qr")
    links.use(link=links.find(links.token_of(link)), answers=ANSWERS)
    case.refresh_from_db()
    assert (case.state, case.solved, case.evaluated_by) == ("archived", True, "resident")
    assert case.events.get(kind="evaluate").public["means"] == "qr"
    with pytest.raises(Refused) as refused:
        links.use(link=links.find(links.token_of(link)), answers=ANSWERS)
    assert refused.value.code == "link"


def test_only_a_hash_of_the_token_is_kept():
    link = links.give(case=to_call_back(), means="sms")
    assert links.token_of(link) not in str(Link.objects.values().get())


def test_asked_for_twice_it_is_one_link():
    case = to_call_back()
    assert links.give(case=case, means="sms") == links.give(case=case, means="sms")
    assert Link.objects.count() == 1


def test_an_old_link_is_refused_and_changes_nothing():
    case = to_call_back()
    link = links.give(case=case, means="sms")
    Link.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(Refused):
        links.use(link=links.find(links.token_of(link)), answers=ANSWERS)
    assert Case.objects.get(pk=case.pk).state == "to_call_back"


def test_a_link_is_for_one_closing_only():
    case = to_call_back()
    link = links.give(case=case, means="sms")
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now() + timedelta(days=1))
    assert not links.find(links.token_of(link)).is_open(timezone.now())


def test_a_refused_answer_does_not_use_the_link_up():
    link = links.give(case=to_call_back(), means="sms")
    with pytest.raises(Refused):
        links.use(link=link, answers={**ANSWERS, "satisfaction": ""})
    assert Link.objects.get().used_at is None


def test_no_link_before_the_unit_has_answered():
    with pytest.raises(Refused):
        links.give(case=dispatched(), means="sms")


def test_a_text_message_is_on_record_logged_and_not_a_call(post):
    case = to_call_back()
    links.text_message(case=case, account=account("caller"), root="https://muhe.invalid/")
    case.refresh_from_db()
    event = case.events.get(kind="attempt")
    assert (event.public["outcome"], case.attempts) == ("sms", 1)
    assert case.next_call_at >= event.at + timedelta(hours=24)
    assert domain.attempts_of(case.pk, case.attempts) == []
    assert AccessLog.objects.get().purpose == "callback"


def test_without_a_gateway_nothing_is_sent():
    with pytest.raises(Refused) as refused:
        links.text_message(case=to_call_back(), account=account("caller"), root="https://muhe.invalid/")
    assert refused.value.code == "sms"
    assert not AccessLog.objects.exists()


def test_the_handling_unit_sends_no_message(post):
    Membership.objects.create(account=account("caller"), role="handler", unit=Unit.objects.get(code="qingyuan"))
    with pytest.raises(Refused):
        links.text_message(case=to_call_back(), account=account("caller"), root="https://muhe.invalid/")


def test_a_failed_delivery_names_nobody(post):
    link = links.give(case=to_call_back(), means="sms")
    with pytest.raises(gateway.NotSent) as error:
        links.deliver(link, "https://muhe.invalid/")
    assert "139" not in str(error.value)
    assert Link.objects.get().sent_at is None


def test_one_closing_is_asked_about_by_one_message(post):
    case = to_call_back()
    links.text_message(case=case, account=account("caller"), root="https://muhe.invalid/")
    case.refresh_from_db()
    with pytest.raises(Refused):
        links.text_message(case=case, account=account("caller"), root="https://muhe.invalid/")
    assert case.events.filter(kind="attempt").count() == 1
