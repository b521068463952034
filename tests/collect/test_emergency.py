import pytest
from tests.district import account, received

from huiyin.cases.domain import Step, act
from huiyin.cases.models import Case, Event
from huiyin.collect.domain import Message, receive
from huiyin.collect.emergency import spotted
from huiyin.notices.models import Notice

pytestmark = pytest.mark.django_db
GAS = "楼道里煤气味很大，好像煤气泄漏了，老人在家。"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (GAS, ["119"]),
        ("三楼起火了，有人晕倒", ["119", "120"]),
        ("邻居持刀闹事，马上要出人命", ["110"]),
        ("门口自来水爆管，水很大", ["12345"]),
        ("建议加装燃气泄漏报警器", []),
        ("楼道堆物有火灾隐患", []),
        ("超市跳楼价虚假宣传", []),
        ("暖气不热", []),
    ],
)
def test_words_that_cannot_wait_say_whom_to_call(text, numbers):
    assert [alarm.number for alarm in spotted(text)] == numbers


def test_it_is_handed_off_as_it_arrives_and_the_supervisors_are_told():
    case = received(text=GAS)
    assert (case.state, case.emergency, case.urgency) == ("received", True, "emergency")
    handed = Event.objects.get(kind="hand_off")
    assert (handed.actor, "119" in handed.public["where"]) == ("system", True)
    assert handed.public["reason"] == "话里有“煤气味很大”、“煤气泄漏”"
    told = Notice.objects.get()
    assert (told.account, told.urgent, told.url) == (account("supervisor"), True, case.url)


def test_nothing_personal_is_in_the_notice():
    received(text=f"{GAS}我叫张三丰，电话13900000421。")
    told = Notice.objects.get()
    assert not any(word in f"{told.subject}{told.text}{told.url}" for word in ("张三丰", "13900000421"))


def test_what_is_ordinary_is_left_alone():
    case = received()
    assert (case.emergency, Notice.objects.count()) == (False, 0)


def test_what_a_file_tells_of_long_ago_alarms_nobody():
    from datetime import UTC, datetime  # noqa: PLC0415 only here

    receive(Message(text=GAS, channel="web"), at=datetime(2026, 1, 5, 8, tzinfo=UTC))
    assert (Case.objects.get().emergency, Notice.objects.count()) == (False, 0)


def test_a_false_alarm_is_lowered_with_a_reason_and_stays_on_record():
    case = received(text=GAS)
    lowered = Step("correct", {"urgency": "normal", "reason": "已核实，是邻居炖菜的味道"})
    case = act(case=case, steps=[lowered], account=account("agent"))
    assert (case.urgency, case.emergency) == ("normal", True)


def test_the_public_form_says_the_number_while_typing_and_on_the_receipt(client):
    hint = client.post("/say/alarm/", {"text": GAS}).content.decode()
    assert 'href="tel:119"' in hint
    assert client.post("/say/alarm/", {"text": "暖气不热"}).content.decode().strip() == ""
    client.post("/say/", {"text": GAS, "consent": "on", "press": "p1"})
    assert "119" in client.get("/say/receipt/").context["handed_off"]


def test_an_ordinary_receipt_says_nothing_of_it(client):
    client.post("/say/", {"text": "暖气不热", "consent": "on", "press": "p1"})
    assert client.get("/say/receipt/").context["handed_off"] == ""


def test_a_confidential_emergency_is_handed_off_too_and_its_event_hides_the_text():
    case = received(text=GAS, confidential=True)
    assert case.emergency is True
    assert "老人" not in str(Event.objects.get(kind="hand_off").public)
