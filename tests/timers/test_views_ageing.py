"""Old lists: whose, how old, and when the next step is due; each number opens into its cases."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, in_progress, received
from tests.timers.test_views import deferred

from huiyin.cases.domain import Step, act
from huiyin.cases.models import Case

LISTED = {"list": "long_list", "reason": "需统筹"}


def aged(case, days):
    Case.objects.filter(pk=case.pk).update(created_at=timezone.now() - timedelta(days=days, hours=1))
    return case.number


def district():
    """One of every list, each in another band; and one that is too young."""
    aged(in_progress(), 29)
    listed = act(case=deferred(), steps=[Step("to_long_term", LISTED)], account=account("reviewer"))
    return {
        "waiting": aged(received(), 30),
        "with_unit": aged(in_progress(), 100),
        "deferred": aged(deferred(), 200),
        "long_term": aged(listed, 800),
    }


def numbers(answer):
    return [case.number for case in answer.context["page"].rows]


def test_every_list_by_age(enter):
    district()
    answer = enter("supervisor").get("/ageing/")
    assert {line.name: line.counts for line in answer.context["lines"]} == {
        "waiting": (1, 0, 0, 0),
        "long_term": (0, 0, 0, 1),
        "deferred": (0, 0, 1, 0),
        "with_unit": (0, 1, 0, 0),
    }


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("", ["long_term", "deferred", "with_unit", "waiting"]),
        ("list=deferred", ["deferred"]),
        ("list=with_unit&age=90", ["with_unit"]),
        ("list=with_unit&age=365", []),
        ("list=nothing&age=x&cursor=y", ["long_term", "deferred", "with_unit", "waiting"]),
        ("unit=qingyuan", ["long_term", "deferred", "with_unit"]),
    ],
)
def test_a_number_opens_into_its_cases_the_oldest_first(enter, asked, named):
    cases = district()
    assert numbers(enter("supervisor").get(f"/ageing/?{asked}")) == [cases[name] for name in named]


def test_by_unit_counts_what_has_no_date_and_what_passed(enter):
    aged(in_progress(), 40)
    late, undated = in_progress(), deferred()
    aged(late, 50)
    aged(undated, 60)
    Case.objects.filter(pk=late.pk).update(due_at=timezone.now() - timedelta(days=1))
    Case.objects.filter(pk=undated.pk).update(next_report_on=None)
    (line,) = enter("supervisor").get("/ageing/").context["units"]
    assert (line.unit.code, line.open, line.passed, line.undated) == ("qingyuan", 3, 1, 1)


def test_a_unit_sees_its_own_and_another_none(enter):
    cases = district()
    own = [cases[name] for name in ("long_term", "deferred", "with_unit")]
    assert numbers(enter("handler.qingyuan").get("/ageing/")) == own
    assert numbers(enter("leader.heyan").get("/ageing/")) == []


@pytest.mark.parametrize("username", ["caller", "agent", "checker"])
def test_others_have_no_such_page(enter, username):
    assert enter(username).get("/ageing/").status_code == 403


def test_queries(enter, django_assert_num_queries):
    district()
    client = enter("supervisor")
    client.get("/ageing/")
    with django_assert_num_queries(8):
        client.get("/ageing/")
