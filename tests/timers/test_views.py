"""Extensions and deferrals in one place; the clocks on a case's page; what the resident reads."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, in_progress

from huiyin.cases.domain import Step, act
from huiyin.kernel.moves import Refused
from huiyin.kernel.periods import parse_period
from huiyin.review.figures import of_group


def asked(**changes):
    until = (timezone.now() + timedelta(days=20)).isoformat()
    step = Step("ask_extension", {"reason": "等配件", "until": until, "told_resident": True})
    return act(case=in_progress(**changes), steps=[step], account=account("handler.qingyuan"))


def deferred(days=3, *, confirmed=True):
    on = (timezone.localdate() + timedelta(days=days)).isoformat()
    wanted = {"reason": "缺资金", "plan": "明年改造", "next_report_on": on}
    case = act(case=in_progress(), steps=[Step("defer", wanted)], account=account("leader.qingyuan"))
    if confirmed:
        act(case=case, steps=[Step("confirm_deferral", {"reason": "属实"})], account=account("reviewer"))
    return case


def groups(answer):
    return [[case.number for case in group.cases] for group in answer.context["groups"]]


@pytest.mark.parametrize("username", ["leader.qingyuan", "reviewer", "supervisor"])
def test_what_waits_is_listed_in_three_groups(enter, username):
    one, two, three = asked(), deferred(confirmed=False), deferred()
    deferred(days=60)
    assert groups(enter(username).get("/extensions/")) == [[one.number], [two.number], [three.number]]


def test_another_units_leader_sees_none_of_it(enter):
    asked()
    assert groups(enter("leader.heyan").get("/extensions/")) == [[], [], []]


@pytest.mark.parametrize("username", ["handler.qingyuan", "caller"])
def test_others_have_no_such_page(enter, username):
    assert enter(username).get("/extensions/").status_code == 403


def test_strangers_are_sent_to_the_sign_in(client):
    assert client.get("/extensions/").status_code == 302


def test_the_page_asks_little(enter, django_assert_num_queries):
    for _ in range(3):
        asked()
    browser = enter("reviewer")
    browser.get("/extensions/")
    with django_assert_num_queries(5):  # session, account with its roles, three lists
        browser.get("/extensions/")


def test_whoever_asked_cannot_grant():
    case = in_progress()
    until = (timezone.now() + timedelta(days=20)).isoformat()
    leader = account("leader.qingyuan")
    case = act(
        case=case,
        steps=[Step("ask_extension", {"reason": "等", "until": until, "told_resident": True})],
        account=leader,
    )
    with pytest.raises(Refused, match="cannot decide"):
        act(case=case, steps=[Step("extend", {"due_at": until, "reason": "可"})], account=leader)


def test_a_case_page_shows_every_clock_with_its_reckoning(enter):
    case = in_progress()
    page = enter("handler.qingyuan").get(f"/cases/{case.number}/").content.decode()
    assert "时限" in page
    assert "首次联系" in page
    assert len(re.findall("截止时间：", page)) >= 2


def tracked(client, case):
    session = client.session
    session["tracks"] = [case.number]
    session.save()
    return client.get(f"/track/{case.number}/").content.decode()


def test_the_resident_reads_reason_and_date_of_an_extension(client):
    case = asked()
    page = tracked(client, case)
    assert "等配件" in page
    assert (timezone.localdate() + timedelta(days=20)).isoformat() in page


def test_the_resident_reads_plan_and_next_report_of_a_deferral(client):
    case = deferred(days=45)
    page = tracked(client, case)
    assert "明年改造" in page
    assert (timezone.localdate() + timedelta(days=45)).isoformat() in page


def test_a_deferral_never_counts_as_solved():
    case = deferred()
    today = parse_period(timezone.localdate().isoformat(), now=timezone.now(), tz=timezone.get_current_timezone())
    counted, _as_of = of_group(today)
    assert (case.solved, case.closed_at) == (None, None)
    rates = {
        name: (counted["all"][name].numerator, counted["all"][name].denominator) for name in ("resolution", "score")
    }
    assert rates == {"resolution": (0, 0), "score": (0, 0)}
    assert counted["all"]["received"].value == 1
    assert counted["all"]["closed"].value == 0


def test_an_english_page_reckons_in_english(enter):
    page = enter("handler.qingyuan", **{"Accept-Language": "en"}).get(in_progress().url).content.decode()
    assert "The clock starts on" in page
    assert "首次联系" not in page
