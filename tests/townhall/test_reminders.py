from datetime import UTC, date, datetime, timedelta

import pytest
from tests.district import account
from tests.townhall.hall import meeting

from huiyin.notices.kinds import KINDS
from huiyin.notices.models import Notice
from huiyin.people.models import Unit
from huiyin.townhall import tasks
from huiyin.townhall.choices import Group, Stage
from huiyin.townhall.domain_guests import Count, count_guests
from huiyin.townhall.models import Season
from huiyin.townhall.reminders import MEETING, UNCOVERED, missing, remind

pytestmark = pytest.mark.django_db
LAST = date(2026, 12, 20)
MORNING = datetime(2026, 12, 20, 1, tzinfo=UTC)  # nine o'clock of the last day, in the district


def to(username):
    return list(Notice.objects.filter(account=account(username)).order_by("pk").values_list("key", flat=True))


@pytest.fixture
def season(db):
    return Season.objects.create(title="冬季报告", first_day=date(2026, 10, 1), last_day=LAST)


def before(days):
    return remind(MORNING - timedelta(days))


def test_leaders_of_units_without_a_meeting_are_reminded_on_three_days_and_never_twice(season):
    unit = account("leader.qingyuan").unit_id
    for day in range(20, -1, -1):
        before(day), before(day)
    assert to("leader.qingyuan") == [f"meeting:uncovered:{season.pk}:{unit}:{days}" for days in UNCOVERED.days]


def test_nobody_is_reminded_fifteen_days_before(season):
    assert before(15) == 0


def test_only_leaders_of_uncovered_units_are_reminded(season):
    meeting(begins_at=datetime(2026, 12, 1, 11, tzinfo=UTC), stage=Stage.CLOSED)
    before(14)
    told = set(Notice.objects.values_list("account__username", flat=True))
    uncovered = Unit.objects.filter(ranked=True, active=True).exclude(code="qingyuan")
    leaders = uncovered.filter(memberships__role="leader").values_list("memberships__account__username", flat=True)
    assert told == set(leaders)
    assert {"leader.qingyuan", "handler.heyan", "supervisor"} & told == set()


def test_a_night_that_was_slept_through_is_made_up_for(season):
    before(12)
    assert len(to("leader.qingyuan")) == 1


def test_a_season_that_is_over_reminds_nobody(season):
    assert before(-1) == 0


def test_those_of_the_unit_are_reminded_of_a_meeting_on_two_days_and_never_twice(db):
    held = meeting(begins_at=MORNING + timedelta(hours=6))
    for day in range(9, -2, -1):
        before(day), before(day)
    keys = [f"meeting:coming:{held.pk}:20261220:{days}" for days in MEETING.days]
    assert [to(who) for who in ("leader.qingyuan", "handler.qingyuan")] == [keys, keys]
    assert {*Notice.objects.values_list("account__unit__code", flat=True)} == {"qingyuan"}


def test_a_meeting_put_off_is_told_of_again(db):
    held = meeting(begins_at=MORNING)
    before(1)
    held.begins_at += timedelta(1)
    held.save()
    before(1)
    assert len(to("leader.qingyuan")) == 2


@pytest.mark.parametrize("stage", [Stage.LIVE, Stage.CLOSED])
def test_a_meeting_that_was_opened_is_not_told_of(db, stage):
    meeting(begins_at=MORNING, stage=stage)
    assert before(1) == 0


def test_the_reminder_says_what_the_plan_lacks(db):
    held = meeting(begins_at=MORNING, agenda="报告、答问")
    assert missing(held) == ["本单位的报告", "来宾人数"]
    before(1)
    assert "还缺：本单位的报告、来宾人数。" in Notice.objects.filter(account=account("leader.qingyuan")).get().text


def test_a_plan_with_everything_lacks_nothing(db):
    held = meeting(agenda="报告、答问", account="今年修了十二部电梯。")
    count_guests(held, [Count(Group.RESIDENT, 40, 0)])
    assert missing(held) == []


def test_the_kind_of_the_notices_can_be_muted(season):
    before(14)
    assert {key.partition(":")[0] for key in Notice.objects.values_list("key", flat=True)} <= KINDS.keys()


def test_the_night_tells_nobody_and_the_morning_does(season):
    night = datetime(2026, 12, 5, 20, tzinfo=UTC)  # four o'clock in the district
    assert tasks.remind(int(night.timestamp())) == 0
    assert tasks.remind(int((night + timedelta(hours=4)).timestamp())) > 0
