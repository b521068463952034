import pytest
from django.test import Client
from tests.reception.beside import called, desk, recorded, taken
from tests.townhall.hall import live, meeting

from huiyin.reception import domain, views_public
from huiyin.reception.choices import Outcome, State
from huiyin.reception.domain_records import secret_of
from huiyin.reception.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(db):
    return live()


def browser(hall):
    client = Client()
    client.get(url(hall))
    return client


def url(hall, path=""):
    return f"/live/{hall.code}/desks/{path}"


def take(client, at, **told):
    return client.post(url(at.meeting, f"{at.pk}/take/"), {"press": "a", **told})


def test_anybody_reads_the_roster_and_nobody_a_contact(hall):
    at = desk(hall, expert_name="王老师")
    taken(at, name="张思远", phone="13900000517")
    page = Client().get(url(hall)).content.decode()
    assert [word in page for word in ("养老服务顾问", "王老师", "区民政局", "思远", "0517")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_a_number_is_taken_with_one_press_and_two_presses_take_one(hall):
    at, client = desk(hall), browser(hall)
    assert [take(client, at).url for _ in range(2)] == [url(hall)] * 2
    (mine,) = client.get(url(hall)).context["own"]
    assert (mine.ticket.number, mine.ahead, Ticket.objects.count()) == (1, 0, 1)
    assert browser(hall).get(url(hall)).context["own"] == []


def test_a_browser_without_a_cookie_is_told_and_the_next_press_takes_the_number(hall):
    at, client = desk(hall), Client()
    assert [take(client, at).status_code for _ in range(2)] == [422, 302]


def test_a_full_desk_says_what_to_do(hall):
    at = desk(hall, begun=60, minutes=60)
    back = take(browser(hall), at, name="张思远")
    assert (back.status_code, "请换一个坐诊台" in back.content.decode(), "张思远" in back.content.decode()) == (
        422, True, False,
    )  # fmt: skip


def test_a_desk_of_a_closed_meeting_gives_no_number():
    at = desk(meeting(stage="closed"))
    assert (take(browser(at.meeting), at).status_code, Ticket.objects.count()) == (422, 0)


def test_the_third_open_number_is_not_given(hall):
    client = browser(hall)
    answers = [take(client, desk(hall, place=f"{place}号台")).status_code for place in (1, 2, 3)]
    assert (answers, Ticket.objects.count()) == ([302, 302, 422], 2)


@pytest.mark.parametrize("told", [{"phone": "不告诉"}, {"name": "一" * 41}, {"press": "<a>"}, {"press": ""}])
def test_a_slip_is_told_and_takes_no_number(hall, told):
    at = desk(hall)
    assert (take(browser(hall), at, **told).status_code, Ticket.objects.count()) == (422, 0)


def test_a_flood_from_one_sender_ends(hall, monkeypatch):
    monkeypatch.setattr(views_public, "MOST_PER_HOUR", 1)
    at = desk(hall)
    assert [take(browser(hall), at).status_code for _ in range(2)] == [302, 429]


def test_a_hall_behind_one_address_takes_numbers_apart_from_what_it_may_report(hall, settings):
    settings.RATE_PER_HOUR = 1
    at = desk(hall)
    assert [take(browser(hall), at, press=press).status_code for press in ("a", "b", "c")] == [302] * 3


def test_a_number_is_given_back_by_the_browser_that_took_it(hall):
    at, client = desk(hall), browser(hall)
    take(client, at)
    path = url(hall, f"{at.pk}/1/cancel/")
    assert [one.post(path).status_code for one in (Client(), browser(hall), client, client)] == [404, 404, 302, 422]
    assert (Ticket.objects.get().state, take(client, at, press="b").status_code) == (State.CANCELLED, 302)


def test_a_desk_of_another_meeting_is_not_found(hall):
    other = desk(meeting("heyan"))
    assert browser(hall).get(url(hall, f"{other.pk}/take/")).status_code == 404


def test_the_receipt_is_on_the_phone_that_took_the_number_and_on_no_other(hall):
    at, client = desk(hall), browser(hall)
    take(client, at)
    kept = recorded(at, ticket=domain.call_next(at), outcome=Outcome.CASE)
    own, other = (one.get(url(hall)).content.decode() for one in (client, browser(hall)))
    address = f"/track/{kept.case.number}/#S{secret_of(kept)}"
    assert (address in own, kept.case.number in other) == (True, False)


def test_the_screen_shows_what_is_called(hall):
    at = desk(hall)
    called(at), taken(at)
    (shown,) = Client().get(url(hall, "screen/")).context["desks"]
    assert (shown.calling, shown.waiting) == (1, 1)


def test_the_live_page_leads_to_the_desks_where_there_are_any(hall):
    live_page = f"/live/{hall.code}/"
    before = Client().get(live_page).content.decode()
    taken(desk(hall))
    after = Client().get(live_page).content.decode()
    assert (url(hall) in before, url(hall) in after, "1 人在等" in after) == (False, True, True)
