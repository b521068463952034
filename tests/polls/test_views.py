from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import load_workbook
from tests.district import account
from tests.polls.ballot import drafted, ended, ids, opened, voted
from tests.townhall import hall

from huiyin.polls.models import Poll

pytestmark = pytest.mark.django_db
# Of the unit whose residents vote; of the district; of another unit.
OWNER, COLLEAGUE, OUTSIDER = "leader.qingyuan", "supervisor", "handler.heyan"


def moment(**ahead):
    return f"{timezone.localtime() + timedelta(**ahead):%Y-%m-%dT%H:%M}"


def plan(**changes):
    told = {
        "unit": account(OWNER).unit_id,
        "question": "先办哪一件？",
        "pick": "1",
        "closes_at": moment(days=3),
        "shown": "after",
        "option1-title": "加装电梯",
        "option1-yuan": "640000",
        "option2-title": "补路灯",
    }
    return {**told, **changes}


def url(poll, path="manage/"):
    return f"/polls/{poll.code}/{path}"


def test_a_vote_is_planned_by_its_unit_or_the_district(enter):
    answers = [enter(who).post("/polls/new/", plan()).status_code for who in (OWNER, COLLEAGUE, OUTSIDER)]
    found = list(Poll.objects.order_by("pk").values_list("options__title", "options__yuan"))
    assert answers == [302, 302, 422]
    assert found == [("加装电梯", 640_000), ("补路灯", None)] * 2


@pytest.mark.parametrize("path", ["manage/", "edit/"])
def test_another_unit_finds_no_desk_of_the_vote(enter, path):
    poll = drafted()
    assert [enter(who).get(url(poll, path)).status_code for who in (OWNER, COLLEAGUE, OUTSIDER)] == [200, 200, 404]


@pytest.mark.parametrize("path", ["open/", "extend/", "end/", "paper/"])
def test_another_unit_presses_no_button(enter, path):
    poll = drafted() if path == "open/" else opened()
    said = {"version": poll.version, "note": "别的单位", "closes_at": moment(days=9), "ballots": 0, "invalid": 0}
    said |= {f"votes_{one}": 0 for one in ids(poll)}
    assert enter(OUTSIDER).post(url(poll, path), said).status_code == 404
    assert Poll.objects.get().version == poll.version
    assert (enter(OWNER).post(url(poll, path), said).status_code, Poll.objects.get().version) == (302, poll.version + 1)


def test_the_list_is_of_what_one_may_run(enter):
    poll = drafted()
    assert [list(enter(who).get("/polls/").context["polls"]) for who in (OWNER, COLLEAGUE, OUTSIDER)] == [
        [poll],
        [poll],
        [],
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"option2-title": ""},
        {"option2-title": "加装电梯"},
        {"option3-details": "没有名字"},
        {"pick": "3"},
        {"pick": "x"},
        {"closes_at": moment(days=-1)},
        {"closes_at": "0001-01-01T00:00"},
        {"eligible": "100"},
        {"eligible": "9" * 30},
        {"option1-yuan": "-1"},
        {"option1-yuan": "9" * 30},
        {"question": ""},
        {"question": "\u200b"},
        {"option1-title": "\u200b", "option1-details": "没有名字"},
        {"option2-title": "加装电梯\u200b"},
    ],
)
def test_a_plan_that_cannot_be_right_comes_back_with_what_was_typed(enter, changes):
    back = enter(OWNER).post("/polls/new/", plan(why="今年只够办一件", **changes))
    assert (back.status_code, "今年只够办一件" in back.content.decode(), Poll.objects.count()) == (422, True, 0)


def test_a_meeting_of_another_unit_is_not_taken(enter):
    other = hall.meeting("heyan")
    assert enter(COLLEAGUE).post("/polls/new/", plan(meeting=other.pk)).status_code == 422
    own = hall.meeting()
    assert enter(OWNER).post("/polls/new/", plan(meeting=own.pk)).status_code == 302
    assert Poll.objects.get().meeting == own


def test_two_who_word_one_draft_at_once_do_not_overwrite_one_another(enter):
    poll = drafted()
    said = plan(version=poll.version)
    answers = [enter(who).post(url(poll, "edit/"), said | {"question": who}) for who in (OWNER, COLLEAGUE)]
    assert [answer.status_code for answer in answers] == [302, 422]
    assert (Poll.objects.get().question, COLLEAGUE in answers[1].content.decode()) == (OWNER, True)


def test_what_is_open_is_not_edited(enter):
    poll = opened()
    assert enter(OWNER).post(url(poll, "edit/"), plan(version=poll.version)).status_code == 302
    assert (Poll.objects.get().version, poll.options.count()) == (poll.version, 3)


def test_an_extension_needs_a_reason_and_everybody_reads_it(enter, client):
    poll = opened()
    said = {"version": poll.version, "closes_at": moment(days=9)}
    assert enter(OWNER).post(url(poll, "extend/"), said | {"note": ""}).status_code == 422
    assert enter(OWNER).post(url(poll, "extend/"), said | {"note": "下雨，很多人没到"}).status_code == 302
    pages = [client.get(f"/vote/{poll.code}/{path}").content.decode() for path in ("", "result/")]
    assert [("下雨，很多人没到" in page, account(OWNER).name in page) for page in pages] == [(True, False)] * 2


def test_a_count_on_paper_that_cannot_be_right_comes_back(enter):
    poll = opened()
    said = {"version": poll.version, "ballots": 3, "invalid": 1} | {f"votes_{one}": 3 for one in ids(poll)}
    back = enter(OWNER).post(url(poll, "paper/"), said)
    assert (back.status_code, back.context["paper"]["ballots"].value(), Poll.objects.get().paper_ballots) == (
        422,
        "3",
        None,
    )


def test_nobody_of_the_staff_sees_who_leads_while_voting_goes_on(enter):
    poll = opened()
    voted(poll, 1)
    page = enter(OWNER).get(url(poll))
    assert (page.context["result"], page.context["turnout"].phone) == (None, 1)
    assert [enter(OWNER).get(url(poll, f"result.{form}")).status_code for form in ("csv", "xlsx")] == [404, 404]
    ended(poll)
    assert enter(OWNER).get(url(poll)).context["result"].first[0].votes == 1


def test_the_result_goes_out_as_a_file_with_its_definitions(enter):
    poll = opened(eligible=8, eligible_source="社区台账", pick=2)
    voted(poll, 1, 2)
    ended(poll)
    text = enter(OWNER).get(url(poll, "result.csv")).content.decode("utf-8-sig")
    assert ("1,加装电梯,640000,1,0,1,100.0" in text, "12.5" in text, "社区台账" in text) == (True, True, True)
    book = load_workbook(BytesIO(enter(OWNER).get(url(poll, "result.xlsx")).content))
    assert book.get_sheet_by_index(0).to_python()[1][1:6] == ["加装电梯", 640000.0, 1.0, 0.0, 1.0]
    assert enter(OUTSIDER).get(url(poll, "result.csv")).status_code == 404
    assert enter(OWNER).get(url(poll, "result.pdf")).status_code == 404


def test_an_odd_version_is_answered(enter):
    poll = drafted()
    for odd in ("", "x", "9" * 40):
        assert enter(OWNER).post(url(poll, "open/"), {"version": odd}).status_code in {302, 422}
    assert Poll.objects.get().opened_at is None
