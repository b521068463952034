"""Many dispatched as proposed: looked at first, each by itself, nothing unseen."""

import pytest
from tests.district import account, dispatched, received

from huiyin.assign import many
from huiyin.assign.models import CatalogueRule, Suggestion
from huiyin.assign.queries import forget_rules
from huiyin.cases.models import Case

pytestmark = pytest.mark.django_db


def sure(**changes):
    case = received(**{"area": "qingyuan-e1", **changes})
    Suggestion.objects.filter(case=case).update(confidence=0.9, lead=None)
    return case


def ticked():
    return [one.case.number for one in many.proposals() if one.sure]


def versions(*cases):
    chosen = {case.number for case in cases}
    return [one.version for one in many.proposals() if one.case.number in chosen]


def states(*cases):
    return [Case.objects.get(pk=case.pk).state for case in cases]


def test_what_is_sure_is_ticked_and_what_is_urgent_or_doubtful_is_not():
    certain, doubtful, _urgent = sure(), sure(), sure(urgency="urgent")
    Suggestion.objects.filter(case=doubtful).update(confidence=0.3)
    assert (ticked(), len(many.proposals())) == ([certain.number], 3)


def test_looking_writes_nothing(enter):
    case = sure()
    assert enter("dispatcher").get("/assign/many/").status_code == 200
    assert states(case) == ["received"]


def test_the_ticked_go_out_with_unit_and_date_and_the_others_wait(enter):
    one, two, left = sure(), sure(), sure()
    page = enter("dispatcher").post("/assign/many/", {"case": versions(one, two)})
    assert [(line.after, line.why_not) for line in page.context["lines"]] == [("清源街道", "")] * 2
    assert states(one, two, left) == ["to_accept", "to_accept", "received"]
    assert Case.objects.get(pk=one.pk).due_at is not None


def test_a_rule_that_changed_since_the_look_sends_nothing_out_unseen():
    case = sure()
    seen = versions(case)
    CatalogueRule.objects.filter(category__code__in=("03", "03.01")).update(lead=dispatched(lead="heyan").lead)
    forget_rules()
    (line,) = many.dispatch_many(versions=seen, account=account("dispatcher"))
    assert (line.after, bool(line.why_not), states(case)) == ("", True, ["received"])


def test_what_a_colleague_dispatched_meanwhile_is_said(enter):
    case = sure()
    seen = versions(case)
    many.dispatch_many(versions=seen, account=account("dispatcher"))
    page = enter("dispatcher").post("/assign/many/", {"case": seen})
    assert (page.context["lines"], page.context["gone"]) == ([], 1)


def test_a_case_without_a_category_says_why():
    case = received(text="嗯", place="")
    Suggestion.objects.filter(case=case).update(category=None)
    (one,) = many.proposals()
    assert (one.sure, bool(one.why_not)) == (False, True)


@pytest.mark.parametrize("sent", [["x"], ["MH-0000-00001 1 a b|c"], ["\x00 1"], []])
def test_nonsense_moves_nothing(enter, sent):
    case = sure()
    assert enter("dispatcher").post("/assign/many/", {"case": sent}).status_code in (200, 302)
    assert states(case) == ["received"]


@pytest.mark.parametrize("username", ["agent", "handler.qingyuan", "caller", "reviewer"])
def test_it_is_the_dispatchers_alone(enter, username):
    assert enter(username).post("/assign/many/", {"case": versions(sure())}).status_code == 403


def test_queries_do_not_grow_with_the_cases(enter, django_assert_num_queries):
    for _ in range(4):
        sure()
    client = enter("dispatcher")
    client.get("/assign/many/")
    with django_assert_num_queries(3):
        client.get("/assign/many/")
