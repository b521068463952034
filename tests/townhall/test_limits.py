"""By the web process alone, where no `huiyin live` takes questions; `tests/live/test_ask.py` has the other door."""

import pytest
from django.test import Client
from tests.townhall.hall import LIFT, live, meeting, shown

from huiyin.collect import senders
from huiyin.townhall import domain
from huiyin.townhall.choices import Phase, Stage
from huiyin.townhall.limits import ASKED, ASKED_FROM, LIKED_FROM
from huiyin.townhall.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_window(monkeypatch):
    """However slowly it runs, all of it is in the same ten minutes."""
    monkeypatch.setattr(senders.time, "time", lambda: 1_800_000_000.0)


@pytest.fixture
def hall(db):
    return live()


def browser(hall):
    one = Client()
    one.get(f"/live/{hall.code}/")
    return one


def ask(client, hall, press):
    return client.post(f"/live/{hall.code}/ask", {"text": LIFT, "press": press}).status_code


def test_a_hall_behind_one_address_may_ask_until_it_is_a_flood(hall):
    answers = [ask(browser(hall), hall, f"p{n}") for n in range(ASKED_FROM.times + 2)]

    assert answers == [201] * ASKED_FROM.times + [429] * 2


def test_a_script_without_a_cookie_is_one_browser(hall):
    answers = [ask(Client(), hall, f"p{n}") for n in range(ASKED.times + 2)]

    assert answers == [201] * ASKED.times + [429] * 2
    assert ask(browser(hall), hall, "other") == 201


def test_a_browser_that_does_not_stop_takes_nothing_from_the_others_behind_its_address(hall):
    loud = browser(hall)
    for n in range(ASKED_FROM.times + 5):
        ask(loud, hall, f"p{n}")

    assert ask(browser(hall), hall, "other") == 201


def test_another_meeting_is_counted_by_itself(hall):
    for n in range(ASKED.times):
        ask(Client(), hall, f"p{n}")

    assert [ask(Client(), at, "more") for at in (hall, meeting("heyan"))] == [429, 201]


def test_likes_of_one_address_end_where_they_are_a_flood(hall):
    question, one = shown(hall), browser(hall)
    path = f"/live/{hall.code}/like"
    answers = {one.post(path, {"question": question.pk}).status_code for _ in range(LIKED_FROM.times)}

    assert (answers, one.post(path, {"question": question.pk}).status_code) == ({204}, 429)


def test_a_question_typed_while_the_meeting_was_closed_is_taken_as_one_after_it(hall):
    one = browser(hall)
    domain.turn(hall, Stage.CLOSED)

    assert ask(one, hall, "late") == 201
    assert list(Question.objects.values_list("text", "phase")) == [(LIFT, Phase.AFTER)]


def test_a_press_that_no_page_sent_is_told_and_asks_nothing(hall):
    assert [ask(browser(hall), hall, press) for press in ("", "a\0b", "a-b", "p" * 33)] == [400] * 4
    assert Question.objects.count() == 0
