from datetime import timedelta

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.utils import timezone
from tests.district import account, dispatched, in_progress, received
from tests.review import november

from huiyin.cases.models import Case
from huiyin.people.models import Account, Membership, Unit

DISTRICT_WIDE = ["agent", "dispatcher", "caller", "reviewer", "supervisor", "analyst", "auditor"]
UNIT_BOUND = ["handler.qingyuan", "leader.qingyuan"]
INSIDE = ["/home/", "/units/qingyuan/", "/rates/", "/rates/export.csv", "/figures/received/?unit=qingyuan"]


@pytest.mark.parametrize("url", INSIDE)
def test_strangers_are_led_to_the_sign_in(url):
    assert Client().get(url).url.startswith(f"{resolve_url(settings.LOGIN_URL)}?next={url.split('?')[0]}")


@pytest.mark.parametrize("url", INSIDE)
def test_an_account_without_a_role_gets_nothing(url, enter):
    Account.objects.create(username="nobody", unit=Unit.objects.get(code="qingyuan"))
    assert enter("nobody").get(url).status_code == 403


@pytest.mark.parametrize("who", DISTRICT_WIDE)
def test_district_wide_roles_come_home_to_the_district(enter, who):
    response = enter(who).get("/home/")
    assert (response.status_code, response.templates[0].name) == (200, "review/district.html")
    assert enter(who).get("/units/heyan/").status_code == 200


@pytest.mark.parametrize("who", UNIT_BOUND)
def test_unit_roles_come_home_to_their_unit_and_see_no_other(enter, who):
    client = enter(who)
    assert client.get("/home/").context["unit"].code == "qingyuan"
    assert client.get("/units/qingyuan/").status_code == 200
    assert client.get("/units/heyan/").status_code == 403
    assert client.get("/rates/").status_code == 200


def test_the_checker_reaches_the_whole_district(enter):
    assert enter("checker").get("/home/").context["unit"].code == "district"


def test_the_administrator_sees_no_cases(enter):
    dispatched()
    client = enter("admin")
    assert client.get("/home/").templates[0].name == "review/no_cases.html"
    assert client.get("/units/qingyuan/").status_code == 403


def test_a_second_units_handler_comes_home_there(enter):
    Membership.objects.filter(account=account("handler.heyan")).delete()
    Membership.objects.create(account=account("handler.heyan"), role="handler", unit=Unit.objects.get(code="qingyuan"))
    assert enter("handler.heyan").get("/home/").context["unit"].code == "qingyuan"


def test_an_unknown_unit_is_not_found(enter):
    assert enter("supervisor").get("/units/nowhere/").status_code == 404


def test_the_district_is_all_ranked_units_with_their_rings(enter):
    case = dispatched()
    units = enter("supervisor").get("/home/").context["units"]
    assert {unit.code for unit, _cases, _cells in units} == set(
        Unit.objects.filter(ranked=True).values_list("code", flat=True)
    )
    walls = {unit.code: [one.number for one in cases] for unit, cases, _cells in units}
    assert (walls.pop("qingyuan"), {number for wall in walls.values() for number in wall}) == ([case.number], set())


def test_today_counts_what_came_and_what_is_late(enter):
    november.load()
    in_progress()
    received()
    today = enter("supervisor").get("/home/").context["today"]
    assert (today.received, today.closed, today.open, today.late) == (2, 0, 5, 2)
    own = enter("handler.qingyuan").get("/home/").context["today"]
    assert (own.received, own.closed, own.open, own.late) == (1, 0, 2, 1)


def test_late_ones_come_first_with_the_unit_that_has_them(enter):
    november.load()
    assert [case.number[-2:] for case in enter("supervisor").get("/home/").context["late"]] == ["06", "15"]
    assert [case.number[-2:] for case in enter("handler.heyan").get("/home/").context["late"]] == []


def test_a_units_wall_is_what_it_has_in_hand_then_what_it_finished(enter):
    november.load()
    wall = enter("handler.qingyuan").get("/home/").context["wall"]
    assert [int(case.number[-2:]) for case in wall] == [6, 20, 8, 7, 5, 4, 3, 2, 1]


def test_the_curve_counts_days(enter):
    received()
    curve = enter("supervisor").get("/home/").context["curve"]
    assert (len(curve["x"]), sum(curve["series"][0]["data"]), curve["series"][0]["data"][-1]) == (28, 1, 1)


def listed(client, href):
    return len(client.get(href).context["page"].rows)


@pytest.mark.parametrize(("who", "every"), [("supervisor", 3), ("leader.qingyuan", 2)])
def test_a_day_of_the_curve_opens_into_as_many_cases_as_it_counts(enter, who, every):
    for case, days in ((dispatched(), 1), (dispatched(), 1), (dispatched(lead="heyan"), 27)):
        Case.objects.filter(pk=case.pk).update(created_at=timezone.now() - timedelta(days=days))
    Case.objects.filter(pk=dispatched().pk).update(kind="directive")
    client = enter(who)
    days = client.get("/home/").context["days"]
    assert sum(cases for _day, cases, _href in days) == every
    assert [listed(client, href) for _day, _cases, href in days] == [cases for _day, cases, _href in days]


@pytest.mark.parametrize("who", ["supervisor", "leader.qingyuan", "checker"])
def test_todays_figures_open_into_as_many_cases_as_they_count(enter, who):
    november.load()
    in_progress(), dispatched(lead="heyan"), received()
    Case.objects.filter(pk=dispatched().pk).update(kind="directive", due_at=timezone.now() - timedelta(days=1))
    client = enter(who)
    found = client.get("/home/").context
    assert (listed(client, found["received_href"]), listed(client, found["late_href"])) == (
        found["today"].received,
        found["today"].late,
    )


@pytest.mark.parametrize(
    ("who", "url", "queries"),
    [
        ("supervisor", "/home/", 8),
        ("handler.qingyuan", "/home/", 8),
        ("supervisor", "/rates/", 3),
        ("supervisor", "/rates/?by=category", 3),
    ],
)
def test_queries(enter, django_assert_num_queries, who, url, queries):
    november.load()
    client = enter(who)
    client.get(url)
    with django_assert_num_queries(queries):
        client.get(url)
