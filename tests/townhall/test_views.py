from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.district import account
from tests.townhall.hall import DARK, LIFT, asked, live, shown

from huiyin.cases.models import Case, CasePart
from huiyin.people.models import Membership
from huiyin.townhall import domain, snapshot
from huiyin.townhall.choices import State
from huiyin.townhall.models import Meeting, Question

pytestmark = pytest.mark.django_db
# Of the unit that reports; of the district; of another unit.
OWNER, COLLEAGUE, OUTSIDER = "leader.qingyuan", "supervisor", "handler.heyan"
PLAN = {"title": "向居民报告", "begins_at": "2026-11-29T19:00", "venue": "活动中心", "moderated": "on"}


@pytest.fixture
def hall(db):
    return live()


def url(hall, path=""):
    return f"/meetings/{hall.code}/{path}"


def test_a_meeting_is_planned_by_its_unit_or_the_district(enter):
    unit = account(OWNER).unit_id
    answers = [
        enter(who).post("/meetings/new/", PLAN | {"unit": unit, "title": who}).status_code
        for who in (OWNER, COLLEAGUE, OUTSIDER)
    ]
    assert (answers, sorted(Meeting.objects.values_list("code", flat=True))) == (
        [302, 302, 422],
        ["20261129-qingyuan", "20261129-qingyuan-2"],
    )


@pytest.mark.parametrize("path", ["", "edit/", "clerk/", "host/"])
def test_another_unit_finds_no_desk_of_the_meeting(enter, hall, path):
    assert [enter(who).get(url(hall, path)).status_code for who in (OWNER, COLLEAGUE, OUTSIDER)] == [200, 200, 404]


@pytest.mark.parametrize("verb", ["show", "refuse", "spotlight", "fold"])
def test_another_unit_moves_no_question(enter, hall, verb):
    question = asked(hall)
    assert enter(OUTSIDER).post(url(hall, f"questions/{question.pk}/{verb}/")).status_code == 404
    question.refresh_from_db()
    assert question.state == State.WAITING


def test_the_season_says_which_units_have_no_meeting(enter, hall):
    page = enter(OUTSIDER).get("/meetings/")
    assert "qingyuan" not in [unit.code for unit in page.context["uncovered"]]
    assert page.context["met"] == 1


def test_the_host_sees_who_may_ask_the_same(enter, hall):
    first = shown(hall)
    asked(hall, "三号楼的电梯停了两周了，哪天修好？")
    (waiting,) = enter(OWNER).get(url(hall, "host/")).context["waiting"]
    assert waiting.like == first


def test_a_clerk_types_three_fields_and_it_stands_in_the_queue(enter, hall):
    said = {"text": LIFT, "name": "张思远", "phone": "13900000517", "via": "microphone", "press": "p1"}
    client = enter(OWNER)
    assert [client.post(url(hall, "clerk/"), said).status_code for _ in range(2)] == [302, 302]
    assert list(Question.objects.values_list("state", "via")) == [("shown", "microphone")]


def test_a_promise_without_a_date_comes_back_with_what_was_typed(enter, hall):
    question = shown(hall)
    domain.spotlight(question)
    path = url(hall, f"questions/{question.pk}/settle/")
    back = enter(OWNER).post(path, {"state": "promised", "answer": "周五前修好", "theme": "city", "term": "near"})
    assert (back.status_code, "周五前修好" in back.content.decode(), Case.objects.count()) == (422, True, 0)


def test_one_press_settles_into_a_case(enter, hall):
    question = shown(hall)
    said = {
        "state": "handed",
        "theme": "livelihood",
        "term": "near",
        "unit": "heyan",
        "due": f"{timezone.localdate() + timedelta(days=6)}",
        "helper": "heat-co",
        "helper_3": "citymgmt",
    }
    client, path = enter(OWNER), url(hall, f"questions/{question.pk}/settle/")
    assert [client.post(path, said).status_code for _ in range(2)] == [302, 302]
    question.refresh_from_db()
    assert (Case.objects.count(), question.case.lead.code, question.due) == (
        1,
        "heyan",
        timezone.localdate() + timedelta(days=6),
    )
    assert {part.unit.code for part in CasePart.objects.filter(case=question.case)} == {"heat-co", "citymgmt"}


def test_a_lead_does_not_help_itself(enter, hall):
    question = shown(hall)
    said = {"state": "handed", "theme": "livelihood", "term": "near", "unit": "heyan", "helper": "heyan"}
    back = enter(OWNER).post(url(hall, f"questions/{question.pk}/settle/"), said)
    assert (back.status_code, list(back.context["form"].errors)) == (422, ["helper"])


def test_anybody_reads_the_live_page_and_nobody_reads_what_was_not_shown(hall):
    shown(hall)
    asked(hall, DARK)
    pages = [Client().get(f"/live/{hall.code}/{path}").content.decode() for path in ("", "snapshot.json", "progress/")]
    assert [LIFT[:6] in page for page in pages] == [True, True, False]
    assert not any(DARK[:6] in page for page in pages)


def test_a_browser_asks_sees_its_own_question_and_gets_the_receipt(hall):
    browser, other = Client(), Client()
    for one in (browser, other):
        one.get(f"/live/{hall.code}/")
    said = {"text": LIFT, "press": "abc", "name": "张思远", "phone": "13900000517"}
    answer = browser.post(f"/live/{hall.code}/ask", said)
    assert (answer.status_code, answer.json()["state"]) == (201, "waiting")
    question = Question.objects.get()
    domain.settle(question, State.PROMISED, due=date(2026, 12, 4))
    own, foreign = (one.get(f"/live/{hall.code}/mine/").content.decode() for one in (browser, other))
    assert (question.case.number in own, domain.secret_of(question) in own, foreign.strip()) == (True, True, "")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"text": "", "press": "a"}, 400),
        ({"text": "一" * 501, "press": "a"}, 400),
        ({"text": LIFT, "press": ""}, 400),
        ({"text": LIFT, "press": "<a>"}, 400),
        ({"text": LIFT, "press": "a" * 33}, 400),
    ],
)
def test_a_bad_question_is_not_taken_and_says_what_to_do(hall, said, status):
    answer = Client().post(f"/live/{hall.code}/ask", said)
    assert (answer.status_code, bool(answer.json()["error"]), Question.objects.count()) == (status, True, 0)


def test_a_flood_from_one_browser_ends_at_five_that_wait(hall):
    browser = Client()
    browser.get(f"/live/{hall.code}/")
    answers = [
        browser.post(f"/live/{hall.code}/ask", {"text": f"{LIFT}{number}", "press": f"p{number}"}).status_code
        for number in range(7)
    ]
    assert answers == [201] * 5 + [429] * 2


def test_a_like_counts_once_a_browser(hall):
    question = shown(hall)
    browser = Client()
    browser.get(f"/live/{hall.code}/")
    for _ in range(3):
        assert browser.post(f"/live/{hall.code}/like", {"question": question.pk}).status_code == 204
    assert browser.post(f"/live/{hall.code}/like", {"question": "x"}).status_code == 404
    assert Client().post(f"/live/{hall.code}/like", {"question": question.pk}).status_code == 400
    question.refresh_from_db()
    assert question.likes == 1


def test_a_snapshot_that_has_not_changed_costs_no_body(hall):
    shown(hall)
    first = Client().get(f"/live/{hall.code}/snapshot.json")
    again = Client(headers={"If-None-Match": first["ETag"]}).get(f"/live/{hall.code}/snapshot.json")
    assert (again.status_code, again.content, first["Cache-Control"]) == (304, b"", "public, max-age=1")
    assert Client().get(f"/live/{hall.code}/snapshot.json?after=1").json()["posts"] == []


def test_a_meeting_that_is_closed_still_takes_what_somebody_was_typing(hall):
    domain.turn(hall, "closed")
    assert Client().post(f"/live/{hall.code}/ask", {"text": LIFT, "press": "late"}).status_code == 201


def test_a_plan_saved_late_leaves_the_course_of_the_meeting_alone(enter, hall, monkeypatch):
    saved = Meeting.save

    def meanwhile(self, **known):
        shown(hall)
        saved(self, **known)

    monkeypatch.setattr(Meeting, "save", meanwhile)
    enter(OWNER).post(url(hall, "edit/"), PLAN | {"unit": hall.unit_id})
    hall.refresh_from_db()
    assert (hall.stage, hall.posts, hall.venue) == ("live", 1, "活动中心")


@pytest.mark.parametrize("due", ["2020-01-01", "0001-01-01", "9999-12-31"])
def test_a_promise_is_for_a_day_that_comes(enter, hall, due):
    question = shown(hall)
    said = {"state": "promised", "theme": "city", "term": "near", "due": due}
    back = enter(OWNER).post(url(hall, f"questions/{question.pk}/settle/"), said)
    assert (back.status_code, 'hx-get="/meetings/hall-qingyuan/host/"' in back.content.decode()) == (422, True)


def test_a_slip_of_the_year_is_told(enter):
    plan = PLAN | {"unit": account(OWNER).unit_id, "begins_at": "0001-01-01T00:00"}
    assert enter(OWNER).post("/meetings/new/", plan).status_code == 422


@pytest.mark.parametrize("odd", ["9" * 5000, "x", "-1", "１２"])
def test_odd_numbers_are_answered(hall, odd):
    browser = Client()
    browser.get(f"/live/{hall.code}/")
    assert browser.get(f"/live/{hall.code}/snapshot.json", {"after": odd}).status_code == 200
    assert browser.post(f"/live/{hall.code}/like", {"question": odd}).status_code == 404


def test_a_browser_that_polls_gets_more_posts_than_fit_into_one_snapshot(hall, monkeypatch):
    monkeypatch.setattr(snapshot, "MOST", 2)
    for _ in range(3):
        shown(hall)
    ask = Client().get
    pages = [ask(f"/live/{hall.code}/snapshot.json{after}").json()["posts"] for after in ("", "?after=0", "?after=2")]
    assert [[post["number"] for post in page] for page in pages] == [[2, 3], [1, 2], [3]]


def test_who_only_checks_in_a_unit_does_not_run_its_meeting(enter, hall):
    Membership.objects.create(account=account(OUTSIDER), role="checker", unit=hall.unit)
    assert enter(OUTSIDER).get(url(hall, "host/")).status_code == 404


def test_what_is_being_answered_comes_first(hall):
    question, _other = shown(hall), shown(hall, DARK)
    domain.spotlight(question)
    assert Client().get(f"/live/{hall.code}/").context["questions"][0] == question
