import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from tests.district import account, in_progress, to_call_back

from huiyin.cases.choices import Purpose
from huiyin.cases.models import AccessLog, Case
from huiyin.evaluate import domain
from huiyin.people.models import Membership, Unit

SOLVED = {"contacted": "yes", "solved": "yes", "satisfaction": "satisfied", "text": ""}
UNSOLVED = {"contacted": "yes", "solved": "no", "satisfaction": "dissatisfied", "text": "还是不热"}
GET = ["/callbacks/", "/callbacks/{}/"]
POST = ["/callbacks/{}/number/", "/callbacks/{}/answers/", "/callbacks/{}/attempt/", "/callbacks/{}/close/"]


def state(case):
    return Case.objects.get(pk=case.pk).state


@pytest.mark.parametrize("who", ["handler.qingyuan", "leader.heyan", "agent", "supervisor", "analyst", "admin"])
def test_only_callers_have_a_desk(enter, who):
    number = to_call_back().number
    client = enter(who)
    assert {client.get(url.format(number)).status_code for url in [*GET, "/callbacks/next/"]} == {403}
    assert {client.post(url.format(number)).status_code for url in POST} == {403}
    assert not AccessLog.objects.exists()


def test_strangers_are_led_to_the_sign_in():
    number = to_call_back().number
    for url in [url.format(number) for url in GET]:
        assert Client().get(url).url == f"{resolve_url(settings.LOGIN_URL)}?next={url}"
    for url in [url.format(number) for url in POST]:
        assert Client().post(url).url == f"{resolve_url(settings.LOGIN_URL)}?next={url}"


def test_next_opens_the_first_call(enter):
    case = to_call_back()
    assert enter("caller").get("/callbacks/next/").url == f"/callbacks/{case.number}/"


def test_next_with_nobody_to_call_says_so(enter):
    response = enter("caller").get("/callbacks/next/", follow=True)
    assert response.redirect_chain == [("/callbacks/", 302)]
    assert [message.level_tag for message in response.context["messages"]] == ["info"]


def test_the_script_is_the_districts_and_names_the_case(enter):
    case = to_call_back()
    script = enter("caller").get(f"/callbacks/{case.number}/").context["script"]
    assert script["contacted"] == "办理期间，清源街道联系过您吗？"
    assert case.title in script["greeting"]
    english = enter("caller").get(f"/callbacks/{case.number}/", headers={"accept-language": "en"}).context["script"]
    assert english["solved"] == "Is the problem you told us about solved?"


def test_the_number_is_masked_until_asked_for_and_the_asking_is_logged(enter):
    case, client = to_call_back(), enter("caller")
    assert "13900000421" not in client.get(f"/callbacks/{case.number}/").content.decode()
    assert not AccessLog.objects.exists()
    assert "13900000421" in client.post(f"/callbacks/{case.number}/number/").content.decode()
    (log,) = AccessLog.objects.all()
    assert (log.case, log.account, log.purpose) == (case, account("caller"), Purpose.CALLBACK)


def test_no_number_once_the_call_is_over(enter):
    case = in_progress()
    assert enter("caller").post(f"/callbacks/{case.number}/number/").status_code == 403
    assert not AccessLog.objects.exists()


def test_answers_are_saved_and_the_desk_is_ready_again(enter):
    case = to_call_back()
    assert enter("caller").post(f"/callbacks/{case.number}/answers/", SOLVED).url == "/callbacks/"
    case.refresh_from_db()
    assert (case.state, case.solved, case.satisfaction) == ("archived", True, "satisfied")
    assert case.events.get(kind="evaluate").public["means"] == "phone"


def test_unsolved_goes_back_to_the_unit(enter):
    case = to_call_back()
    enter("caller").post(f"/callbacks/{case.number}/answers/", UNSOLVED)
    assert state(case) == "in_progress"


def test_a_missing_answer_keeps_the_others(enter):
    case = to_call_back()
    response = enter("caller").post(f"/callbacks/{case.number}/answers/", {"contacted": "no", "text": "听不清"})
    assert (response.status_code, state(case)) == (422, "to_call_back")
    form = response.context["answers"]
    assert (sorted(form.errors), form["contacted"].value(), form["text"].value()) == (
        ["satisfaction", "solved"], "no", "听不清",
    )  # fmt: skip


def test_somebody_was_faster_shows_the_fresh_state(enter):
    case = to_call_back()
    enter("caller").post(f"/callbacks/{case.number}/answers/", SOLVED)
    response = enter("caller").post(f"/callbacks/{case.number}/answers/", UNSOLVED)
    assert (response.status_code, response.context["case"].state, response.context["open"]) == (409, "archived", False)
    assert response.context["answers"]["text"].value() == "还是不热"


def test_not_reached_comes_back_later(enter):
    case = to_call_back()
    assert enter("caller").post(f"/callbacks/{case.number}/attempt/", {"outcome": "busy"}).url == "/callbacks/"
    case.refresh_from_db()
    assert (case.attempts, case.next_call_at is None) == (1, False)


def test_too_few_tries_are_refused_with_the_reason(enter):
    case = to_call_back()
    domain.attempt(case=case, account=account("caller"), outcome="busy")
    response = enter("caller").post(f"/callbacks/{case.number}/close/")
    assert (response.status_code, state(case)) == (409, "to_call_back")
    assert ["至少三次、不同时段" in str(message) for message in response.context["messages"]] == [True]


def test_the_handling_unit_reads_why_it_may_not_call(enter):
    case = to_call_back()
    Membership.objects.create(account=account("caller"), role="caller", unit=Unit.objects.get(code="qingyuan"))
    client = enter("caller")
    response = client.get(f"/callbacks/{case.number}/")
    assert (response.context["open"], response.context["own_unit"]) == (
        False,
        "承办单位不能核查、回访自己办的事。请由沐河区接诉即办中心的回访员来打。",
    )
    assert client.post(f"/callbacks/{case.number}/number/").status_code == 403
    assert client.post(f"/callbacks/{case.number}/answers/", SOLVED).status_code == 409
    assert state(case) == "to_call_back"


def test_an_unknown_number_is_not_found(enter):
    assert enter("caller").get("/callbacks/MH-0000-00000/").status_code == 404


def test_queries_of_a_call(enter, django_assert_num_queries):
    case, client = to_call_back(), enter("caller")
    client.get(f"/callbacks/{case.number}/")
    for _ in range(3):
        to_call_back()
    with django_assert_num_queries(6):  # session, account, case, its helpers, queue, counts
        client.get(f"/callbacks/{case.number}/")


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_an_absurd_next_try_is_told_and_not_kept(enter, moment):
    case = to_call_back()
    answer = enter("caller").post(f"/callbacks/{case.number}/attempt/", {"outcome": "busy", "next_at": moment})
    assert (answer.status_code, state(case)) == (422, "to_call_back")
