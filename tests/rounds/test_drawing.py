from datetime import timedelta

import pytest
from tests.district import received
from tests.rounds.morning import checked, closed, numbers, today

from huiyin.cases.draft import RESIDENT
from huiyin.cases.models import Case
from huiyin.evaluate.domain import record
from huiyin.rounds.drawing import closed_before, drawn, shares

pytestmark = pytest.mark.django_db
QUIET = {"checks_random_per_mille": 0, "checks_risk_per_mille": 0}


def kinds():
    return [(one.case.pk, one.why, one.reasons) for one in drawn(today())]


@pytest.mark.parametrize(
    ("closed", "given", "expected"),
    [
        (1000, {"checks_random_per_mille": 20, "checks_risk_per_mille": 30, "checks_most": 60}, (60, 30, 20)),
        (1, {"checks_random_per_mille": 20, "checks_risk_per_mille": 20, "checks_most": 60}, (60, 1, 1)),
        (9000, {"checks_random_per_mille": 20, "checks_risk_per_mille": 10, "checks_most": 60}, (60, 20, 40)),
        (0, {"checks_random_per_mille": 20, "checks_risk_per_mille": 20, "checks_most": 60}, (60, 0, 0)),
        (1000, {}, (0, 0, 0)),
    ],
)
def test_shares_round_up_and_shrink_alike_past_the_limit(closed, given, expected):
    assert shares(closed, given) == expected


def test_what_was_closed_the_day_before_and_can_be_seen():
    yesterday = closed()
    closed(2)
    closed(0)
    closed(confidential=True)
    closed(withdrawn=True)
    closed(parent="MH-0000-00001")
    closed(kind="consult")
    closed(kind="report")
    closed(place="", area=None, lat_e3=None)
    closed(state="in_progress")
    received()
    assert closed_before(today()) == [yesterday]


def test_both_shares_are_drawn_and_say_why():
    numbers(checks_random_per_mille=250, checks_risk_per_mille=250)
    plain, late = closed(), closed(rebounds=1, urgency="urgent")
    checked(closed(20), today() - timedelta(days=2))  # so that it is nobody's turn
    found = drawn(today())
    assert [(one.case, one.why, one.reasons) for one in found] == [
        (late, "risk", ("rebound", "urgent")),
        (plain, "random", ()),
    ]


def test_the_highest_points_come_first():
    numbers(checks_risk_per_mille=1000, checks_random_per_mille=0)
    urgent, both, rebound = closed(urgency="urgent"), closed(rebounds=1, urgency="urgent"), closed(rebounds=1)
    assert [one.case for one in drawn(today()) if one.why == "risk"] == [both, rebound, urgent]


def test_drawing_again_draws_the_same_and_another_day_another():
    numbers(checks_random_per_mille=300, checks_risk_per_mille=0)
    for _ in range(12):
        closed()
    first = kinds()
    assert len(first) == 4
    assert kinds() == first
    Case.objects.update(closed_at=Case.objects.values_list("closed_at", flat=True)[0] + timedelta(days=1))
    tomorrow = [one.case.pk for one in drawn(today() + timedelta(days=1))]
    assert (len(tomorrow), tomorrow != [pk for pk, *_ in first]) == (4, True)


def test_a_unit_nobody_looked_at_for_a_week_has_its_turn_beyond_the_share():
    numbers(checks_random_per_mille=1, checks_risk_per_mille=0)
    closed()
    closed(lead="heyan")
    closed(lead="citymgmt")
    checked(closed(8, lead="citymgmt"), today() - timedelta(days=6), result="matches")
    checked(closed(9, lead="heyan"), today() - timedelta(days=7), result="matches")
    found = drawn(today())
    # Qingyuan was never looked at, Heyan a week ago, City Management within it.
    assert [(one.case.lead.code, one.reasons) for one in found] == [("qingyuan", ("turn",)), ("heyan", ("turn",))]


@pytest.mark.parametrize("result", ["failed", "gone"])
def test_what_was_not_seen_was_no_look(result):
    numbers(**QUIET)
    checked(closed(3), today() - timedelta(days=2), result=result)
    closed()
    assert [one.reasons for one in drawn(today())] == [("turn",)]


def test_the_limit_holds_for_turns_too():
    numbers(**QUIET, checks_most=1)
    for lead in ("qingyuan", "heyan", "citymgmt"):
        closed(lead=lead)
    assert len(drawn(today())) == 1


def test_nothing_closed_nothing_drawn():
    assert drawn(today()) == []


def test_a_case_judged_yesterday_is_drawn_too():
    case = closed()
    record(case=case, actor=RESIDENT, contacted=True, solved=True, satisfaction="satisfied")
    assert [one.case for one in drawn(today())] == [case]
