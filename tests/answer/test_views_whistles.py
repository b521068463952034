import pytest
from django.test import Client
from tests.answer.test_whistles import SAID, calls, concluded, handler, whistled
from tests.district import account, in_progress, make

from huiyin.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "status"),
    [("handler.qingyuan", 200), ("leader.heyan", 200), ("supervisor", 200), ("caller", 403), ("admin", 403)],
)
def test_whistles_are_for_units_and_those_who_watch(enter, who, status):
    assert enter(who).get("/whistles/").status_code == status


def test_strangers_are_led_to_the_sign_in():
    assert Client().get("/whistles/").status_code == 302


def test_each_sees_its_side(enter):
    number = whistled().number
    called = {who: enter(who).get("/whistles/") for who in ("handler.citymgmt", "handler.qingyuan", "handler.heyan")}
    assert [call.whistle.case.number for call in called["handler.citymgmt"].context["called"]] == [number]
    assert [one.case.number for one in called["handler.qingyuan"].context["blown"]] == [number]
    assert [list(called["handler.heyan"].context[name]) for name in ("called", "blown", "drafts")] == [[], [], []]
    assert number not in called["handler.heyan"].content.decode()


def test_the_leader_finds_the_draft_in_the_form(enter):
    case = make("draft_whistle", case=in_progress(), account=handler(), **SAID)
    leader = enter("leader.qingyuan")
    assert [one.case.number for one in leader.get("/whistles/").context["drafts"]] == [case.number]
    form = leader.get(f"/cases/{case.number}/move/whistle/").context["form"]
    assert {name: form.initial[name] for name in SAID} == SAID
    sent = {**SAID, "seq": case.seq}
    assert leader.post(f"/cases/{case.number}/move/whistle/", sent).status_code == 302
    assert Case.objects.get(pk=case.pk).state == "whistled"
    assert calls(case)["citymgmt"].arrive_by is not None


def test_refusals_and_rates_stand_before_the_supervisor(enter):
    make("refuse_whistle", case=whistled(), account=account("handler.citymgmt"), reason="不来")
    page = enter("supervisor").get("/whistles/")
    first = page.context["arrivals"][0]
    assert (first.unit.code, first.called, first.refused, first.arrived) == ("citymgmt", 1, 1, 0)
    street = page.context["rates"][0]
    assert (street.unit.code, street.whistles, street.cases, street.per_hundred) == ("qingyuan", 1, 1, 100)
    assert "不来" in page.content.decode()


def test_rating_by_one_press(enter):
    case = concluded()
    sent = {"rated": "citymgmt", "score": "good"}
    assert enter("handler.qingyuan").post(f"/whistles/{case.number}/rate/", sent).url == "/whistles/"
    assert enter("handler.heyan").post(f"/whistles/{case.number}/rate/", sent).status_code == 404
    assert enter("supervisor").post(f"/whistles/{case.number}/rate/", sent).status_code == 403
    enter("handler.citymgmt").post(f"/whistles/{case.number}/rate/", {"rated": "qingyuan", "score": "nonsense"})
    assert (calls(case)["citymgmt"].rating_received, calls(case)["citymgmt"].rating_given) == ("good", "")


def test_the_page_does_not_ask_more_for_more_whistles(enter, django_assert_max_num_queries):
    for _ in range(3):
        whistled()
    for who, most in (("handler.citymgmt", 9), ("handler.qingyuan", 9), ("supervisor", 12)):
        client = enter(who)
        client.get("/whistles/")
        with django_assert_max_num_queries(most):
            client.get("/whistles/")


def test_the_case_page_shows_the_whistle(enter):
    page = enter("handler.citymgmt").get(f"/cases/{whistled().number}/").content.decode()
    assert SAID["reason"] in page
    assert "应哨" in page
