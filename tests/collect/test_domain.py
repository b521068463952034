import pytest
from tests.district import account

from huiyin.cases.domain import secret_digest
from huiyin.cases.draft import Actor
from huiyin.cases.models import Case, Event, PrivatePayload, Receipt
from huiyin.cases.private import unseal
from huiyin.collect.domain import Message, headline, receive, receive_once, without_person
from huiyin.kernel.roles import Role
from huiyin.language.mask import mask

pytestmark = pytest.mark.django_db
TEXT = "东里小区3号楼暖气不热，我叫张三丰，电话13900000421。请尽快处理。"


def message(**changes):
    return Message(**{"text": TEXT, "channel": "web", "person": "张三丰", "phone": "13900000421", **changes})


def private_of(case):
    return unseal(bytes(PrivatePayload.objects.get(case=case).sealed))


def test_the_case_is_masked_and_its_originals_are_sealed():
    case = Case.objects.get(number=receive(message(place="东里小区3号楼2单元501")).number)
    assert (case.state, case.person, case.phone) == ("received", "张**", "139****0421")
    assert "13900000421" not in case.body.text
    assert "张三丰" not in case.body.text
    private = private_of(case)
    assert (private["original"], private["number"], private["name"]) == (TEXT, "13900000421", "张三丰")
    assert private["original_place"] == "东里小区3号楼2单元501"


def test_a_title_too_long_for_a_list_is_kept_whole():
    title = "关于东里小区供暖温度长期不达标并且多次反映一直没有得到解决而且没有人告诉我们什么时候能够修好的问题"
    case = Case.objects.get(number=receive(message(title=title)).number)
    assert (len(case.title), private_of(case)["original_title"]) == (40, title)


def test_a_confidential_case_shows_nothing_in_its_event():
    receive(message(confidential=True))
    public = Event.objects.get().public
    assert public == {"channel": "web", "urgency": "normal", "confidential": True}


def test_the_pin_is_public_to_a_hundred_metres_only():
    case = Case.objects.get(number=receive(message(lat=36.613912, lon=115.975067)).number)
    assert (case.lat_e3, case.lon_e3, private_of(case)["pin"]) == (36614, 115975, "36.613912,115.975067")


def test_the_same_press_opens_one_case_and_gives_the_same_receipt():
    first, second = (receive_once(message(), press="p1") for _ in range(2))
    assert first == second
    assert Case.objects.count() == 1
    assert Receipt.objects.get().secret_digest == secret_digest(first.number, first.secret)


def test_other_words_under_the_same_press_are_another_case():
    first, second = receive_once(message(), press="p1"), receive_once(message(text="另一件事"), press="p1")
    assert first.number != second.number
    assert first.secret != second.secret


def test_what_is_stored_of_a_press_does_not_open_the_case():
    opened = receive_once(message(), press="p1")
    stored = Case.objects.get().source_id
    again = receive_once(message(), press=stored)
    assert (again.number == opened.number, again.secret == opened.secret) == (False, False)


def test_an_agent_receives_and_registers_in_one_go():
    agent = Actor(f"account:{account('agent').pk}", Role.AGENT, "hotline")
    registration = {"kind": "help", "category": "03.01", "urgency": "urgent"}
    receive_once(message(channel="phone"), press="p", actor=agent, registration=registration)
    assert list(Event.objects.order_by("seq").values_list("kind", "role")) == [
        ("receive", "agent"),
        ("register", "agent"),
    ]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("暖气不热。已经三天了。", "暖气不热"),
        ("\n\n  暖气不热！", "暖气不热"),
        ("我的电话13900000421，请回电", "我的电话139****0421，请回电"),
        ("", ""),
        ("暖" * 60, "暖" * 39 + "…"),
        ("暖" * 37 + "85.5%以上", "暖" * 37 + "…"),
        ("1" * 60, "1" * 39 + "…"),
    ],
)
def test_the_title_is_the_first_sentence_masked(text, title):
    assert headline(mask(text).text) == title


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ("打13900000421", "打139****0421"),
        ("打139 0000-0421！或139.0000.0421", "打139****0421！或139****0421"),
        ("编号5,13900000421,7", "编号5,139****0421,7"),
        ("2026年13900000422", "2026年13900000422"),
        ("139——————0000 0421", "139——————0000 0421"),
        ("1390000042", "1390000042"),
    ],
)
def test_the_persons_number_is_hidden_however_it_is_spaced(written, left):
    message = Message(text=written, channel="web", phone="139-0000-0421")
    assert without_person(message, written) == left


def test_a_long_run_of_digits_is_read_once():
    text = "1 " * 50_000
    assert without_person(Message(text=text, channel="web", phone="13900000421"), text) == text
