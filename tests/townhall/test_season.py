from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from tests.townhall.hall import live, meeting

from huiyin.people.models import Unit
from huiyin.townhall.models import Season

pytestmark = pytest.mark.django_db
SAID = {"title": "冬季报告", "first_day": "2026-11-01", "last_day": "2026-12-20"}


def season(first, last, title="冬季报告"):
    return Season.objects.create(title=title, first_day=first, last_day=last)


def around_today(before=5, after=30):
    today = timezone.localdate()
    return season(today - timedelta(before), today + timedelta(after))


def ranked():
    return Unit.objects.filter(ranked=True, active=True).count()


@pytest.fixture
def three(db):
    today = timezone.localdate()
    past = season(today - timedelta(90), today - timedelta(60), "夏季")
    current = season(today - timedelta(1), today + timedelta(1), "今季")
    return past, current, season(today + timedelta(60), today + timedelta(90), "下季")


def test_the_season_of_today_is_shown(enter, three):
    assert enter("analyst").get("/meetings/").context["season"] == three[1]


def test_without_one_of_today_the_next_is_shown(enter, three):
    three[1].delete()
    assert enter("analyst").get("/meetings/").context["season"] == three[2]


def test_without_one_to_come_the_last_is_shown(enter, three):
    three[1].delete(), three[2].delete()
    assert enter("analyst").get("/meetings/").context["season"] == three[0]


@pytest.mark.parametrize("asked", ["x", "999999", "9" * 40])
def test_a_season_that_is_not_there_is_the_usual_one(enter, three, asked):
    assert enter("analyst").get(f"/meetings/?season={asked}").context["season"] == three[1]


def test_without_seasons_every_meeting_is_listed(enter):
    held = meeting()
    page = enter("analyst").get("/meetings/")
    assert (page.context["season"], [one for one, _ in page.context["meetings"]]) == (None, [held])


def test_a_season_lists_the_meetings_of_its_days_by_the_districts_clock(enter):
    winter = season(date(2026, 11, 1), date(2026, 11, 30))
    # 23:30 of the last day and 00:30 of the day after, in Shanghai.
    last = meeting(begins_at=datetime(2026, 11, 30, 15, 30, tzinfo=UTC))
    meeting("heyan", begins_at=datetime(2026, 11, 30, 16, 30, tzinfo=UTC))
    page = enter("analyst").get(f"/meetings/?season={winter.pk}")
    assert [one for one, _ in page.context["meetings"]] == [last]
    covered = page.context["covered"]
    assert (covered.covered, covered.ranked, len(covered.uncovered)) == (1, ranked(), ranked() - 1)


def test_a_unit_with_two_meetings_is_covered_once(enter):
    meeting(), meeting(code="again")
    covered = enter("analyst").get("/meetings/").context["covered"]
    assert covered.covered == 1


def test_a_stage_narrows_the_list_and_not_the_figure(enter):
    meeting()
    page = enter("analyst").get("/meetings/?stage=live")
    assert (page.context["meetings"], page.context["covered"].covered) == ([], 1)


@pytest.mark.parametrize(
    ("who", "status"), [("supervisor", 302), ("dispatcher", 302), ("leader.qingyuan", 403), ("analyst", 403)]
)
def test_a_season_is_set_by_the_district(enter, who, status):
    answer = enter(who).post("/meetings/seasons/new/", SAID)
    assert (answer.status_code, Season.objects.count()) == (status, int(status == 302))


def test_a_season_is_changed(enter):
    winter = season(date(2026, 11, 1), date(2026, 11, 30))
    enter("supervisor").post(f"/meetings/seasons/{winter.pk}/", SAID)
    winter.refresh_from_db()
    assert winter.last_day == date(2026, 12, 20)


def test_a_season_that_ends_before_it_begins_comes_back_with_what_was_typed(enter):
    back = enter("supervisor").post("/meetings/seasons/new/", SAID | {"last_day": "2026-10-01"})
    assert (back.status_code, list(back.context["form"].errors), "冬季报告" in back.content.decode()) == (
        422,
        ["last_day"],
        True,
    )


def test_the_plan_is_a_file_with_the_uncovered_units_in_it(enter):
    winter = season(date(2026, 11, 1), date(2026, 11, 30))
    meeting(title="=向居民报告")
    file = enter("analyst").get(f"/meetings/plan.csv?season={winter.pk}").content.decode("utf-8-sig").splitlines()
    assert file[0] == "报告会安排"
    assert (file[1].split(",")[0], "'=向居民报告" in file[3]) == ("冬季报告", True)
    assert len([line for line in file if line]) == 3 + 1 + ranked() - 1


def test_a_meeting_on_air_is_there_whichever_season_is_shown(enter):
    past = season(date(2026, 1, 1), date(2026, 1, 31))
    now = live()
    for path in (f"/meetings/?season={past.pk}", "/meetings/?season=all"):
        context = enter("supervisor").get(path).context
        shown = [one.pk for one, _mine in (*context["on_air"], *context["meetings"])]
        assert shown.count(now.pk) == 1


def test_the_plan_is_a_workbook_and_no_other_kind_of_file(enter):
    client = enter("analyst")
    assert client.get("/meetings/plan.xlsx").content[:2] == b"PK"
    assert client.get("/meetings/plan.pdf").status_code == 404
