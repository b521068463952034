import re
import time
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from tests.district import account, dispatched, in_progress, received, to_call_back
from tests.review import november
from tests.townhall import hall

from huiyin.cases.models import Case
from huiyin.cockpit.counts import STEPS
from huiyin.people import memory
from huiyin.people.models import Account, Area, District, Membership, Unit
from huiyin.review.models import MonthEnds, ScoreRule

pytestmark = pytest.mark.django_db
INSIDE = ["/cockpit/", "/cockpit/now/", "/cockpit/cases/received/"]
WATCH = ["supervisor", "analyst", "auditor"]
OTHERS = ["handler.qingyuan", "leader.qingyuan", "handler.heat", "dispatcher", "agent", "checker", "admin"]
# Session, account with its memberships, and nothing else while the figures are fresh.
QUERIES_KEPT = 2
# Today, the rates and units' scores (kept for a minute), late, meetings, topics, map, units.
QUERIES_COUNTED = QUERIES_KEPT + 7

# Re-read once a minute: units, areas, the district, its assessment months, the weights of its score.
REMEMBERED = (Unit, Area, District, MonthEnds, ScoreRule)


def late_case():
    case = dispatched()
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(hours=3))
    return case


@pytest.fixture
def leader(enter):
    """Of the district itself."""
    someone = Account.objects.create(username="leader.district", unit=Unit.objects.get(code="district"))
    Membership.objects.create(account=someone, role="leader", unit=someone.unit)
    return enter("leader.district")


@pytest.mark.parametrize("url", INSIDE)
def test_strangers_are_led_to_the_sign_in(url):
    assert Client().get(url).url == f"/login/?next={url}"


@pytest.mark.parametrize("url", INSIDE)
@pytest.mark.parametrize("who", WATCH)
def test_who_watches_the_district_sees_it(enter, who, url):
    assert enter(who).get(url).status_code == 200


@pytest.mark.parametrize("url", INSIDE)
def test_the_districts_leader_sees_it(leader, url):
    assert leader.get(url).status_code == 200
    assert "/cockpit/" in leader.get("/home/").content.decode()


@pytest.mark.parametrize("url", INSIDE)
@pytest.mark.parametrize("who", OTHERS)
def test_others_are_told_whose_it_is(enter, who, url):
    response = enter(who).get(url)
    assert (response.status_code, response.templates[0].name) == (403, "cockpit/closed.html")
    assert "驾驶舱给统看全区的人" in response.content.decode()


def test_a_units_leader_has_no_way_to_it(enter):
    assert "/cockpit/" not in enter("leader.qingyuan").get("/home/").content.decode()


def links(page):
    return {unescape(url) for url in re.findall(r'href="(/[^"#]*)"', page) if not url.startswith("/static/")}


def test_every_figure_opens(enter):
    late_case(), to_call_back(), in_progress(), received()
    hall.live()
    client = enter("supervisor")
    tiles = client.get("/cockpit/now/").content.decode()
    found = links(tiles)
    assert {url: client.get(url).status_code for url in found} == dict.fromkeys(found, 200)
    figures = re.findall(r"data-figure", tiles)
    assert len(figures) > len(Unit.objects.filter(ranked=True))


@pytest.mark.parametrize("name", ["received", "dispatched", "answered", "evaluated"])
def test_a_step_of_today_counts_what_its_page_lists(enter, name):
    november.load()
    to_call_back(), received()
    client = enter("analyst")
    steps = client.get("/cockpit/").context["tiles"][0].context["steps"]
    step = {one.name: one for one in steps}[name]
    page = client.get(step.href).context
    expected = {"received": 2, "dispatched": 1, "answered": 1, "evaluated": 0}[name]
    assert (step.cases, page["counted"], len(page["page"].rows)) == (expected,) * 3


def test_a_list_can_be_of_one_unit_one_area_or_none(enter):
    dispatched(), dispatched(lead="heyan", area="heyan"), received(place="")
    client = enter("supervisor")
    asked = ("?unit=qingyuan", "?unit=heyan", "?area=heyan", "?area=none", "")
    counted = [client.get(f"/cockpit/cases/in_hand/{query}").context["counted"] for query in asked]
    none = Case.objects.filter(area=None).count()
    own = Case.objects.filter(area__code__startswith="heyan").count()
    assert counted == [1, 1, own, none, 3]


def today_at(hour, minute=30):
    return timezone.localtime().replace(hour=hour, minute=minute, second=0, microsecond=0)


def at_hours(column, *hours):
    for case, hour in zip((to_call_back() for _ in hours), hours, strict=True):
        Case.objects.filter(pk=case.pk).update(**{column: today_at(hour)})


@pytest.mark.parametrize(("name", "column"), STEPS.items())
def test_a_bar_counts_what_its_page_lists(enter, name, column):
    at_hours(column, 0, 9, 9, 23)
    client = enter("supervisor")
    steps = client.get("/cockpit/").context["tiles"][0].context["steps"]
    bars = {bar.hour: bar for bar in {one.name: one for one in steps}[name].bars if bar.cases}
    pages = {hour: client.get(bar.href).context for hour, bar in bars.items()}
    assert {hour: bar.cases for hour, bar in bars.items()} == {0: 1, 9: 2, 23: 1}
    assert {hour: (page["counted"], len(page["page"].rows)) for hour, page in pages.items()} == {
        0: (1, 1),
        9: (2, 2),
        23: (1, 1),
    }


def test_bars_are_for_the_pointer_and_the_steps_page_has_every_hour(enter):
    at_hours("created_at", 0, 9, 9)
    client = enter("supervisor")
    shown = client.get("/cockpit/now/").content.decode()
    assert set(re.findall(r'<a href="/cockpit/cases/received/\?hour=(\d+)" tabindex="(-?\d+)"', shown)) == {
        ("0", "-1"),
        ("9", "-1"),
    }
    page = client.get("/cockpit/cases/received/?hour=9")
    assert page.context["hours"] == [(0, 1), (9, 2)]
    assert {url for url in links(page.content.decode()) if "hour=" in url} == set()
    assert set(re.findall(r'href="(\?hour=\d+)"', page.content.decode())) == {"?hour=0", "?hour=9"}
    assert re.search(r"<h1>今日受理 .*?09:00–10:00", page.content.decode())


def test_an_hour_can_be_of_one_unit(enter):
    at_hours("created_at", 9, 9)
    Case.objects.filter(pk=dispatched(lead="heyan").pk).update(created_at=today_at(9))
    page = enter("supervisor").get("/cockpit/cases/received/?unit=heyan&hour=9").context
    assert (page["counted"], page["hours"], page["narrowed"].name) == (1, [(9, 1)], "河沿街道")


@pytest.mark.parametrize(
    "url",
    [
        "nothing/",
        "late/?unit=nowhere",
        "late/?area=nowhere",
        "late/?hour=9",
        *(f"received/?hour={hour}" for hour in ("24", "-1", "x", "9.5", "٣", "09", "1" * 50)),
    ],
)
def test_what_is_not_there_is_not_found(enter, url):
    assert enter("supervisor").get(f"/cockpit/cases/{url}").status_code == 404


def test_the_districts_leader_is_told_what_is_not_open_to_them(leader):
    dispatched(), received()
    page = leader.get("/cockpit/cases/received/").context
    assert (page["counted"], page["readable"]) == (2, 1)


def test_a_confidential_title_is_not_on_the_screen(enter):
    case = late_case()
    client = enter("supervisor")
    assert case.title in client.get("/cockpit/now/").content.decode()
    for change in ({"confidential": True}, {"confidential": False, "kind": "report"}):
        Case.objects.filter(pk=case.pk).update(**change)
        cache.clear()
        page = client.get("/cockpit/now/").content.decode()
        assert (case.title in page, case.number in page) == (False, True)


def test_a_unit_without_a_callback_has_a_dash(enter):
    page = enter("supervisor").get("/cockpit/now/").content.decode()
    assert re.search(r'data-figure="score-heyan">(.*?)<', page)[1] == "—"
    assert re.search(r'data-figure="rate-resolution">(.*?)<', page)[1] == "—"


def test_both_languages_have_their_own_words(enter):
    client = enter("supervisor")
    assert "今日受理" in client.get("/cockpit/now/").content.decode()
    client.cookies["lang"] = "en"
    assert "Received today" in client.get("/cockpit/now/").content.decode()


def test_queries(enter, django_assert_num_queries):
    november.load()
    hall.live(), late_case()
    client = enter(account("supervisor").username)
    client.get("/cockpit/now/")
    with django_assert_num_queries(QUERIES_KEPT):
        client.get("/cockpit/now/")
    cache.clear()
    with django_assert_num_queries(QUERIES_COUNTED + 1):  # the groups of the table of rates
        client.get("/cockpit/now/")


@pytest.mark.parametrize("seconds", [59, 61])
def test_however_slow_the_machine_is_a_count_of_queries_is_the_pages_own(
    enter, django_assert_num_queries, monkeypatch, seconds
):
    """Units, areas, rules and the district are read again after a minute, and were, once, in the middle of a count."""
    november.load()
    client = enter("supervisor")
    client.get("/cockpit/now/")
    cache.clear()
    later = time.monotonic() + seconds
    monkeypatch.setattr(time, "monotonic", lambda: later)
    with django_assert_num_queries(QUERIES_COUNTED + 1):
        client.get("/cockpit/now/")


def test_a_minute_later_it_reads_again_what_is_kept_in_memory(enter, django_assert_num_queries, monkeypatch):
    november.load()
    client, now = enter("supervisor"), memory.now()
    client.get("/cockpit/now/")
    cache.clear()
    monkeypatch.setattr(memory, "now", lambda: now + 61)
    with django_assert_num_queries(QUERIES_COUNTED + 1 + len(REMEMBERED)):
        client.get("/cockpit/now/")
