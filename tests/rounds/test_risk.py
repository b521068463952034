from datetime import timedelta

import pytest
from tests.rounds.morning import checked, closed, numbers, today

from huiyin.evaluate.models import Amount
from huiyin.evaluate.rules import amounts
from huiyin.rounds.models import Check
from huiyin.rounds.risk import FEWEST_CHECKS, LABELS, REASONS, Known, known_on, midnight, reasons_of

pytestmark = pytest.mark.django_db
NOTHING = Known(frozenset(), frozenset(), timedelta(minutes=60))


def reasons(case, known=NOTHING):
    return reasons_of(case, known, amounts(midnight(today())))


def test_a_quiet_case_has_no_reason():
    assert reasons(closed()) == {}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"mismatches": 1}, {"mismatch": 3}),
        ({"rebounds": 1}, {"rebound": 3}),
        ({"rounds": 2}, {"unsolved": 2}),
        ({"urgency": "urgent"}, {"urgent": 1}),
        ({"mismatches": 2, "rounds": 3}, {"mismatch": 3, "unsolved": 2}),
    ],
)
def test_each_sign_has_the_points_of_the_district(columns, expected):
    assert reasons(closed(**columns)) == expected


@pytest.mark.parametrize(("minutes", "fast"), [(59, True), (60, False)])
def test_fast_is_less_than_the_minutes_of_the_rule(minutes, fast):
    case = closed()
    case.lead_at = case.closed_at - timedelta(minutes=minutes)
    assert ("fast" in reasons(case)) is fast


def test_closed_after_its_date_is_late():
    case = closed()
    case.due_at = case.closed_at - timedelta(seconds=1)
    assert reasons(case) == {"late": 1}


def test_coached_answers_and_a_doubted_unit():
    case = closed()
    assert reasons(case, Known(frozenset({case.number}), frozenset({case.lead_id}), timedelta())) == {
        "coached": 2,
        "unit": 2,
    }


def test_a_reason_without_points_is_not_looked_at():
    Amount.objects.filter(name="check_points_rebound").delete()
    numbers(check_points_urgent=0)
    assert reasons(closed(rebounds=1, urgency="urgent")) == {}


@pytest.mark.parametrize(("wrong", "doubted"), [(0, False), (1, True)])
def test_a_unit_is_doubted_from_a_share_of_enough_checks(wrong, doubted):
    case = closed(20)
    for ago in range(FEWEST_CHECKS):
        result = "mismatch" if ago < wrong else "matches"
        checked(case, today() - timedelta(days=ago + 1), result=result)
    known = known_on(today(), {"check_unit_percent": 20})
    assert (case.lead_id in known.doubted) is doubted
    Check.objects.first().delete()
    assert known_on(today(), {"check_unit_percent": 20}).doubted == frozenset()


def test_every_reason_is_given_points_and_words():
    given = {name.removeprefix("check_points_") for name in Amount.objects.values_list("name", flat=True)}
    assert set(REASONS) <= given
    assert set(REASONS) <= set(LABELS)
