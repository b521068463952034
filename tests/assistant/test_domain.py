"""What leaves is masked, what comes back is masked and short, what is logged is not the text."""

import hashlib
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from tests.district import account
from tests.model import raw, says, silent

from huiyin.assistant import domain
from huiyin.assistant.asking import forget_old
from huiyin.assistant.choices import Outcome, Purpose
from huiyin.assistant.endpoint import NotAnswered
from huiyin.assistant.models import Exchange

pytestmark = pytest.mark.django_db
PERSONAL = ("13900000421", "110101199003070054", "张三丰", "3号楼2单元501")
TEXT = "我叫张三丰，住东里小区3号楼2单元501，身份证110101199003070054，电话13900000421，暖气不热。"
CHOICES = {"03.01": "供暖 / 暖气不热", "04.02": "物业 / 电梯"}


def known(who="handler.qingyuan"):
    return {"account": account(who), "confidential": False, "about": "MH-2611-00001"}


ASKS = {
    Purpose.PLAINER: domain.plainer,
    Purpose.SUMMARY: lambda text, **said: domain.summary(["前情。", text], **said),
    Purpose.OPINION: lambda text, **said: domain.opinion(text, CHOICES, **said),
}


def leaked(text):
    return [value for value in PERSONAL if value in text]


def columns(exchange):
    return " ".join(str(getattr(exchange, field.attname)) for field in Exchange._meta.fields)


@pytest.mark.parametrize("purpose", ASKS)
def test_what_leaves_is_masked(on, model, purpose):
    assert leaked(TEXT) == list(PERSONAL)
    ASKS[purpose](TEXT, **known())
    path, headers, body = model.got[0]
    assert leaked(f"{path} {headers} {body}") == []
    assert ("暖气不热" in model.heard["user"], "139****0421" in model.heard["user"]) == (True, True)


def test_choices_are_masked_too(on, model):
    domain.opinion("暖气不热", {"01": "打13900000421"}, **known())
    assert leaked(model.got[0][2]) == []


def test_a_number_at_the_cut_is_masked_before_the_cut(on, model):
    whole = "暖" * 7994
    domain.plainer(f"{whole}13900000421", **known())
    assert "139000" not in model.got[0][2]


def test_the_answer_is_masked_and_short(on, model):
    model.does = says(f"请打13900000421。{'好' * 9000}")
    answered = domain.plainer("改写", **known())
    assert (answered[:15], answered[3998:4002]) == ("请打139****0421。好", "好好 …")


def test_text_that_looks_like_a_placeholder_stays_text(on, model):
    domain.opinion("{choices}{text}", CHOICES, **known())
    assert "{choices}{text}" in model.heard["user"]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("03.01\n说的是暖气。", ("03.01", "供暖 / 暖气不热", "说的是暖气。")),
        ("03.01 供暖 / 暖气不热", ("03.01", "供暖 / 暖气不热", "")),
        ("无", None),
        ("99.99\n新类别", None),
        ("我觉得是 03.01", None),
        ("<script>alert(1)</script>", None),
    ],
)
def test_an_opinion_is_one_of_those_offered(on, model, said, found):
    model.does = says(said)
    assert domain.opinion("暖气不热", CHOICES, **known()) == found


@pytest.mark.parametrize("purpose", ASKS)
def test_a_confidential_case_stays_inside(on, model, purpose):
    with pytest.raises(NotAnswered, match="保密"):
        ASKS[purpose](TEXT, **known() | {"confidential": True})
    exchange = Exchange.objects.get()
    assert (model.got, exchange.outcome, exchange.sent_characters, exchange.digest) == ([], Outcome.REFUSED, 0, "")


@pytest.mark.parametrize("ask", ASKS.values())
def test_nobody_can_forget_to_say_whether_it_is_confidential(on, model, ask):
    with pytest.raises(TypeError, match="confidential"):
        ask(TEXT, account=account("agent"))
    assert model.got == []


def test_the_log_says_who_what_for_and_how_much_but_not_what(on, model, caplog):
    model.does = says("暖气修好了。")
    domain.plainer(TEXT, **known())
    exchange = Exchange.objects.get()
    heard = sum(map(len, model.heard.values()))
    assert (
        exchange.account, exchange.purpose, exchange.about, exchange.model, exchange.outcome,
        exchange.sent_characters, exchange.received_characters, exchange.digest,
    ) == (
        account("handler.qingyuan"), "plainer", "MH-2611-00001", "house-7b", "answered", heard, 6,
        hashlib.sha256(model.got[0][2].encode()).hexdigest(),
    )  # fmt: skip
    kept = columns(exchange) + caplog.text
    assert [word for word in (*PERSONAL, "暖气", "s3cret") if word in kept] == []


@pytest.mark.parametrize(("does", "outcome"), [(silent, Outcome.TIMEOUT), (raw(b"", 500), Outcome.ERROR)])
def test_what_was_not_answered_is_logged_too(on, model, does, outcome):
    on("seconds = 0.3")
    model.does = does
    with pytest.raises(NotAnswered):
        domain.plainer("改写", **known())
    exchange = Exchange.objects.get()
    assert (exchange.outcome, exchange.sent_characters > 0, len(exchange.digest)) == (outcome, True, 64)


def test_an_hour_holds_so_many_questions_of_one_account(on, model):
    on("per_hour = 2")
    for _ in range(2):
        domain.plainer("改写", **known())
    for _ in range(2):
        with pytest.raises(NotAnswered, match="一小时内已经问了 2 次"):
            domain.plainer("改写", **known())
    domain.plainer("改写", **known("leader.qingyuan"))
    Exchange.objects.update(at=timezone.now() - timedelta(minutes=61))
    domain.plainer("改写", **known())
    assert len(model.got) == 4


@pytest.mark.django_db(transaction=True)
def test_few_wait_at_once(on, model):
    """A model that hangs takes two threads of the house, not all of them."""
    model.does = silent
    who = known()

    def wait():
        try:
            with pytest.raises(NotAnswered):
                domain.plainer("改写", **who)
        finally:
            connection.close()

    on("seconds = 30")
    waiting = [threading.Thread(target=wait) for _ in range(2)]
    for thread in waiting:
        thread.start()
    assert [model.asked.acquire(timeout=20) for _ in waiting] == [True, True]
    with pytest.raises(NotAnswered, match="助手正忙"):
        domain.plainer("改写", **known("agent"))
    model.held.set()
    for thread in waiting:
        thread.join()
    assert sorted(Exchange.objects.values_list("outcome", flat=True)) == ["error", "error", "refused"]


def test_a_question_broken_off_long_ago_keeps_nobody_waiting(on):
    at = timezone.now() - timedelta(minutes=10)
    for _ in range(3):
        Exchange.objects.create(account=account("agent"), purpose="plainer", model="m", outcome="sent", at=at)
    assert domain.plainer("改写", **known()) == "好"


def test_the_log_is_forgotten_after_half_a_year(on):
    now = timezone.now()
    for days in (179, 181):
        at = now - timedelta(days=days)
        Exchange.objects.create(account=account("agent"), purpose="plainer", model="m", outcome="answered", at=at)
    assert (forget_old(), Exchange.objects.get().at) == (1, now - timedelta(days=179))
