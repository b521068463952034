from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, dispatched, to_call_back

from huiyin.cases.domain import Step, act, act_as, originals
from huiyin.cases.draft import RESIDENT, Actor
from huiyin.cases.models import Case, Event
from huiyin.cases.store import Conflict
from huiyin.evaluate import domain, hours
from huiyin.evaluate.models import Amount
from huiyin.kernel.moves import DECIDER_APART, NOT_OWN_UNIT, Refused
from huiyin.kernel.roles import Role
from huiyin.people.models import Membership, Unit

CALLER = Actor("account:1", Role.CALLER, "hotline")


def tried(case, *times):
    for at in times:
        act_as(case=case, steps=[Step("attempt", {"outcome": "no_answer"})], actor=CALLER, at=at)
    return case


def morning(days=0):
    at = hours.local(timezone.now()).replace(hour=10, minute=0, second=0, microsecond=0)
    return at + timedelta(days=days)


def last(case):
    return Event.objects.filter(case=case).order_by("-seq").first()


def test_attempt_without_a_time_suggests_another_part_of_the_day():
    case = domain.attempt(case=to_call_back(), account=account("caller"), outcome="no_answer")
    event = last(case)
    assert (event.kind, event.public["outcome"], case.attempts, case.state) == (
        "attempt",
        "no_answer",
        1,
        "to_call_back",
    )
    assert case.next_call_at > timezone.now()
    assert hours.part_of(case.next_call_at) not in (None, hours.part_of(event.at))


@pytest.mark.parametrize("hour", [3, 13, 22])
def test_attempt_refuses_hours_at_which_nobody_is_rung(hour):
    with pytest.raises(Refused) as refused:
        domain.attempt(
            case=to_call_back(), account=account("caller"), outcome="busy", next_at=morning(1).replace(hour=hour)
        )
    assert refused.value.code == "hours"


def test_attempt_refuses_a_time_gone_by():
    with pytest.raises(Refused):
        domain.attempt(case=to_call_back(), account=account("caller"), outcome="busy", next_at=morning(-1))


def test_solved_is_archived_in_the_same_breath():
    case = domain.record(case=to_call_back(), actor=CALLER, contacted=True, solved=True, satisfaction="satisfied")
    assert [event.kind for event in case.events.order_by("-seq")[:2]] == ["archive", "evaluate"]
    assert (case.state, case.valid_callback, case.contacted, case.solved, case.satisfaction, case.ring) == (
        "archived", True, True, True, "satisfied", "1111",
    )  # fmt: skip


def test_unsolved_goes_back_with_a_fresh_date_by_the_rules():
    case = domain.record(case=to_call_back(), actor=RESIDENT, contacted=True, solved=False, satisfaction="dissatisfied")
    event = last(case)
    assert (case.state, case.rounds, case.closed_at, case.solved) == ("in_progress", 2, None, False)
    assert event.kind == "redo"
    assert event.public["trace"][0].startswith("规则：限时事项")  # heating: 24 hours
    assert case.due_at == event.at + timedelta(hours=24)


def test_unsolved_where_no_rule_answers_gets_as_long_as_before():
    case = to_call_back()
    given = case.due_at - case.dispatched_at
    Case.objects.filter(pk=case.pk).update(category=None)
    case.refresh_from_db()
    case = domain.record(case=case, actor=RESIDENT, contacted=True, solved=False, satisfaction="basic")
    assert case.due_at == last(case).at + given


def test_all_three_questions_are_needed():
    case = to_call_back()
    with pytest.raises(Refused) as refused:
        domain.record(case=case, actor=CALLER, contacted=True, solved=True, satisfaction="")
    assert (refused.value.code, Case.objects.get(pk=case.pk).state) == ("needs", "to_call_back")


def test_words_are_masked_and_the_original_is_sealed():
    said = "师傅很好，请打13900000777找我。"
    case = domain.record(
        case=to_call_back(), actor=CALLER, contacted=True, solved=True, satisfaction="basic", text=said
    )
    event = case.events.get(kind="evaluate")
    assert "13900000777" not in event.public["text"]
    assert originals(case)["evaluation"] == said


def test_words_on_a_confidential_case_are_sealed_whole():
    case = to_call_back(confidential=True)
    case = domain.from_resident(case=case, kind="supplement", text="第二次反映")
    assert "text" not in last(case).public


@pytest.mark.parametrize("role", [Role.CALLER, Role.HANDLER])
def test_nobody_of_the_handling_unit_calls_back(role):
    caller, unit = account("caller"), Unit.objects.get(code="qingyuan")
    Membership.objects.create(account=caller, role=role, unit=unit)
    with pytest.raises(Refused) as refused:
        domain.caller(caller, "evaluate", to_call_back())
    assert refused.value.zh.startswith(NOT_OWN_UNIT.zh)


@pytest.mark.parametrize("who", ["handler.qingyuan", "handler.heyan", "agent", "supervisor"])
def test_only_callers_record_attempts(who):
    with pytest.raises(Refused):
        domain.attempt(case=to_call_back(), account=account(who), outcome="busy")


def test_unreached_needs_three_different_hours():
    case = tried(to_call_back(), morning(), morning(1), morning(2))
    with pytest.raises(Refused) as refused:
        domain.close_unreached(case=case, account=account("caller"), reason="打了三次")
    assert refused.value.code == "hours"


def test_unreached_after_three_hours_is_archived_and_counts_in_no_rate():
    case = tried(to_call_back(), morning(), morning().replace(hour=15), morning().replace(hour=19))
    case = domain.close_unreached(case=case, account=account("caller"), reason="打了三次")
    assert (case.state, case.valid_callback, case.solved, case.ring) == ("archived", False, None, "1110")


def test_attempts_of_an_earlier_round_do_not_count():
    case = tried(to_call_back(), morning(), morning().replace(hour=15))
    case = domain.record(case=case, actor=RESIDENT, contacted=True, solved=False, satisfaction="dissatisfied")
    handler, leader = account("handler.qingyuan"), account("leader.qingyuan")
    steps = [Step("first_contact", {"result": "已联系"}), Step("submit", {"text": "再次上门。", "action": "上门"})]
    act(case=case, steps=steps, account=handler)
    case = act(case=case, steps=[Step("approve")], account=leader)
    assert domain.attempts_of(case.pk, case.attempts) == []
    tried(case, morning().replace(hour=19))
    with pytest.raises(Refused):
        domain.close_unreached(case=case, account=account("caller"), reason="三次")


def test_two_at_once_one_wins():
    case = to_call_back()
    other = Case.objects.get(pk=case.pk)
    domain.record(case=case, actor=RESIDENT, contacted=True, solved=True, satisfaction="satisfied")
    with pytest.raises(Conflict):
        domain.record(case=other, actor=CALLER, contacted=False, solved=False, satisfaction="dissatisfied")
    assert Event.objects.filter(case=case, kind="evaluate").count() == 1


def test_the_resident_supplements_urges_and_withdraws():
    case = dispatched()
    domain.from_resident(case=case, kind="supplement", text="今天更冷了")
    domain.from_resident(case=case, kind="urge")
    domain.from_resident(case=case, kind="withdraw", text="已经好了")
    assert [event.kind for event in case.events.order_by("seq")][-3:] == ["supplement", "urge", "withdraw"]
    assert (case.state, case.withdrawn, case.urged) == ("archived", True, 1)


def test_an_urge_soon_after_another_is_answered_with_the_progress():
    case = dispatched()
    domain.from_resident(case=case, kind="urge")
    with pytest.raises(Refused) as refused:
        domain.from_resident(case=case, kind="urge")
    assert refused.value.code == domain.URGED
    assert "待签收" in refused.value.zh
    assert Event.objects.filter(case=case, kind="urge").count() == 1


def test_an_urge_a_day_later_is_a_new_one():
    case = dispatched()
    act_as(case=case, steps=[Step("urge")], actor=RESIDENT, at=timezone.now() - timedelta(hours=25))
    assert domain.from_resident(case=case, kind="urge").urged == 2


def test_where_no_rule_limits_it_every_urge_counts():
    Amount.objects.filter(name="urge_hours").delete()
    case = dispatched()
    domain.from_resident(case=case, kind="urge")
    assert domain.from_resident(case=case, kind="urge").urged == 2


def test_a_case_of_the_hotline_itself_is_called_by_another_units_caller():
    hotline, service = Unit.objects.get(code="hotline"), Unit.objects.get(code="service")
    case = to_call_back()
    Case.objects.filter(pk=case.pk).update(lead=hotline)
    case.refresh_from_db()
    with pytest.raises(Refused) as nobody:
        domain.caller(account("caller"), "evaluate", case)
    assert "请管理员设一位" in nobody.value.zh
    Membership.objects.create(account=account("analyst"), role=Role.CALLER, unit=service)
    with pytest.raises(Refused) as named:
        domain.caller(account("caller"), "evaluate", case)
    assert named.value.zh == f"{NOT_OWN_UNIT.zh}请由{service.name}的回访员来打。"
    actor = domain.caller(account("analyst"), "evaluate", case)
    answers = {"contacted": True, "solved": True, "satisfaction": "satisfied"}
    assert domain.record(case=case, actor=actor, **answers).state == "archived"


def test_an_exclusion_names_a_reason_of_the_catalogue():
    case = domain.record(case=to_call_back(), actor=CALLER, contacted=True, solved=True, satisfaction="basic")
    leader, step = account("leader.qingyuan"), {"evidence": "同一人同一事，编号在案。"}
    with pytest.raises(Refused) as refused:
        act(case=case, steps=[Step("apply_exclusion", step | {"category_of_reason": "随便"})], account=leader)
    assert refused.value.code == "reason"
    case = act(case=case, steps=[Step("apply_exclusion", step | {"category_of_reason": "repeat"})], account=leader)
    assert case.state == "exclusion"


@pytest.mark.parametrize(("ask", "decide"), [("apply_exclusion", "exclude"), ("appeal", "refuse_appeal")])
def test_nobody_of_the_unit_that_asked_decides(ask, decide):
    case = domain.record(case=to_call_back(), actor=CALLER, contacted=True, solved=True, satisfaction="basic")
    words = {"evidence": "证据"} | ({"category_of_reason": "repeat"} if ask == "apply_exclusion" else {})
    case = act(case=case, steps=[Step(ask, words)], account=account("leader.qingyuan"))
    reviewer = account("reviewer")
    held = Membership.objects.create(account=reviewer, role="handler", unit=Unit.objects.get(code="qingyuan"))
    with pytest.raises(Refused) as refused:
        act(case=case, steps=[Step(decide, {"reason": "符合"})], account=reviewer)
    assert refused.value.zh == DECIDER_APART.zh
    held.delete()
    case = act(case=case, steps=[Step(decide, {"reason": "符合"})], account=account("reviewer"))
    assert (case.state, case.excluded) == ("archived", decide == "exclude")
