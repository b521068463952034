"""A link that works once, the code for another phone, and the caller's button that sends one."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.district import account, dispatched, to_call_back

from huiyin.cases.models import AccessLog, Case, Event
from huiyin.evaluate import links
from huiyin.evaluate.models import Link
from huiyin.evaluate.tracking import WRONG_TRIES
from huiyin.people.models import Membership, Unit

ANSWERS = {"contacted": "yes", "solved": "yes", "satisfaction": "basic", "text": "好了"}
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def post(settings, tmp_path):
    """A gateway is described; what it would be handed is not sent in these tests."""
    settings.SMS_FILE = tmp_path / "sms.toml"
    settings.SMS_FILE.write_text('url = "https://gateway.invalid/?to={phone}&text={text}"', "utf-8")


def given(case=None, means="sms"):
    """The address of a link for this case."""
    return f"/e/{links.token_of(links.give(case=case or to_call_back(), means=means))}"


def gone(response):
    return response.status_code, response.context["used"]


def seq(case):
    return Case.objects.values_list("seq", flat=True).get(pk=case.pk)


def opened_by(client, case):
    session = client.session
    session["tracks"] = [case.number]
    session.save()
    return client


def test_a_link_asks_three_questions_of_whoever_has_it(client):
    case = to_call_back()
    response = client.get(given(case))
    assert (response.templates[0].name, response.context["case"]) == ("evaluate/link.html", case)
    assert response.headers["Cache-Control"].split(", ")[-1] == "private"
    page = response.content.decode()
    assert [word in page for word in ("13900000421", "张三丰", "3号楼2单元501", case.number)] == [False] * 4


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_link_does_nothing(client, method):
    case = to_call_back()
    address, before = given(case), seq(case)
    assert [getattr(client, method)(address).status_code for _ in range(3)] == [200] * 3
    assert (seq(case), Link.objects.get().used_at) == (before, None)


@pytest.mark.parametrize("means", ["sms", "qr"])
def test_the_answer_is_the_residents_by_the_links_means(client, means):
    case = to_call_back()
    response = client.post(given(case, means), ANSWERS)
    assert (response.templates[0].name, response.context["solved"]) == ("evaluate/link_done.html", True)
    case.refresh_from_db()
    assert (case.state, case.solved, case.satisfaction) == ("archived", True, "basic")
    event = case.events.get(kind="evaluate")
    assert (event.actor, event.role, event.public["means"]) == ("resident", "resident", means)


def test_not_solved_goes_back_to_the_unit(client):
    case = to_call_back()
    assert client.post(given(case), {**ANSWERS, "solved": "no"}).context["solved"] is False
    case.refresh_from_db()
    assert (case.state, case.rounds) == ("in_progress", 2)


def test_a_missing_answer_keeps_the_others_and_the_link(client):
    address = given()
    response = client.post(address, {"contacted": "no", "text": "听不清"})
    form = response.context["form"]
    assert (response.status_code, sorted(form.errors), form["text"].value()) == (
        422, ["satisfaction", "solved"], "听不清",
    )  # fmt: skip
    assert client.post(address, ANSWERS).templates[0].name == "evaluate/link_done.html"


def test_a_used_link_says_so_and_changes_nothing(client):
    case = to_call_back()
    address = given(case)
    client.post(address, ANSWERS)
    before = seq(case)
    assert [gone(client.post(address, {**ANSWERS, "solved": "no"})), gone(client.get(address))] == [(410, True)] * 2
    assert seq(case) == before


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_answers_once(db):
    case = to_call_back()
    address, together, found = given(case), Barrier(2), []

    def press():
        together.wait()
        found.append(Client().post(address, ANSWERS))
        connection.close()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(response.status_code for response in found) == [200, 410]
    assert [response.context["used"] for response in found if response.status_code == 410] == [True]
    assert Event.objects.filter(case=case, kind="evaluate").count() == 1


def test_an_old_link_says_so_and_where_to_answer(client):
    address = given()
    Link.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    response = client.post(address, ANSWERS)
    assert (gone(response), Case.objects.get().state) == ((410, False), "to_call_back")
    assert "回执上的编号和查询码" in response.content.decode()


def test_a_link_of_a_case_that_went_on_is_too_old(client, enter):
    case = to_call_back()
    address = given(case)
    enter("caller").post(f"/callbacks/{case.number}/answers/", ANSWERS)
    assert gone(client.get(address)) == (410, False)


@pytest.mark.parametrize("token", ["AAAAAAAAAA", "x", "回音"])
def test_an_unknown_link_is_not_found(client, token):
    assert gone(client.get(f"/e/{token}")) == (404, False)


def test_too_many_wrong_links_of_one_sender_wait(client):
    address = given()
    assert {client.get("/e/AAAAAAAAAA").status_code for _ in range(WRONG_TRIES)} == {404}
    assert (gone(client.get(address)), gone(client.post(address, ANSWERS))) == ((429, False), (429, False))
    assert Client(REMOTE_ADDR="192.0.2.7").get(address).status_code == 200


def test_small_letters_are_forgiven(client):
    address = given()
    assert client.get(f"/e/{address.removeprefix('/e/').lower()}").templates[0].name == "evaluate/link.html"


def test_a_confidential_case_is_not_named_on_its_link(client):
    case = to_call_back(confidential=True)
    page = client.get(given(case)).content.decode()
    assert [words in page for words in (case.title, case.body.reply, case.body.text)] == [False] * 3


def test_the_link_speaks_the_readers_language(client):
    address = given()
    assert "This link works once." in client.get(address, headers=ENGLISH).content.decode()
    assert "The ring is closed." in client.post(address, ANSWERS, headers=ENGLISH).content.decode()
    assert "This link was used." in client.get(address, headers=ENGLISH).content.decode()
    assert "There is no such link." in client.get("/e/AAAAAAAAAA", headers=ENGLISH).content.decode()


def test_queries_of_a_link(client, django_assert_num_queries):
    address = given()
    client.get(address)
    with django_assert_num_queries(1):  # the link with its case
        client.get(address)


def test_whoever_opened_the_case_gets_a_code_for_another_phone(client):
    case = to_call_back()
    response = opened_by(client, case).post(f"/track/{case.number}/code/")
    assert (response.templates[0].name, Link.objects.get().means) == ("evaluate/code.html", "qr")
    address = response.context["address"].removeprefix("http://testserver")
    assert Client().post(address, ANSWERS).templates[0].name == "evaluate/link_done.html"
    assert case.events.get(kind="evaluate").public["means"] == "qr"


def test_a_code_pressed_twice_is_one_link(client):
    case = to_call_back()
    opened = opened_by(client, case)
    shown = {opened.post(f"/track/{case.number}/code/").context["address"] for _ in range(2)}
    assert (len(shown), Link.objects.count()) == (1, 1)


@pytest.mark.parametrize("who", [None, "caller", "handler.qingyuan", "supervisor"])
def test_without_the_secret_there_is_no_code(client, enter, who):
    case = to_call_back()
    visitor = enter(who) if who else client
    assert visitor.post(f"/track/{case.number}/code/").url == f"/track/{case.number}/"
    assert not Link.objects.exists()


def test_the_secret_of_one_case_gives_no_code_for_another(client):
    case, other = to_call_back(), to_call_back()
    assert opened_by(client, case).post(f"/track/{other.number}/code/").url == f"/track/{other.number}/"
    assert not Link.objects.exists()


def test_looking_for_a_code_makes_none(client):
    case = to_call_back()
    assert opened_by(client, case).get(f"/track/{case.number}/code/").status_code == 405
    assert not Link.objects.exists()


def test_before_the_unit_has_answered_there_is_no_code(client):
    case = dispatched()
    response = opened_by(client, case).post(f"/track/{case.number}/code/", follow=True)
    assert response.redirect_chain == [(f"/track/{case.number}/", 302)]
    assert ["待评价" in str(message) for message in response.context["messages"]] == [True]


def test_the_code_speaks_the_readers_language(client):
    case = to_call_back()
    response = opened_by(client, case).post(f"/track/{case.number}/code/", headers=ENGLISH)
    assert "Answer on another phone" in response.content.decode()


def test_queries_of_a_code(client, django_assert_num_queries):
    case = to_call_back()
    opened = opened_by(client, case)
    opened.post(f"/track/{case.number}/code/")
    with django_assert_num_queries(7):  # session, case, hours, link: savepoint, found, renewed, released
        opened.post(f"/track/{case.number}/code/")


def test_without_a_gateway_no_message_is_offered_nor_sent(enter):
    case, client = to_call_back(), enter("caller")
    page = client.get(f"/callbacks/{case.number}/")
    assert (page.context["texting"], f"/callbacks/{case.number}/text/" in page.content.decode()) == (False, False)
    assert client.post(f"/callbacks/{case.number}/text/").status_code == 409
    assert (Link.objects.exists(), AccessLog.objects.exists()) == (False, False)


def test_with_a_gateway_the_caller_asks_by_message(enter, post):
    case, client = to_call_back(), enter("caller")
    assert f"/callbacks/{case.number}/text/" in client.get(f"/callbacks/{case.number}/").content.decode()
    assert client.post(f"/callbacks/{case.number}/text/").url == "/callbacks/"
    assert (Link.objects.get().means, AccessLog.objects.get().purpose) == ("sms", "callback")
    shown = client.get(f"/callbacks/{case.number}/")
    assert (shown.context["sms"].sent_at, "已交发送，尚未发出" in shown.content.decode()) == (None, True)


@pytest.mark.parametrize("who", [None, "handler.qingyuan", "leader.heyan", "agent", "supervisor"])
def test_only_callers_send_a_message(client, enter, post, who):
    case = to_call_back()
    response = (enter(who) if who else client).post(f"/callbacks/{case.number}/text/")
    assert (response.status_code, Link.objects.exists()) == (403 if who else 302, False)


def test_the_handling_units_own_caller_sends_none(enter, post):
    case = to_call_back()
    Membership.objects.create(account=account("caller"), role="caller", unit=Unit.objects.get(code="qingyuan"))
    client = enter("caller")
    assert client.get(f"/callbacks/{case.number}/").context["texting"] is False
    assert client.post(f"/callbacks/{case.number}/text/").status_code == 409
    assert (Link.objects.exists(), AccessLog.objects.exists()) == (False, False)


def test_the_callers_button_speaks_the_readers_language(enter, post):
    case = to_call_back()
    page = enter("caller").get(f"/callbacks/{case.number}/", headers=ENGLISH).content.decode()
    assert "Ask by text message" in page
