import uuid

import pytest
from tests.live.browser import Stream, fetch, send

from huiyin.cases.private import unseal
from huiyin.live import asking
from huiyin.townhall import domain
from huiyin.townhall.choices import Phase, Stage, WordUse
from huiyin.townhall.limits import ASKED, ASKED_FROM
from huiyin.townhall.models import Question, Word

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/live/hall/ask"


def ask(port, press="p1", *, text="三号楼暖气不热", viewer="", **values):
    return send(port, PATH, {"text": text, "press": press, **values}, viewer=viewer)


def test_question_is_taken_down_with_name_and_number_sealed(port, meeting):
    viewer = uuid.uuid4()
    answer = ask(port, viewer=viewer, name="张三丰", phone="13900000421")
    question = Question.objects.get()

    assert (answer.status, answer.json) == (201, {"question": question.pk, "state": "waiting"})
    assert (question.meeting, question.asker, question.text) == (meeting, viewer, "三号楼暖气不热")
    assert unseal(bytes(question.sealed)) == {"text": "三号楼暖气不热", "name": "张三丰", "phone": "13900000421"}


def test_a_form_is_as_good(port, meeting):
    form = "text=%E8%B7%AF%E7%81%AF&press=p1"
    answer = fetch(port, PATH, method="POST", body=form, content_type="application/x-www-form-urlencoded")

    assert (answer.status, Question.objects.get().text) == (201, "路灯")


@pytest.mark.parametrize(
    "odd", [{"text": ["路灯"]}, {"text": True}, {"name": {"a": 1}}, {"phone": 139}, {"press": [1]}]
)
def test_what_is_not_words_is_no_question(port, meeting, odd):
    answer = send(port, PATH, {"text": "路灯", "press": "p1", **odd})

    assert (answer.status, answer.json["error"], Question.objects.count()) == (400, asking.UNREADABLE, 0)


def test_nothing_at_all_is_asked_for(port, meeting):
    answer = send(port, PATH, {"text": None, "press": "p1"})

    assert (answer.status, answer.json["error"], Question.objects.count()) == (400, asking.EMPTY, 0)


def test_sent_twice_it_is_one(port, meeting):
    viewer = uuid.uuid4()
    first, second = ask(port, viewer=viewer), ask(port, viewer=viewer)

    assert (first.status, second.status, second.json) == (201, 200, first.json)
    assert Question.objects.count() == 1


def test_a_press_of_another_meeting_is_another_question(port, meeting, make_meeting):
    make_meeting("other")
    ask(port)

    assert send(port, "/live/other/ask", {"text": "路灯", "press": "p1"}).status == 201
    assert max(Question.objects.values_list("meeting__code", "text")) == ("other", "路灯")


def test_a_press_of_another_browser_is_not_read_out(port, meeting):
    ask(port)

    assert send(port, f"/live/{meeting.code}/ask", {"text": "路灯", "press": "p1"}).status == 409
    assert Question.objects.count() == 1


def test_who_has_no_word_gets_one_and_is_the_asker(port, meeting):
    cookie = ask(port).headers["Set-Cookie"]

    assert cookie.split("; ")[0] == f"viewer={Question.objects.get().asker}"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ('{"text": "  ", "press": "p"}', asking.EMPTY),
        ('{"press": "p"}', asking.EMPTY),
        ('{"text": "%s", "press": "p"}' % ("长" * 501), asking.TOO_LONG),
        ('{"text": "路灯"}', asking.UNREADABLE),
        ('{"text": "路灯", "press": "%s"}' % ("p" * 33), asking.UNREADABLE),
        ('{"text": "路\\u0000灯", "press": "p"}', asking.UNREADABLE),
        ('{"text": "路灯", "pre', asking.UNREADABLE),
        ("[]", asking.UNREADABLE),
        ("", asking.UNREADABLE),
    ],
)
def test_what_cannot_be_taken_is_said_in_both_languages(port, meeting, body, sentence):
    answer = fetch(port, PATH, method="POST", body=body, content_type="application/json")

    assert (answer.status, answer.json, Question.objects.count()) == (400, {"error": sentence}, 0)


def test_more_than_eight_kilobytes_are_refused_unread(port, meeting):
    answer = ask(port, text="长" * 9_000)

    assert (answer.status, Question.objects.count()) == (413, 0)


def test_the_sixth_of_one_browser_has_to_wait(port, meeting):
    viewer = uuid.uuid4()
    answers = [ask(port, f"p{n}", text=f"{n}号楼暖气不热", viewer=viewer) for n in range(ASKED.times + 1)]

    assert [answer.status for answer in answers] == [201] * ASKED.times + [429]
    assert (answers[-1].json, int(answers[-1].headers["Retry-After"]) > 0) == ({"error": asking.TOO_MANY}, True)
    assert ask(port, "p9", viewer=uuid.uuid4()).status == 201


def test_another_process_does_not_begin_to_count_anew(port, other_port, meeting):
    viewer = uuid.uuid4()
    for n in range(ASKED.times):
        ask(port, f"p{n}", text=f"{n}号楼暖气不热", viewer=viewer)

    assert ask(other_port, "p9", viewer=viewer).status == 429


def test_a_press_repeated_is_answered_though_the_limit_is_reached(port, meeting):
    viewer = uuid.uuid4()
    for n in range(ASKED.times):
        ask(port, f"p{n}", text=f"{n}号楼暖气不热", viewer=viewer)

    assert ask(port, "p0", viewer=viewer).status == 200


def test_the_same_words_of_one_browser_are_one_question(port, meeting):
    viewer = uuid.uuid4()
    first, second = (ask(port, press, viewer=viewer) for press in ("p1", "p2"))

    assert (first.status, second.status, second.json) == (201, 200, first.json)


def test_a_word_that_is_not_taken_is_said_and_one_that_is_held_waits(port, make_meeting):
    make_meeting(moderated=False)
    for text, use in (("代开发票", WordUse.REFUSED), ("加微信", WordUse.HELD)):
        Word.objects.create(text=text, use=use)
    refused, held, shown = (
        ask(port, f"p{n}", text=said) for n, said in enumerate(("代-开 发票", "加 微·信", "路灯坏了"))
    )

    assert (refused.status, refused.json) == (422, {"error": asking.NOT_TAKEN})
    assert (held.json["state"], shown.json["state"]) == ("waiting", "shown")


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_from_elsewhere_it_is_refused(port, meeting, site):
    answer = send(port, PATH, {"text": "路灯", "press": "p"}, Sec_Fetch_Site=site)

    assert (answer.status, Question.objects.count()) == (403, 0)


def test_from_its_own_page_it_is_taken(port, meeting):
    assert send(port, PATH, {"text": "路灯", "press": "p"}, Sec_Fetch_Site="same-origin").status == 201


def test_unknown_meeting_is_not_found(port, meeting):
    assert send(port, "/live/nowhere/ask", {"text": "路灯", "press": "p"}).status == 404


def test_asking_is_not_done_by_looking(port, meeting):
    answer = fetch(port, PATH)

    assert (answer.status, answer.headers["Allow"]) == (405, "POST")


def test_a_script_without_a_cookie_is_one_browser(port, meeting):
    answers = [ask(port, f"p{n}").status for n in range(ASKED.times + 2)]

    assert answers == [201] * ASKED.times + [429] * 2
    assert ask(port, "other", viewer=uuid.uuid4()).status == 201


def test_a_hall_behind_one_address_may_ask_until_it_is_a_flood(port, meeting):
    """Beyond that one more is let in every five seconds, which may go by in between."""
    answers = [ask(port, f"p{n}", viewer=uuid.uuid4()).status for n in range(ASKED_FROM.times + 30)]

    assert (answers[: ASKED_FROM.times], 429 in answers) == ([201] * ASKED_FROM.times, True)


def test_a_browser_that_does_not_stop_takes_nothing_from_the_others_behind_its_address(port, meeting):
    loud = uuid.uuid4()
    for n in range(ASKED_FROM.times + 5):
        ask(port, f"p{n}", viewer=loud)

    assert ask(port, "other", viewer=uuid.uuid4()).status == 201


def test_a_question_typed_while_the_meeting_was_closed_is_taken_as_one_after_it(port, meeting):
    domain.turn(meeting, Stage.LIVE)
    viewer = uuid.uuid4()
    with Stream(port, "hall", viewer=viewer) as stream:
        domain.turn(meeting, Stage.CLOSED)
        assert [data["stage"] for _, _, data in stream.posts(2)] == ["live", "closed"]
    answer = ask(port, text="三号楼暖气不热，打到一半散会了", viewer=viewer)
    question = Question.objects.get()

    assert (answer.status, question.text, question.phase) == (201, "三号楼暖气不热，打到一半散会了", Phase.AFTER)
