"""What was claimed and decided, for the unit that asked, on the day it did; facts and feelings beside one another."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, to_call_back

from huiyin.cases.domain import Step, act
from huiyin.cases.models import Case
from huiyin.evaluate import asked, claims, domain
from huiyin.people.models import Unit

SAID = {"contacted": True, "solved": True, "satisfaction": "satisfied"}
ASKS = Step("apply_exclusion", {"category_of_reason": "repeat", "evidence": "同一人同一事"})
APPEALS = Step("appeal", {"evidence": "录音可查"})


def judged(**heard):
    case = to_call_back(**{name: heard.pop(name) for name in ("confidential",) if name in heard})
    return domain.record(case=case, actor=domain.caller(account("caller"), "evaluate", case), **{**SAID, **heard})


def claimed(step, *decisions, **heard):
    case = act(case=judged(**heard), steps=[step], account=account("leader.qingyuan"))
    for kind in decisions:
        case = act(case=case, steps=[Step(kind, {"reason": "已核实"})], account=account("reviewer"))
    return case


def counted(code="qingyuan"):
    return next((line for line in claims.by_unit(asked.period("assess")) if line.code == code), None)


def test_asked_granted_and_refused_are_counted_apart():
    claimed(ASKS)
    claimed(ASKS, "exclude")
    claimed(ASKS, "refuse_exclusion", satisfaction="basic")
    claimed(APPEALS, "uphold_appeal")
    line = counted()
    assert (line.exclusions, line.appeals, line.evaluated) == ((3, 1, 2), (1, 1, 1), 4)
    assert (line.exclusion_rate, line.exclusion_success, line.appeal_rate, line.appeal_success) == (
        75.0,
        50.0,
        25.0,
        100.0,
    )
    assert line.feeling == 97.5  # (3 + 0.9) / 4


def test_a_claim_stays_with_the_unit_that_asked_whoever_has_the_case_now():
    case = claimed(ASKS, "exclude")
    Case.objects.filter(pk=case.pk).update(lead=Unit.objects.get(code="heyan"))
    assert (counted().exclusions, counted("heyan").exclusions) == ((1, 1, 1), (0, 0, 0))
    assert [one.unit for one in claims.decisions(9)] == ["清源街道"]


def test_a_mismatch_counts_though_the_case_went_back_to_its_unit():
    matching, broken = judged(), judged()
    now = timezone.now()
    Case.objects.filter(pk=matching.pk).update(verified=True, verified_at=now)
    Case.objects.filter(pk=broken.pk).update(verified=False, verified_at=now, evaluated_at=None, state="in_progress")
    line = counted()
    assert (line.matched, line.checked, line.fact) == (1, 2, 50.0)
    Case.objects.filter(pk=broken.pk).update(verified_at=now - timedelta(days=90))
    assert counted().fact == 100.0


def test_nothing_to_count_is_a_dash_and_no_zero():
    line = claims.UnitLine("a", "甲")
    assert (line.fact, line.feeling, line.exclusion_rate, line.exclusion_success, line.appeal_success) == (None,) * 5


def test_the_total_is_pooled():
    claimed(ASKS, "exclude")
    claimed(APPEALS)
    whole = claims.total(claims.by_unit(asked.period("assess")))
    assert (whole.evaluated, whole.exclusions, whole.appeals) == (2, (1, 1, 1), (1, 0, 0))


def test_the_oldest_claim_waits_on_top_with_its_reason():
    first, second = claimed(ASKS), claimed(APPEALS)
    claimed(ASKS, "refuse_exclusion")
    assert [(one.case, one.kind, one.reason) for one in claims.waiting()] == [
        (first, "exclusion", "重复诉求"),
        (second, "appeal", ""),
    ]


def test_decisions_on_confidential_cases_are_counted_and_not_shown():
    claimed(ASKS, "exclude", confidential=True)
    assert (claims.decisions(9), counted().exclusions) == ([], (1, 1, 1))


def test_queries(django_assert_num_queries):
    claimed(ASKS, "exclude")
    with django_assert_num_queries(5):
        claims.by_unit(asked.period("assess", timezone.now()))


@pytest.mark.parametrize(("username", "status"), [("reviewer", 200), ("leader.qingyuan", 403), ("supervisor", 403)])
def test_the_desk_is_the_reviewers(enter, username, status):
    assert enter(username).get("/exclusions/").status_code == status
