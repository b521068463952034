from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.polls.ballot import drafted, ended, ids, opened, phone, voted

from huiyin.people.models import District
from huiyin.people.queries import forget_district
from huiyin.polls import views_public
from huiyin.polls.choices import Shown
from huiyin.polls.models import Ballot, Code, Voter

pytestmark = pytest.mark.django_db


def send(poll, browser=None, **said):
    told = {"option": ids(poll)[:1], "phone": phone(), "step": "code"}
    return (browser or Client()).post(f"/vote/{poll.code}/", {**told, **said})


def test_a_phone_chooses_gets_its_code_and_votes():
    poll, browser = opened(), Client()
    page = send(poll, browser)
    assert (page.status_code, page.context["typing"], len(page.context["word"])) == (200, True, 6)
    done = send(poll, browser, step="vote", code=page.context["word"])
    assert (done.status_code, done.url) == (302, f"/vote/{poll.code}/result/")
    assert (Voter.objects.count(), Ballot.objects.get().options) == (1, ids(poll)[:1])
    assert "不记您的号码" in browser.get(done.url).content.decode()


def test_one_press_sent_twice_counts_once_and_says_so():
    poll = opened()
    word = send(poll).context["word"]
    answers = [send(poll, step="vote", code=word) for _ in range(2)]
    assert ([one.status_code for one in answers], Ballot.objects.count()) == ([302, 409], 1)


def test_no_cookie_holds_a_number_and_no_address_either():
    poll, browser = opened(), Client()
    word = send(poll, browser).context["word"]
    send(poll, browser, step="vote", code=word)
    kept = f"{browser.cookies} {dict(browser.session)}"
    assert phone() not in kept


def test_a_wrong_code_says_how_many_tries_are_left_and_keeps_what_was_chosen():
    poll = opened()
    send(poll)
    back = send(poll, step="vote", code="abc")
    assert (back.status_code, back.context["typing"], back.context["code"]) == (422, True, "abc")
    assert [one.pk for one, ticked in back.context["options"] if ticked] == ids(poll)[:1]
    assert "4" in back.context["answer"].sentence


@pytest.mark.parametrize(
    "said",
    [
        {"option": []},
        {"option": ["x"]},
        {"option": ["9" * 5000]},
        {"phone": ""},
        {"phone": "110"},
        {"phone": "1" * 5000},
    ],
)
def test_what_does_not_fit_goes_back_to_the_ballot_and_sends_nothing(said):
    poll = opened()
    back = send(poll, **said)
    assert (back.status_code, back.context["typing"], Code.objects.count()) == (422, False, 0)
    assert back.context["phone"] == said.get("phone", phone())[:40]


def test_more_than_allowed_is_told_and_stays_ticked():
    poll = opened(pick=2)
    back = send(poll, option=ids(poll))
    assert (back.status_code, [ticked for _one, ticked in back.context["options"]]) == (422, [True] * 3)


def test_ended_while_somebody_was_choosing_it_says_so():
    poll = opened()
    word = send(poll).context["word"]
    ended(poll)
    back = send(poll, step="vote", code=word)
    assert (back.status_code, back.context["open"], Ballot.objects.count()) == (409, False, 0)


def test_asked_for_twice_within_a_minute_the_code_may_be_typed():
    poll = opened()
    first, again = send(poll), send(poll)
    assert (again.status_code, again.context["typing"], again.context["word"]) == (429, True, "")
    assert send(poll, step="vote", code=first.context["word"]).status_code == 302


def test_a_phone_that_has_voted_is_asked_for_a_code_like_any_other():
    poll = opened()
    voted(poll, 1)
    Code.objects.update(sent_at=timezone.now() - timedelta(minutes=2))
    answers = [send(poll, phone=phone(number)) for number in (0, 1)]
    assert [(one.status_code, one.context["typing"], one.context["answer"]) for one in answers] == [
        (200, True, None)
    ] * 2


def test_a_flood_from_one_address_ends(monkeypatch):
    monkeypatch.setattr(views_public, "MOST_PER_HOUR", 2)
    poll = opened()
    answers = [send(poll, phone=phone(number)).status_code for number in range(4)]
    assert (answers, Code.objects.count()) == ([200, 200, 429, 429], 2)


def test_back_to_the_ballot_keeps_choice_and_number():
    poll = opened()
    page = send(poll, step="choose").context
    assert (page["typing"], page["phone"], [ticked for _one, ticked in page["options"]]) == (
        False,
        phone(),
        [True, False, False],
    )


def test_a_draft_is_not_there():
    poll = drafted()
    assert [Client().get(f"/vote/{poll.code}/{path}").status_code for path in ("", "result/")] == [404, 404]


def test_the_numbers_wait_for_the_end_unless_it_was_planned_otherwise():
    after, always = opened(), opened(shown=Shown.ALWAYS)
    for poll in (after, always):
        voted(poll, 1)
    shown = [Client().get(f"/vote/{poll.code}/result/").context["result"] for poll in (after, always)]
    assert (shown[0], shown[1].first[0].votes) == (None, 1)
    ended(after)
    assert Client().get(f"/vote/{after.code}/result/").context["result"].first[0].votes == 1


@pytest.mark.parametrize(
    ("eligible", "said"),
    [(8, "2 张，有权投票 8 人（社区台账）"), (None, "2 张，有权投票的人数不知道"), (0, "2 张，有权投票的人数不知道")],
    ids=["known", "unknown", "none"],
)
def test_turnout_says_of_how_many_or_that_nobody_knows(eligible, said):
    poll = opened(eligible=eligible, eligible_source="社区台账")
    for number in range(2):
        voted(poll, 1, number=number)
    page = Client().get(f"/vote/{ended(poll).code}/result/")
    percent = page.context["turnout"].percent
    assert (percent and float(percent), said in page.content.decode()) == (25.0 if eligible else None, True)


def test_a_tie_is_said():
    poll = opened()
    for number in range(2):
        voted(poll, 1 + number, number=number)
    page = Client().get(f"/vote/{ended(poll).code}/result/")
    assert [(line.rank, line.tied) for line in page.context["result"].lines] == [(1, True), (1, True), (3, False)]
    assert "打平" in page.content.decode()


@pytest.fixture
def real_district():
    District.objects.update(fictional=False)
    forget_district()
    yield
    forget_district()


def test_without_a_gateway_a_real_district_offers_paper_and_shows_no_code(real_district):
    poll = opened()
    page, back = Client().get(f"/vote/{poll.code}/"), send(poll)
    assert ("id_phone" in page.content.decode(), "纸质" in page.content.decode()) == (False, True)
    assert (back.status_code, back.context["word"], Code.objects.count()) == (503, "", 0)
