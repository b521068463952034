"""Signs of coached answers: evidence for those who supervise, and another caller's ear without a hint."""

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from tests.district import to_call_back
from tests.evaluate.test_coached import PHONES, judged, least
from tests.evaluate.test_second import colleague

from huiyin.evaluate.models import Amount, SecondCall

ENGLISH = {"accept-language": "en"}
WORDS = "工作人员态度很好，问题已经解决。"
SIGNS, AGAIN = "/coached/", "/coached/call/"


@pytest.fixture(autouse=True)
def at_ten_past():
    """Only the sign of the same words may show: everything of a test happens within a minute."""
    Amount.objects.filter(name__startswith="same_").update(amount=99)
    Amount.objects.filter(name="soon_minutes").update(amount=0)
    least("same_words_answers", 2)


def alike():
    """Two people said the same."""
    return [judged(phone, WORDS) for phone in PHONES[:2]]


def shown(client, **options):
    context = client.get(SIGNS, **options).context
    return [(sign.kind, str(unit), cases) for kind in context["kinds"] for sign, unit, cases in kind["rows"]]


@pytest.mark.parametrize(
    ("who", "status"),
    [("supervisor", 200), ("reviewer", 200), ("leader.qingyuan", 403), ("handler.heyan", 403), ("caller", 403), ("analyst", 403)],
)  # fmt: skip
def test_only_those_who_supervise_see_signs(enter, who, status):
    cases, client = alike(), enter(who)
    assert client.get(SIGNS).status_code == status
    asked = client.post(AGAIN, {"case": [case.number for case in cases]})
    assert (asked.status_code, SecondCall.objects.count()) == ((302, 2) if status == 200 else (403, 0))


def test_strangers_are_led_to_the_sign_in(client):
    assert client.get(SIGNS).url == f"{resolve_url(settings.LOGIN_URL)}?next={SIGNS}"
    assert client.post(AGAIN).url == f"{resolve_url(settings.LOGIN_URL)}?next={AGAIN}"


def test_a_sign_shows_its_words_and_opens_its_cases(enter):
    cases, client = alike(), enter("supervisor")
    assert shown(client) == [("words", "清源街道", cases)]
    page = client.get(SIGNS).content.decode()
    assert [f'href="/cases/{case.number}/"' in page for case in cases] == [True, True]
    assert (WORDS in page, PHONES[0] in page, "张三丰" in page) == (True, False, False)


def test_every_kind_says_how_many_it_found(enter):
    alike()
    kinds = enter("reviewer").get(SIGNS).context["kinds"]
    assert [kind["count"] for kind in kinds] == [0, 0, 1, 0, 0]


def test_another_period_has_other_signs(enter):
    alike()
    assert shown(enter("supervisor"), data={"period": "2020"}) == []


def test_looking_draws_nobody(enter):
    alike()
    client = enter("supervisor")
    assert (client.get(SIGNS).status_code, client.get(AGAIN).status_code) == (200, 405)
    assert not SecondCall.objects.exists()


def test_another_caller_is_asked_once_and_learns_no_reason(enter):
    (case, other), supervisor = alike(), enter("supervisor")
    sent = {"case": [case.number, other.number]}
    said = [str(note) for _ in range(2) for note in supervisor.post(AGAIN, sent, follow=True).context["messages"]]
    assert said == ["已加入 2 件二次回访。", "已加入 0 件二次回访。"]
    colleague()
    page = enter("caller.2").get(f"/callbacks/second/{case.number}/")
    assert page.context["open"] is True
    assert [words for words in (WORDS, "代答", "线索") if words in page.content.decode()] == []


@pytest.mark.parametrize("sent", [{}, {"case": "MH-0000-00000"}, {"case": "\x00"}])
def test_without_cases_nobody_is_asked(enter, sent):
    assert enter("supervisor").post(AGAIN, sent).url == SIGNS
    assert not SecondCall.objects.exists()


def test_what_nobody_has_judged_cannot_be_asked_again(enter):
    enter("supervisor").post(AGAIN, {"case": to_call_back().number})
    assert not SecondCall.objects.exists()


def test_the_page_speaks_the_readers_language(enter):
    alike()
    client = enter("supervisor")
    page = client.get(SIGNS, headers=ENGLISH).content.decode()
    told = (
        "a reason to look, not a finding",
        "Different people used the same words",
        "Qingyuan Subdistrict",
        "2 answers",
    )
    assert [words for words in told if words not in page] == []


def test_queries_of_the_signs(enter, django_assert_num_queries):
    client = enter("supervisor")
    alike()
    client.get(SIGNS)
    for phone in PHONES:
        judged(phone, "另外一句同样的好话。")
    with django_assert_num_queries(7):  # session, account, rules, answers, swings, units, cases
        client.get(SIGNS)
