from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from tests.townhall.hall import live, meeting

from huiyin.collect import senders
from huiyin.townhall import limits
from huiyin.townhall.choices import Group, Stage
from huiyin.townhall.domain import Late
from huiyin.townhall.domain_guests import Count, count_guests, sign_in
from huiyin.townhall.models import Guests, SignIn
from huiyin.townhall.queries_guests import attendance, in_all
from huiyin.townhall.viewers import COOKIE

pytestmark = pytest.mark.django_db
OWNER, COLLEAGUE, OUTSIDER = "leader.qingyuan", "supervisor", "handler.heyan"


@pytest.fixture
def hall(db):
    return live()


def here(hall):
    return f"/live/{hall.code}/here/"


def browser(hall):
    client = Client()
    client.get(here(hall))
    return client


def of(hall, group):
    return next(row for row in attendance(hall) if row.group == group)


@pytest.mark.parametrize("path", ["guests/", "invitation/"])
def test_another_unit_finds_no_guests(enter, hall, path):
    answers = [enter(who).get(f"/meetings/{hall.code}/{path}").status_code for who in (OWNER, COLLEAGUE, OUTSIDER)]
    assert answers == [200, 200, 404]


def test_numbers_of_every_group_are_kept_and_changed(enter, hall):
    client, path = enter(OWNER), f"/meetings/{hall.code}/guests/"
    client.post(path, {"invited_resident": "40", "paper_resident": "12", "invited_courier": "5"})
    client.post(path, {"invited_resident": "45", "paper_resident": "12"})
    assert [(row.group, row.invited, row.came_on_paper) for row in Guests.objects.filter(invited__gt=0)] == [
        ("resident", 45, 12)
    ]


@pytest.mark.parametrize("typed", ["-1", "many", "100001"])
def test_a_number_that_cannot_be_comes_back_with_the_others(enter, hall, typed):
    said = {"invited_resident": "40", "paper_courier": typed}
    back = enter(OWNER).post(f"/meetings/{hall.code}/guests/", said)
    assert (back.status_code, 'value="40"' in back.content.decode(), Guests.objects.count()) == (422, True, 0)


def test_a_browser_signs_in_once_and_may_change_its_group(hall):
    client = browser(hall)
    answers = [client.post(here(hall), {"group": group}).status_code for group in ("resident", "resident", "courier")]
    assert (answers, list(SignIn.objects.values_list("group", flat=True))) == ([302, 302, 302], ["courier"])
    assert "data-said" in client.get(here(hall)).content.decode()


def test_two_browsers_are_two_guests(hall):
    for _ in range(2):
        browser(hall).post(here(hall), {"group": "resident"})
    assert of(hall, Group.RESIDENT).by_phone == 2


def test_a_browser_without_the_cookie_is_told_and_gets_it(hall):
    back = Client().post(here(hall), {"group": "resident"})
    assert (back.status_code, COOKIE in back.cookies, SignIn.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("said", [{}, {"group": "king"}, {"group": "\0"}])
def test_no_group_is_none(hall, said):
    assert (browser(hall).post(here(hall), said).status_code, SignIn.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("stage", "days", "opens"),
    [
        (Stage.PLANNED, 0, True),
        (Stage.PLANNED, 1, False),
        (Stage.PLANNED, -1, False),
        (Stage.LIVE, 1, True),
        (Stage.CLOSED, 0, False),
    ],
)
def test_one_signs_in_on_the_day_until_it_is_closed(stage, days, opens):
    held = meeting(stage=stage, begins_at=timezone.now() + timedelta(days))
    client = browser(held)
    assert ('name="group"' in client.get(here(held)).content.decode()) == opens
    client.post(here(held), {"group": "resident"})
    assert SignIn.objects.exists() == opens


def test_a_meeting_closed_meanwhile_takes_nobody(hall):
    type(hall).objects.update(stage=Stage.CLOSED)
    with pytest.raises(Late):
        sign_in(hall, viewer=uuid4(), group=Group.RESIDENT)


def test_who_came_is_by_phone_and_on_paper(enter, hall):
    count_guests(hall, [Count(Group.RESIDENT, 40, 12), Count(Group.COURIER, 5, 0)])
    sign_in(hall, viewer=uuid4(), group=Group.RESIDENT)
    row, total = of(hall, Group.RESIDENT), in_all(attendance(hall))
    assert (row.invited, row.came, total.invited, total.came) == (40, 13, 45, 13)
    page = enter(OWNER).get(f"/meetings/{hall.code}/").content.decode()
    assert "13 / 40" in page


def test_the_invitation_has_what_a_guest_needs(enter):
    told = {"sub_venues": "东里分会场", "agenda": "一、报告\n二、答问", "theme": "邻里说事"}
    held = meeting(**told)
    page = enter(OWNER).get(f"/meetings/{held.code}/invitation/").content.decode()
    assert all(one in page for one in (*told.values(), held.venue, f"/live/{held.code}/", "<svg"))


def test_a_flood_from_one_sender_signs_nobody_in_any_more(hall, monkeypatch):
    monkeypatch.setattr(senders.time, "time", lambda: 1_800_000_000.0)
    monkeypatch.setattr(limits, "CAME_FROM", limits.Most(2, 600))
    answers = [browser(hall).post(here(hall), {"group": "resident"}).status_code for _ in range(3)]
    assert (answers, SignIn.objects.count()) == ([302, 302, 422], 2)
