"""A second call: by somebody else, who knows nothing of the first; and what both heard, for those who supervise."""

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from tests.district import account, to_call_back
from tests.evaluate.test_second import colleague

from huiyin.cases.models import AccessLog, Case
from huiyin.evaluate import domain, second
from huiyin.evaluate.models import SecondCall
from huiyin.people.models import Account, Membership, Unit

FIRST = {"contacted": True, "solved": True, "satisfaction": "basic", "text": "第一次说的是还行"}
HEARD = {"contacted": "no", "solved": "no", "satisfaction": "dissatisfied", "text": "根本没人来"}
ENGLISH = {"accept-language": "en"}
GET = ["/callbacks/second/", "/callbacks/second/{}/"]
POST = ["/callbacks/second/{}/number/", "/callbacks/second/{}/answers/", "/callbacks/second/{}/unreached/"]


@pytest.fixture
def second_caller(enter):
    """A browser of another caller than the first one."""
    colleague()
    return enter("caller.2")


def drawn(**changes):
    case = to_call_back(**changes)
    case = domain.record(case=case, actor=domain.caller(account("caller"), "evaluate", case), **FIRST)
    second.draw_these([case.number])
    return case


def url(case, verb=""):
    return f"/callbacks/second/{case.number}/{verb}"


@pytest.mark.parametrize("who", ["handler.qingyuan", "leader.heyan", "agent", "supervisor", "reviewer", "analyst"])
def test_only_callers_make_second_calls(enter, who):
    number, client = drawn().number, enter(who)
    assert {client.get(path.format(number)).status_code for path in GET} == {403}
    assert {client.post(path.format(number)).status_code for path in POST} == {403}
    assert not AccessLog.objects.exists()


def test_strangers_are_led_to_the_sign_in():
    number = drawn().number
    for path in [path.format(number) for path in GET]:
        assert Client().get(path).url == f"{resolve_url(settings.LOGIN_URL)}?next={path}"
    for path in [path.format(number) for path in POST]:
        assert Client().post(path).url == f"{resolve_url(settings.LOGIN_URL)}?next={path}"


def test_the_queue_holds_what_others_called_first(enter, second_caller):
    case = drawn()
    assert [row.case for row in second_caller.get("/callbacks/second/").context["queue"]] == [case]
    assert list(enter("caller").get("/callbacks/second/").context["queue"]) == []


def test_the_second_caller_reads_neither_the_first_answer_nor_who_heard_it(second_caller):
    Account.objects.filter(username="caller").update(name="钱一鸣")
    case = drawn()
    page = second_caller.get(url(case)).content.decode()
    assert case.title in page
    shown = ("钱一鸣", FIRST["text"], "室温已到二十度", "已归档", "评价：")
    assert [words for words in shown if words in page] == []
    assert 'value="basic" required checked' not in page


def test_the_first_caller_cannot_make_it(enter):
    case, client = drawn(), enter("caller")
    page = client.get(url(case))
    assert (page.context["open"], "首次就是您打的" in page.content.decode()) == (False, True)
    assert client.post(url(case, "number/")).status_code == 403
    assert [client.post(url(case, verb), HEARD).status_code for verb in ("answers/", "unreached/")] == [409, 409]
    assert (SecondCall.objects.get().tries, SecondCall.objects.get().done_at) == (0, None)
    assert not AccessLog.objects.exists()


def test_a_caller_of_the_handling_unit_cannot_make_it(second_caller):
    case = drawn()
    Membership.objects.create(account=account("caller.2"), role="caller", unit=Unit.objects.get(code="qingyuan"))
    assert second_caller.get(url(case)).context["open"] is False
    assert second_caller.post(url(case, "number/")).status_code == 403
    assert second_caller.post(url(case, "answers/"), HEARD).status_code == 409
    assert SecondCall.objects.get().done_at is None


def test_the_number_is_masked_until_asked_for_and_the_asking_is_logged(second_caller):
    case = drawn()
    assert "13900000421" not in second_caller.get(url(case)).content.decode()
    assert "13900000421" in second_caller.post(url(case, "number/")).content.decode()
    (log,) = AccessLog.objects.all()
    assert (log.case, log.account, log.purpose) == (case, account("caller.2"), "callback")


def test_a_case_that_was_not_drawn_is_open_to_nobody(second_caller):
    case = to_call_back()
    assert second_caller.get(url(case)).context["open"] is False
    assert second_caller.post(url(case, "number/")).status_code == 403
    assert second_caller.post(url(case, "answers/"), HEARD).status_code == 409


def test_an_unknown_number_is_not_found(second_caller):
    assert second_caller.get("/callbacks/second/MH-0000-00000/").status_code == 404


def test_what_was_heard_stands_beside_the_first_answer(second_caller):
    case = drawn()
    response = second_caller.post(url(case, "answers/"), HEARD)
    assert response.url == "/callbacks/second/"
    case.refresh_from_db()
    assert (case.solved, case.satisfaction, case.second_solved, case.state) == (True, "basic", False, "archived")
    assert list(second_caller.get("/callbacks/second/").context["queue"]) == []


def test_saved_twice_it_is_recorded_once(second_caller):
    case = drawn()
    answered = [second_caller.post(url(case, "answers/"), HEARD) for _ in range(2)]
    assert [response.status_code for response in answered] == [302, 409]
    assert answered[1].context["answers"]["text"].value() == "根本没人来"
    assert Case.objects.get(pk=case.pk).events.filter(kind="call_again").count() == 1


def test_a_missing_answer_keeps_the_others(second_caller):
    case = drawn()
    response = second_caller.post(url(case, "answers/"), {"contacted": "no", "text": "听不清"})
    form = response.context["answers"]
    assert (response.status_code, sorted(form.errors), form["text"].value()) == (
        422, ["satisfaction", "solved"], "听不清",
    )  # fmt: skip


def test_not_reached_comes_back_and_is_given_up_after_three_tries(second_caller):
    case = drawn()
    said = [second_caller.post(url(case, "unreached/"), follow=True).context["messages"] for _ in range(3)]
    assert [[str(message) for message in messages] for messages in said] == [
        ["已记下，换个时段再打。"], ["已记下，换个时段再打。"], ["三次未通，不再打了。"],
    ]  # fmt: skip
    assert SecondCall.objects.get().done_at is not None


def test_the_second_calls_speak_the_readers_language(second_caller):
    case = drawn()
    page = second_caller.get(url(case), headers=ENGLISH).content.decode()
    assert "Is the problem you told us about solved?" in page
    assert "Not reached" in page
    assert "Choose a second call" in second_caller.get("/callbacks/second/", headers=ENGLISH).content.decode()


def test_queries_of_a_second_call(second_caller, django_assert_num_queries):
    case = drawn()
    second_caller.get(url(case))
    for _ in range(3):
        drawn()
    with django_assert_num_queries(5):  # session, account, case, queue, open
        second_caller.get(url(case))


@pytest.mark.parametrize(
    ("who", "status"),
    [("supervisor", 200), ("reviewer", 200), ("analyst", 200), ("caller", 403), ("leader.qingyuan", 403)],
)
def test_both_answers_are_compared_for_those_who_supervise(enter, who, status):
    assert enter(who).get("/second-calls/").status_code == status


def test_strangers_compare_nothing(client):
    assert client.get("/second-calls/").url == f"{resolve_url(settings.LOGIN_URL)}?next=/second-calls/"


def test_what_was_heard_otherwise_is_shown_with_both_answers(enter, second_caller):
    case, same, waits = drawn(), drawn(), drawn()
    second_caller.post(url(case, "answers/"), HEARD)
    second_caller.post(url(same, "answers/"), {**HEARD, "solved": "yes"})
    response = enter("supervisor").get("/second-calls/")
    assert [row.case for row in response.context["differ"]] == [case]
    assert response.context["lines"] == [second.UnitLine("qingyuan", "清源街道", 3, 2, 1)]
    page = " ".join(response.content.decode().split())
    assert "首次： 已解决 · 基本满意 → 二次： 未解决 · 不满意" in page
    assert [one.number in page for one in (case, same, waits)] == [True, False, False]


def test_the_comparison_speaks_the_readers_language(enter, second_caller):
    second_caller.post(url(drawn(), "answers/"), HEARD)
    page = enter("analyst").get("/second-calls/", headers=ENGLISH).content.decode()
    assert "Second calls compared" in page
    assert "Qingyuan Subdistrict" in page


def test_queries_of_the_comparison(enter, second_caller, django_assert_num_queries):
    client = enter("supervisor")
    client.get("/second-calls/")
    for _ in range(3):
        second_caller.post(url(drawn(), "answers/"), HEARD)
    with django_assert_num_queries(4):  # session, account, by unit, heard otherwise
        client.get("/second-calls/")
