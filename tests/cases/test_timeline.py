import pytest
from tests.district import account, dispatched, submitted, to_call_back

from huiyin.cases.domain import Step, act
from huiyin.cases.timeline import public_timeline, staff_timeline
from huiyin.cases.values import Names
from huiyin.kernel.moves import MOVES

pytestmark = pytest.mark.django_db


def staff(case):
    return staff_timeline(case, case.events.order_by("seq"), Names())


def test_public_timeline_holds_only_public_moves_and_no_person():
    case = act(
        case=dispatched(), steps=[Step("note", {"text": "居民张三丰脾气不好"})], account=account("leader.qingyuan")
    )
    entries = public_timeline(case)
    assert "居民张三丰脾气不好" in [entry.text for entry in staff(case)]  # it could leak
    assert [entry.label for entry in entries] == [MOVES[kind].zh for kind in ("receive", "register", "dispatch")]
    assert [entry.actor_label for entry in entries] == ["您", "沐河区接诉即办中心", "沐河区接诉即办中心"]


def test_staff_timeline_says_who_what_and_where_it_stands():
    case = submitted()
    entries = staff(case)
    assert [entry.stage for entry in entries] == [
        "collect",
        "collect",
        "assign",
        "answer",
        "answer",
        "answer",
        "answer",
    ]
    assert entries[2].text.splitlines()[0] == "主办单位：清源街道"
    assert entries[3].actor_label == "清源街道承办人 · 承办人 · 清源街道"
    assert (entries[-1].label, entries[-1].tone, entries[-1].at) == ("待审核", "now", None)


def test_staff_timeline_asks_only_who_the_people_are(django_assert_num_queries):
    case = to_call_back()
    events, names = list(case.events.order_by("seq")), Names()
    with django_assert_num_queries(1):
        staff_timeline(case, events, names)


def test_public_timeline_is_one_query(django_assert_num_queries):
    case = to_call_back()
    with django_assert_num_queries(1):
        public_timeline(case)
