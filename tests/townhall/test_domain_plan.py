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


def edited(client, hall, **changes):
    page = client.get(f"/meetings/{hall.code}/edit/")
    told = {
        "unit": hall.unit_id, "title": hall.title, "begins_at": "2026-12-24T19:00", "venue": hall.venue,
        "moderated": "on", "seen": page.context["form"]["seen"].value(),
    }  # fmt: skip
    return lambda **more: client.post(f"/meetings/{hall.code}/edit/", told | changes | more)


def test_of_two_who_change_a_plan_at_once_neither_is_overwritten_in_silence(enter):
    plan(enter("leader.qingyuan"))
    hall = Meeting.objects.get()
    first = edited(enter("leader.qingyuan"), hall, account="今年修好了三条路")
    second = edited(enter("supervisor"), hall, venue="北里广场")
    assert [first().status_code, first().status_code] == [302, 302]
    back = second()
    hall.refresh_from_db()
    assert (back.status_code, hall.account, hall.venue) == (409, "今年修好了三条路", "社区活动中心")
    assert ("北里广场" in back.content.decode(), len(back.context["form"].non_field_errors())) == (True, 1)

    assert second(seen=back.context["form"]["seen"].value()).status_code == 302
    hall.refresh_from_db()
    assert (hall.account, hall.venue) == ("", "北里广场")
