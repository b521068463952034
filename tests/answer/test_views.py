from datetime import timedelta

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.utils import timezone
from tests.district import account, dispatched, in_progress, make, submitted, to_call_back

from huiyin.cases.models import Case

pytestmark = pytest.mark.django_db


def numbers(response):
    return [case.number for case in response.context["page"].rows]


def counts(response):
    return {tab.name: tab.count for tab in response.context["tabs"]}


def state(case):
    return Case.objects.get(pk=case.pk).state


@pytest.mark.parametrize(
    ("who", "status"),
    [("handler.qingyuan", 200), ("leader.heyan", 200), ("dispatcher", 403), ("caller", 403), ("admin", 403)],
)
def test_the_inbox_is_for_those_who_answer(enter, who, status):
    assert enter(who).get("/inbox/").status_code == status
    assert enter(who).post("/inbox/accept/").status_code == (302 if status == 200 else 403)


@pytest.mark.parametrize("path", ["/inbox/", "/inbox/accept/"])
def test_strangers_are_led_to_the_sign_in(path):
    assert Client().get(path).url == f"{resolve_url(settings.LOGIN_URL)}?next={path}"


def test_each_tab_holds_its_cases_and_no_other_units(enter):
    again = make("send_back", case=submitted(), account=account("leader.qingyuan"), reason="再写清楚")
    made = {
        "to_accept": dispatched(),
        "in_progress": in_progress(),
        "redo": again,
        "to_approve": submitted(),
        "replied": to_call_back(),
    }
    helped = dispatched(lead="heyan", category="03.01")
    client = enter("handler.qingyuan")
    assert {name: numbers(client.get(f"/inbox/?tab={name}")) for name in made} == {
        name: [c.number] for name, c in made.items()
    }
    assert counts(client.get("/inbox/")) == {**dict.fromkeys(made, "1"), "helping": "0", "deferred": "0"}
    assert numbers(enter("handler.heyan").get("/inbox/?tab=to_accept")) == [helped.number]
    waiting = [made["to_accept"].number, made["in_progress"].number]
    helping = numbers(enter("handler.heat").get("/inbox/?tab=helping"))
    assert [number in helping for number in [*waiting, helped.number, made["replied"].number]] == [
        True,
        True,
        True,
        False,
    ]


def test_late_first_then_by_due_date(enter):
    soon, late, far = dispatched(), dispatched(), dispatched()
    now = timezone.now()
    for case, hours in ((soon, 1), (late, -5), (far, 90)):
        Case.objects.filter(pk=case.pk).update(due_at=now + timedelta(hours=hours))
    assert numbers(enter("handler.qingyuan").get("/inbox/?tab=to_accept")) == [late.number, soon.number, far.number]


@pytest.mark.parametrize(("who", "tab"), [("handler.qingyuan", "to_accept"), ("leader.qingyuan", "to_approve")])
def test_it_opens_where_the_work_is(enter, who, tab):
    dispatched()
    submitted()
    assert enter(who).get("/inbox/").context["tab"] == tab
    assert enter("handler.heyan").get("/inbox/?tab=nonsense").context["tab"] == "to_accept"


def test_the_inbox_is_eight_queries_whatever_its_length(enter, django_assert_max_num_queries):
    client = enter("handler.qingyuan")
    for _ in range(4):
        dispatched()
    for tab in ("to_accept", "helping", "replied"):
        client.get(f"/inbox/?tab={tab}")
        with django_assert_max_num_queries(8):
            client.get(f"/inbox/?tab={tab}")


def test_accept_many_says_which_went_through(enter):
    first, second, other = dispatched(), dispatched(), dispatched(lead="heyan")
    taken = in_progress()
    sent = {"case": [case.number for case in (first, second, other, taken)]}
    page = enter("handler.qingyuan").post("/inbox/accept/", sent, follow=True)
    assert [state(case) for case in (first, second, other)] == ["in_progress", "in_progress", "to_accept"]
    said = [str(message) for message in page.context["messages"]]
    assert (said[0], len(said), said[1].startswith(taken.number)) == ("已签收 2 件。", 2, True)


def test_accept_many_without_a_tick_asks_for_one(enter):
    page = enter("handler.qingyuan").post("/inbox/accept/", follow=True)
    assert [str(message) for message in page.context["messages"]] == ["请先勾选要签收的事项。"]


def test_accept_many_by_get_changes_nothing(enter):
    case = dispatched()
    assert enter("handler.qingyuan").get("/inbox/accept/", {"case": case.number}).url == "/inbox/?tab=to_accept"
    assert state(case) == "to_accept"
