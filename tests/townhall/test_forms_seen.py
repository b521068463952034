import pytest
from tests.district import account
from tests.townhall.hall import live, shown

from huiyin.townhall.choices import State
from huiyin.townhall.models import Meeting, Season

pytestmark = pytest.mark.django_db
OWNER, COLLEAGUE = "leader.qingyuan", "supervisor"
PLAN = {"title": "向居民报告", "begins_at": "2026-11-29T19:00", "venue": "活动中心", "moderated": "on"}
UNSEEN = ["\u200b", "\u200d", "\u2060\u202e", "\u3164", "\x01\x0b", " \u200b \ufeff"]


@pytest.fixture
def planned(enter):
    def post(**changes):
        return enter(OWNER).post("/meetings/new/", PLAN | {"unit": account(OWNER).unit_id} | changes)

    return post


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("field", ["title", "venue"])
def test_a_title_that_nobody_sees_is_missing(planned, field, unseen):
    back = planned(**{field: unseen})
    assert (back.status_code, list(back.context["form"].errors), Meeting.objects.count()) == (422, [field], 0)


def test_signs_that_nobody_sees_do_not_reach_the_plan(planned):
    planned(title="\u202e向居民\u200b报告\x01", agenda="一、报告\r\n二、\x0b提问", theme="\u200b")
    hall = Meeting.objects.get()
    assert (hall.title, hall.agenda, hall.theme) == ("向居民报告", "一、报告\r\n二、提问", "")


@pytest.mark.parametrize("unseen", UNSEEN)
def test_an_answer_that_nobody_sees_is_none(enter, unseen):
    question = shown(live())
    said = {"state": "answered", "answer": unseen, "theme": "city", "term": "near"}
    back = enter(OWNER).post(f"/meetings/hall-qingyuan/questions/{question.pk}/settle/", said)
    question.refresh_from_db()
    assert (back.status_code, list(back.context["form"].errors), question.state) == (422, ["answer"], State.SHOWN)


def test_a_season_has_a_name_that_is_seen(enter):
    said = {"title": "\u200b", "first_day": "2026-11-01", "last_day": "2026-11-30"}
    assert (enter(COLLEAGUE).post("/meetings/seasons/new/", said).status_code, Season.objects.count()) == (422, 0)
