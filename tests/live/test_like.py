import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.live.browser import fetch, send

from huiyin.townhall import domain
from huiyin.townhall.models import Like

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def question(meeting):
    asked = domain.ask(meeting, text="三号楼暖气不热", press="p1")
    domain.show(asked)
    return asked


def like(port, number, viewer=None, code="hall"):
    return send(port, f"/live/{code}/like", {"question": number}, viewer=viewer or uuid.uuid4()).status


def counted(question):
    question.refresh_from_db()
    return question.likes, Like.objects.filter(question=question).count()


def test_one_browser_likes_once(port, other_port, question):
    viewer = uuid.uuid4()
    answers = [like(where, question.pk, viewer) for where in (port, port, other_port)]

    assert (answers, counted(question)) == ([204] * 3, (1, 1))


def test_likes_of_many_at_once_in_two_processes_all_count(port, other_port, question):
    with ThreadPoolExecutor(20) as hands:
        answers = list(hands.map(lambda n: like((port, other_port)[n % 2], question.pk), range(60)))

    assert (answers, counted(question)) == ([204] * 60, (60, 60))


def test_the_same_press_twice_at_once_counts_once(port, question):
    viewer = uuid.uuid4()
    with ThreadPoolExecutor(4) as hands:
        answers = list(hands.map(lambda _: like(port, question.pk, viewer), range(4)))

    assert (answers, counted(question)) == ([204] * 4, (1, 1))


def test_a_question_nobody_sees_cannot_be_liked(port, meeting):
    waiting = domain.ask(meeting, text="等着的问题", press="p2")

    assert (like(port, waiting.pk), like(port, waiting.pk + 1), counted(waiting)) == (404, 404, (0, 0))


def test_a_question_of_another_meeting_is_not_found(port, question, make_meeting):
    make_meeting("other")

    assert (like(port, question.pk, code="other"), counted(question)) == (404, (0, 0))


def test_who_has_no_word_cannot_like(port, question):
    assert send(port, "/live/hall/like", {"question": question.pk}).status == 400


@pytest.mark.parametrize("number", ["x", None, -1, 1.5, True, 99_999_999_999])
def test_what_is_no_question_is_said(port, question, number):
    assert like(port, number) == 400


def test_from_elsewhere_it_is_refused(port, question):
    answer = send(port, "/live/hall/like", {"question": question.pk}, viewer=uuid.uuid4(), Sec_Fetch_Site="cross-site")

    assert (answer.status, counted(question)) == (403, (0, 0))


def test_snapshot_of_a_process_that_starts_knows_the_likes(port, question, request):
    like(port, question.pk)
    fresh = request.getfixturevalue("other_port")

    assert fetch(fresh, "/live/hall/snapshot.json").json["likes"] == {str(question.pk): 1}
