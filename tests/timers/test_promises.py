from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests.district import account, in_progress, make

from huiyin.cases.domain import Step, act, act_as
from huiyin.cases.draft import RESIDENT
from huiyin.notices.models import Notice
from huiyin.people.models import Account
from huiyin.timers.domain import set_clocks, tick
from huiyin.timers.models import Timer

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
HANDLER, LEADER = "handler.qingyuan", "leader.qingyuan"


def replied(days=20, approved=True):
    """A reply that promises something by that day."""
    case = make("first_contact", case=in_progress(), account=account(HANDLER), result="已联系")
    day = timezone.localdate() + timedelta(days=days)
    text = f"阀门已经换好。我们将于{day.year}年{day.month}月{day.day}日前更换整栋楼的管道。"
    case = make("submit", case=case, account=account(HANDLER), text=text, action="更换阀门")
    return act(case=case, steps=[Step("approve")], account=account(LEADER)) if approved else case


def promises(case):
    return Timer.objects.filter(case=case, step__startswith="promise", stopped_at=None)


def told(username):
    notices = Notice.objects.filter(account=Account.objects.get(username=username), key__contains=":promise.")
    return notices.count()


def test_a_promise_runs_until_the_close_of_office_on_its_day():
    case = replied()
    set_clocks(timezone.now())
    (timer,) = promises(case)
    close = datetime.combine(timezone.localdate() + timedelta(days=20), datetime.min.time(), SHANGHAI)
    assert timer.due_at == close + timedelta(hours=17, minutes=30)
    assert "更换整栋楼的管道" in timer.trace["zh"][0]


def test_before_the_leader_says_yes_nothing_is_promised():
    case = replied(approved=False)
    set_clocks(timezone.now())
    assert not promises(case).exists()


def test_it_runs_on_when_the_case_is_closed_and_tells_handler_and_leader():
    case = replied()
    set_clocks(timezone.now())
    answers = {"contacted": True, "solved": True, "satisfaction": "satisfied"}
    case = act_as(case=case, steps=[Step("evaluate", answers)], actor=RESIDENT)
    set_clocks(timezone.now())
    assert (case.state, promises(case).count()) == ("archived", 1)
    tick(timezone.now() + timedelta(days=60))
    assert "做到了吗" in Notice.objects.filter(key__contains=":promise.").latest("pk").subject
    assert (told(HANDLER), told(LEADER), told("supervisor"), told("handler.heyan")) == (1, 1, 0, 0)


def test_a_reply_that_was_taken_back_promises_nothing():
    case = replied()
    set_clocks(timezone.now())
    answers = {"contacted": True, "solved": False, "satisfaction": "dissatisfied"}
    case = act_as(case=case, steps=[Step("evaluate", answers)], actor=RESIDENT)
    set_clocks(timezone.now())
    assert (case.state, promises(case).exists()) == ("in_progress", False)
