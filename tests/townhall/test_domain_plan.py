import pytest

from huiyin.people.models import Unit
from huiyin.townhall.models import Meeting

pytestmark = pytest.mark.django_db


def plan(client, **changes):
    told = {
        "unit": Unit.objects.get(code="qingyuan").pk, "title": "向居民报告", "begins_at": "2026-12-24T19:00",
        "venue": "社区活动中心", "moderated": "on",
    }  # fmt: skip
    return client.post("/meetings/new/", told | changes).url


def test_a_plan_sent_twice_is_one_meeting_and_another_one_of_the_day_is_another(enter):
    client = enter("leader.qingyuan")
    first, second, other = plan(client), plan(client), plan(client, venue="北里广场")
    assert (first == second, first == other, Meeting.objects.count()) == (True, False, 2)
