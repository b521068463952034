import pytest
from django.test import Client
from tests.district import TEXT, dispatched, to_call_back

from huiyin.cases.models import Case
from huiyin.collect.domain import Message, receive
from huiyin.evaluate.tracking import WRONG_TRIES

ANSWERS = {"contacted": "yes", "solved": "yes", "satisfaction": "basic", "text": "好了"}


def brought():
    opened = receive(Message(text=TEXT, channel="web", person="张三丰", phone="13900000421"))
    return Case.objects.get(number=opened.number), opened.secret


def opened_by(client, case):
    """As if the secret had been given: the tests of the pages behind it need no real one."""
    session = client.session
    session["tracks"] = [case.number]
    session.save()
    return client


def give(client, number, secret):
    return client.post("/track/", {"number": number, "secret": secret})


def test_number_and_secret_open_the_case(client):
    case, secret = brought()
    assert give(client, case.number, secret).url == f"/track/{case.number}/"
    response = client.get(f"/track/{case.number}/")
    assert (response.templates[0].name, response.context["case"]) == ("evaluate/track.html", case)
    assert response.headers["Cache-Control"].split(", ")[-1] == "private"


def test_small_letters_spaces_and_wide_digits_are_forgiven(client):
    case, secret = brought()
    wide = case.number.translate({ord("2"): "２"})
    spaced = f" {secret[:5].lower()} {secret[5:]}"
    assert give(client, f" {wide.lower()} ", spaced).url == f"/track/{case.number}/"


def test_wrong_secret_and_unknown_number_get_the_same_answer(client):
    case, _secret = brought()
    wrong, unknown = give(client, case.number, "AAAAAAAAAA"), give(client, "MH-0000-00000", "AAAAAAAAAA")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()


def test_the_secret_of_one_case_opens_no_other(client):
    case, secret = brought()
    other, _secret = brought()
    give(client, case.number, secret)
    assert give(client, other.number, secret).status_code == 422
    response = client.get(f"/track/{other.number}/")
    assert response.templates[0].name == "evaluate/find.html"


@pytest.mark.parametrize("known", [True, False])
def test_without_the_secret_a_number_shows_nothing(client, known):
    number = brought()[0].number if known else "MH-0000-00000"
    response = client.get(f"/track/{number}/")
    assert (response.status_code, response.templates[0].name) == (200, "evaluate/find.html")
    assert "case" not in response.context
    assert response.context["form"]["number"].value() == number


def test_a_case_from_the_desk_without_receipt_has_no_tracking(client):
    case, _secret = brought()
    case.receipt.delete()
    assert give(client, case.number, "AAAAAAAAAA").status_code == 422


def test_too_many_wrong_tries_of_one_sender_wait(client):
    case, secret = brought()
    for _ in range(WRONG_TRIES):
        assert give(client, case.number, "AAAAAAAAAA").status_code == 422
    assert give(client, case.number, secret).status_code == 429
    neighbour = Client(REMOTE_ADDR="192.0.2.7")
    assert give(neighbour, case.number, secret).status_code == 302


def test_an_account_of_the_house_gains_nothing_here(client):
    case, _secret = brought()
    client.login(username="supervisor", password="huiyin-demo")
    assert client.get(f"/track/{case.number}/").templates[0].name == "evaluate/find.html"


def test_the_page_shows_no_name_and_no_telephone_number(client):
    case = to_call_back()
    page = opened_by(client, case).get(f"/track/{case.number}/").content.decode()
    assert [word in page for word in ("13900000421", "张三丰", "3号楼2单元501")] == [False] * 3


def test_four_stages_and_the_date_explain_themselves(client):
    case = dispatched()
    context = opened_by(client, case).get(f"/track/{case.number}/").context
    assert [(line.stage, line.now, line.late) for line in context["stages"]] == [
        ("collect", False, False), ("assign", True, False), ("answer", False, False), ("evaluate", False, False),
    ]  # fmt: skip
    assert (context["due"].at, context["due"].trace[0][:3]) == (case.due_at, "规则：")


@pytest.mark.parametrize(
    ("made", "kinds"),
    [(dispatched, ["supplement", "urge", "withdraw"]), (to_call_back, ["evaluate", "supplement"])],
)
def test_only_the_moves_of_the_table_are_offered(client, made, kinds):
    case = made()
    assert sorted(opened_by(client, case).get(f"/track/{case.number}/").context["forms"]) == kinds


def test_the_resident_evaluates(client):
    case = to_call_back()
    assert opened_by(client, case).post(f"/track/{case.number}/evaluate/", ANSWERS).url == f"/track/{case.number}/"
    case.refresh_from_db()
    assert (case.state, case.solved, case.satisfaction, case.valid_callback) == ("archived", True, "basic", True)
    event = case.events.get(kind="evaluate")
    assert (event.actor, event.role, event.public["means"]) == ("resident", "resident", "web")


def test_unsolved_says_the_resident_and_the_unit_works_again(client):
    case = to_call_back()
    opened_by(client, case).post(f"/track/{case.number}/evaluate/", {**ANSWERS, "solved": "no"})
    case.refresh_from_db()
    assert (case.state, case.rounds) == ("in_progress", 2)


@pytest.mark.parametrize("kind", ["supplement", "urge", "withdraw", "evaluate"])
def test_without_the_secret_nothing_can_be_done(client, kind):
    case = dispatched()
    before = case.seq
    response = client.post(f"/track/{case.number}/{kind}/", {**ANSWERS, "text": "谁都可以？"})
    assert response.url == f"/track/{case.number}/"
    assert Case.objects.get(pk=case.pk).seq == before


def test_other_moves_are_not_found(client):
    case = dispatched()
    assert opened_by(client, case).post(f"/track/{case.number}/accept/").status_code == 404


def test_an_empty_addition_asks_for_words(client):
    case = dispatched()
    response = opened_by(client, case).post(f"/track/{case.number}/supplement/", {"text": " "})
    assert (response.status_code, list(response.context["forms"]["supplement"].errors)) == (422, ["text"])


def test_what_is_no_longer_possible_is_said_and_what_was_typed_is_kept(client):
    case = to_call_back()
    browser = opened_by(client, case)
    browser.post(f"/track/{case.number}/evaluate/", ANSWERS)
    response = browser.post(f"/track/{case.number}/supplement/", {"text": "还想说一句"})
    assert (response.status_code, [form["text"].value() for form in response.context["lost"]]) == (409, ["还想说一句"])


def test_queries_of_the_page(client, django_assert_num_queries):
    case = to_call_back()
    browser = opened_by(client, case)
    browser.get(f"/track/{case.number}/")
    with django_assert_num_queries(5):  # session, case, due date, helpers, events
        browser.get(f"/track/{case.number}/")
