"""A new date is told to whoever waits for the old one, where there is a gateway and a number."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests import roads
from tests.district import account

from huiyin.cases.domain import Step, act
from huiyin.cases.models import Case, Event
from huiyin.evaluate import gateway, telling
from huiyin.evaluate.script import forget_scripts


@pytest.fixture
def sent(settings, tmp_path, monkeypatch):
    """A gateway that writes down instead of sending: the wire itself is tested in test_gateway."""
    settings.SMS_FILE = tmp_path / "sms.toml"
    settings.SMS_FILE.write_text('url = "https://gateway.invalid/?to={phone}&text={text}"', "utf-8")
    forget_scripts()
    out = []
    monkeypatch.setattr(gateway, "send", lambda phone, text: out.append((phone, text)))
    return out


def jobs():
    return [job.args for job in ProcrastinateJob.objects.filter(task_name="evaluate.send_date")]


def extended(**message):
    case = roads.at("extension", {"ask_extension": {"reason": "等配件到货"}}, **message)
    step = Step("extend", {"due_at": "2099-03-01T09:00:00Z", "reason": "属实"})
    return act(case=case, steps=[step], account=account("leader.qingyuan"))


def test_an_extension_is_told_with_its_date_and_reason(sent):
    case = extended()
    assert jobs() == [{"case_id": case.pk, "seq": case.seq}]
    telling.send(case.events.get(seq=case.seq))
    ((phone, text),) = sent
    assert (phone, "3-1" in text, "等配件到货" in text, "清源街道" in text) == ("13900000421", True, True, True)
    assert case.title not in text


def test_a_confirmed_deferral_is_told_with_its_next_report(sent):
    case = roads.at("deferred", {"defer": {"reason": "缺资金"}})
    assert jobs() == []
    case = act(case=case, steps=[Step("confirm_deferral", {"reason": "属实"})], account=account("reviewer"))
    telling.send(case.events.get(seq=case.seq))
    assert "缺资金" in sent[0][1]


def test_without_a_gateway_nothing_is_planned(settings, tmp_path):
    settings.SMS_FILE = tmp_path / "none.toml"
    extended()
    assert jobs() == []


def test_without_a_number_nothing_is_sent(sent):
    case = extended(phone="")
    telling.send(case.events.get(seq=case.seq))
    assert sent == []


@pytest.mark.parametrize("told", [{"confidential": True}, {"kind": "report"}])
def test_of_a_confidential_case_and_of_a_report_the_units_words_stay_in_the_house(sent, told):
    case = extended()
    Case.objects.filter(pk=case.pk).update(**told)
    telling.send(Event.objects.get(case=case.pk, seq=case.seq))
    assert ("等配件到货" in sent[0][1], "请凭回执查看" in sent[0][1]) == (False, True)
