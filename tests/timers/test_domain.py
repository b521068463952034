"""Every percent of every clock is told once, to whom it concerns, however the worker comes and goes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests.district import account, dispatched, in_progress

from huiyin.answer.domain import accept
from huiyin.assign.models import DeadlineRule
from huiyin.assign.queries import forget_rules
from huiyin.cases.domain import Step, act, act_as, new_drafts, open_cases
from huiyin.cases.draft import SYSTEM
from huiyin.cases.models import Case
from huiyin.kernel.moves import Refused
from huiyin.notices.models import Notice
from huiyin.people.models import Unit
from huiyin.timers.domain import moment, set_clocks, tell_due, tick
from huiyin.timers.models import Timer, TimerMark, Watched

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def sent(when, *, urgency="normal", due=None):
    """A case that the system received and dispatched to the street Qingyuan at `when`."""
    (draft,) = new_drafts([when])
    due = due or when + timedelta(days=7)
    register = {"kind": "help", "category": "03.01", "urgency": urgency}
    order = {"lead": "qingyuan", "due_at": due.isoformat(), "basis": "目录", "reason": "按目录", "trace": ["七天"]}
    draft.add("receive", at=when, actor=SYSTEM, public={"channel": "web", "title": "暖气不热", "text": "冷"})
    draft.add("register", at=when, actor=SYSTEM, public=register)
    draft.add("dispatch", at=when, actor=SYSTEM, public=order)
    open_cases([draft])
    return Case.objects.get(pk=draft.id)


def clocks(case):
    return set(case.timers.filter(stopped_at__isnull=True).values_list("step", flat=True))


def marks(case):
    return list(
        TimerMark.objects.filter(timer__case=case)
        .order_by("timer__step", "percent")
        .values_list("timer__step", "percent", "late")
    )


def told(username, kind="timer"):
    mine = Notice.objects.filter(account__username=username, key__startswith=f"{kind}:")
    return list(mine.order_by("id").values_list("key", flat=True))


def test_a_dispatched_case_runs_its_acceptance_and_its_date():
    case = sent(at(24, 10))
    assert set_clocks(at(24, 10, 1)).cases == 1
    assert clocks(case) == {"accept", "handle"}
    assert case.timers.get(step="handle").due_at == at(24, 10) + timedelta(days=7)


def test_signing_stops_one_clock_and_starts_the_next():
    case = sent(at(24, 10))
    set_clocks(at(24, 10, 1))
    act_as(case=case, steps=[Step("accept")], actor=SYSTEM, at=at(24, 10, 5))
    set_clocks(at(24, 10, 6))
    assert clocks(case) == {"first_contact", "handle"}
    assert case.timers.get(step="first_contact").started_at == at(24, 10, 5)
    act_as(case=case, steps=[Step("first_contact", {"result": "已联系"})], actor=SYSTEM, at=at(24, 11))
    set_clocks(at(24, 11, 1))
    assert clocks(case) == {"handle"}


def test_a_percent_is_told_once_to_whom_the_ladder_names():
    case = sent(at(24, 10))
    limit = tick(at(24, 10, 1)) and case.timers.get(step="accept")
    half, whole = moment(limit, 50), moment(limit, 100)
    assert tell_due(half - timedelta(seconds=1)).marks == 0
    assert tell_due(half).marks == 1
    assert tell_due(half + timedelta(minutes=1)).marks == 0
    assert told("handler.qingyuan") == [f"timer:{case.number}:accept:3:50"]
    assert told("leader.qingyuan") == told("supervisor") == []
    tell_due(whole)
    late = f"timer:{case.number}:accept:3:100"
    assert [told(name)[-1] for name in ("handler.qingyuan", "leader.qingyuan", "supervisor")] == [late] * 3
    assert marks(case) == [("accept", 50, False), ("accept", 100, False)]


def test_nobody_else_is_told():
    sent(at(24, 10))
    tick(at(30, 12))
    named = set(Notice.objects.values_list("account__username", flat=True))
    assert named == {"handler.qingyuan", "leader.qingyuan", "supervisor"}


def test_who_signed_is_told_alone():
    case = accept(case=dispatched(), account=account("handler.qingyuan"))
    unit = Unit.objects.get(code="qingyuan")
    account("caller").memberships.create(role="handler", unit=unit)
    tick(case.due_at + timedelta(days=7))
    assert told("caller") == []
    assert told("handler.qingyuan")


def test_nothing_is_told_at_night_but_an_emergency():
    night = at(24, 22)
    usual, emergency = sent(night), sent(night, urgency="emergency", due=night + timedelta(hours=2))
    tick(at(24, 23, 30))
    assert marks(usual) == []
    assert ("accept", 100, True) in marks(emergency)
    assert set(Notice.objects.filter(key__startswith="timer:").values_list("urgent", flat=True)) == {True}


def test_after_a_pause_of_the_worker_each_percent_fires_once_and_late():
    case = sent(at(24, 9))
    set_clocks(at(24, 9, 1))
    run = tick(at(24, 16))
    assert marks(case) == [("accept", 50, True), ("accept", 100, True)]
    assert (run.marks, run.late) == (2, 2)
    assert told("handler.qingyuan") == [f"timer:{case.number}:accept:3:100"]
    assert tick(at(24, 16, 1)).marks == 0


def test_many_at_once_are_one_notice():
    for _ in range(8):
        sent(at(24, 9))
    tick(at(24, 16))
    arrived, warned = Notice.objects.filter(account=account("handler.qingyuan")).order_by("id")
    assert arrived.key.startswith("case:bundle:")
    assert warned.key.startswith("timer:bundle:")
    assert len(warned.text.splitlines()) == 8


def test_what_was_done_in_the_pause_is_not_told():
    case = sent(at(24, 9))
    set_clocks(at(24, 9, 1))
    act_as(case=case, steps=[Step("accept")], actor=SYSTEM, at=at(24, 9, 3))
    tick(at(24, 10))
    assert marks(case) == []


def test_what_was_done_is_not_told_though_its_clock_was_not_stopped_yet():
    case = sent(at(24, 10))
    set_clocks(at(24, 10))
    accept(case=case, account=account("handler.qingyuan"))
    run = tell_due(at(26, 17))
    assert (run.marks, marks(case)) == (0, [])


def test_a_rule_that_changes_does_not_touch_a_clock_that_runs():
    case = sent(at(24, 10))
    tick(at(24, 10, 1))
    before = case.timers.get(step="accept").due_at
    DeadlineRule.objects.filter(step="accept").update(amount=3, unit="working_days")
    forget_rules()
    act_as(
        case=case, steps=[Step("urge")], actor=SYSTEM._replace(role=SYSTEM.role.__class__("resident")), at=at(24, 10, 2)
    )
    tick(at(24, 10, 3))
    assert case.timers.get(step="accept").due_at == before
    later = sent(at(24, 10, 5))
    tick(at(24, 10, 6))
    assert later.timers.get(step="accept").due_at == datetime(2026, 11, 27, 17, 30, tzinfo=SHANGHAI)
    forget_rules()


def test_an_earlier_rule_counts_for_a_clock_that_began_under_it():
    DeadlineRule.objects.filter(step="accept").update(valid_to=at(25, 0).date())
    DeadlineRule.objects.create(
        name="签收新规", step="accept", amount=2, unit="working_days", basis="新", valid_from=at(25, 0).date()
    )
    forget_rules()
    old, new = sent(at(24, 10)), sent(at(25, 10))
    tick(at(25, 10, 1))
    assert old.timers.get(step="accept").due_at < at(24, 12)
    assert new.timers.get(step="accept").due_at == at(27, 17, 30)
    forget_rules()


def test_what_turns_urgent_gets_the_shorter_limit_from_the_same_start():
    case = sent(at(24, 10))
    tick(at(24, 10, 1))
    act_as(
        case=case, steps=[Step("correct", {"urgency": "emergency", "reason": "漏气"})], actor=SYSTEM, at=at(24, 10, 2)
    )
    tick(at(24, 10, 3))
    (limit,) = case.timers.filter(step="accept", stopped_at__isnull=True)
    assert (limit.started_at, limit.due_at, limit.urgent) == (at(24, 10), at(24, 10, 2), True)


def test_a_detour_does_not_tell_again():
    case = sent(at(24, 9), due=at(26, 9))
    act_as(
        case=case, steps=[Step("accept"), Step("first_contact", {"result": "已联系"})], actor=SYSTEM, at=at(24, 9, 5)
    )
    tick(at(25, 9, 30))
    assert marks(case) == [("handle", 50, False)] or marks(case) == [("handle", 50, True)]
    asked = {"reason": "等配件", "until": at(30, 9).isoformat(), "told_resident": True}
    handler, leader = account("handler.qingyuan"), account("leader.qingyuan")
    act(case=case, steps=[Step("ask_extension", asked)], account=handler)
    tick(timezone.now())
    assert clocks(case) == {"extension", "handle"}
    act(case=case, steps=[Step("refuse_extension", {"reason": "不行"})], account=leader)
    set_clocks(timezone.now())
    assert clocks(case) == {"handle"}
    assert Timer.objects.filter(case=case, step="handle").count() == 1


def test_an_extension_gives_the_case_a_clock_anew():
    case = in_progress()
    until = (timezone.now() + timedelta(days=30)).isoformat()
    handler, leader = account("handler.qingyuan"), account("leader.qingyuan")
    act(
        case=case,
        steps=[Step("ask_extension", {"reason": "等配件", "until": until, "told_resident": True})],
        account=handler,
    )
    act(case=case, steps=[Step("extend", {"due_at": until, "reason": "配件紧缺"})], account=leader)
    set_clocks(timezone.now())
    assert case.timers.get(step="handle", stopped_at__isnull=True).due_at == datetime.fromisoformat(until)


def test_a_confirmed_deferral_is_looked_at_in_thirty_days_and_not_by_its_date():
    case = in_progress()
    wanted = {"reason": "缺资金", "plan": "明年改造", "next_report_on": "2027-01-31"}
    act(case=case, steps=[Step("defer", wanted)], account=account("leader.qingyuan"))
    set_clocks(timezone.now())
    assert clocks(case) == {"extension", "handle", "part"}
    act(case=case, steps=[Step("confirm_deferral", {"reason": "属实"})], account=account("reviewer"))
    set_clocks(timezone.now())
    assert clocks(case) == {"deferral", "report"}
    assert case.timers.get(step="report").due_at == datetime(2027, 1, 31, 17, 30, tzinfo=SHANGHAI)
    limit = case.timers.get(step="deferral")
    assert (limit.due_at - limit.started_at).days == 30


def test_a_closed_case_runs_nothing():
    case = sent(at(24, 9))
    tick(at(24, 9, 1))
    act_as(
        case=case,
        steps=[Step("withdraw", {"reason": "好了"})],
        actor=SYSTEM._replace(role=SYSTEM.role.__class__("resident")),
        at=at(24, 9, 2),
    )
    tick(at(24, 9, 3))
    assert clocks(case) == set()
    assert not Watched.objects.filter(case=case).exists()
    assert set_clocks(at(24, 9, 4)).cases == 0


def test_a_quiet_minute_asks_little(django_assert_max_num_queries):
    sent(at(24, 9))
    tick(at(24, 9, 1))
    with django_assert_max_num_queries(5):
        tick(at(24, 9, 2))


def test_nothing_personal_is_told():
    case = dispatched()
    tick(timezone.now() + timedelta(days=10))
    text = "".join(f"{n.subject}{n.text}{n.key}{n.url}" for n in Notice.objects.all())
    assert case.number in text
    for secret in ("张三丰", "13900000421", "2单元501"):
        assert secret not in text


@pytest.mark.parametrize("step", ["accept", "handle"])
def test_every_clock_shows_its_reckoning(step):
    case = dispatched()
    set_clocks(timezone.now())
    limit = case.timers.get(step=step)
    assert limit.trace["zh"][-1].startswith("截止时间")


def test_whoever_has_a_case_now_hears_that_it_came():
    case = sent(at(24, 10))
    tick(at(24, 10, 1))
    assert told("handler.qingyuan", "case") == [f"case:{case.number}:3"]
    assert tick(at(24, 10, 2)).notices == 0
    assert told("leader.qingyuan", "case") == told("handler.heyan", "case") == []


def test_nobody_hears_of_what_they_did():
    case = in_progress()
    set_clocks(timezone.now())
    assert told("handler.qingyuan", "case") == []
    wanted = {"reason": "等配件", "until": at(30, 9).isoformat(), "told_resident": True}
    act(case=case, steps=[Step("ask_extension", wanted)], account=account("leader.qingyuan"))
    set_clocks(timezone.now())
    assert told("leader.qingyuan", "case") == []


def test_the_decider_hears_of_a_question_and_the_unit_of_the_answer():
    case = in_progress()
    set_clocks(timezone.now())
    wanted = {"reason": "缺资金", "plan": "明年改造", "next_report_on": "2027-01-31"}
    act(case=case, steps=[Step("defer", wanted)], account=account("leader.qingyuan"))
    set_clocks(timezone.now())
    assert told("reviewer", "extension") == [f"extension:{case.number}:{case.seq}"]
    act(case=case, steps=[Step("confirm_deferral", {"reason": "属实"})], account=account("reviewer"))
    set_clocks(timezone.now())
    assert told("leader.qingyuan", "extension") == [f"extension:{case.number}:{case.seq}"]


def test_an_old_story_is_no_news():
    sent(at(20, 10))
    set_clocks(at(24, 10))
    assert told("handler.qingyuan", "case") == []


def test_an_extension_is_not_asked_for_before_the_resident_is_told():
    case = in_progress()
    asked = {"reason": "等配件", "until": at(30, 9).isoformat(), "told_resident": False}
    with pytest.raises(Refused, match="Tell the resident first"):
        act(case=case, steps=[Step("ask_extension", asked)], account=account("handler.qingyuan"))


def test_a_run_without_time_tells_nothing_and_the_next_tells_all():
    sent(at(24, 10), due=at(24, 12))
    set_clocks(at(24, 10, 1))
    assert tell_due(at(24, 12, 1), seconds=0).marks == 0
    assert tell_due(at(24, 12, 2)).marks > 0


def test_a_run_without_time_sets_no_clock_and_the_next_finds_all():
    sent(at(24, 10))
    assert set_clocks(at(24, 10, 5), seconds=0).cases == 0
    assert set_clocks(at(24, 10, 6)).cases == 1
