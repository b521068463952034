"""What the ledger of one case means as a row of the fact table."""

from datetime import UTC, datetime, timedelta

import pytest

from huiyin.kernel.chain import GENESIS, Event
from huiyin.kernel.fact import Clock, fact
from huiyin.kernel.facts import SCHEMA

START = datetime(2026, 11, 2, tzinfo=UTC)
DUE = START + timedelta(days=7)
IDS = {"lead": {"qingyuan": 7}, "category": {"03.01": 31}, "area": {}}
LIFE = (
    ("receive", {"channel": "web", "title": "暖气不热"}),
    ("register", {"kind": "help", "category": "03.01", "urgency": "normal"}),
    ("dispatch", {"lead": "qingyuan", "due_at": "2026-11-09T00:00:00.000000Z", "basis": "目录", "reason": "按目录"}),
    ("accept", {}),
    ("first_contact", {"result": "已联系"}),
    ("submit", {"text": "已修好", "action": "排气"}),
    ("approve", {}),
    ("evaluate", {"contacted": True, "solved": True, "satisfaction": "basic"}),
    ("verify", {"agrees": False, "place": "东里", "attachments": ["0"]}),
    ("apply_exclusion", {"category_of_reason": "policy", "evidence": "见附件"}),
    ("exclude", {"reason": "属实"}),
)


def events(count):
    return [
        Event("MH-1", seq, kind, START + timedelta(hours=seq - 1), "system", "system", None, public, None, GENESIS)
        for seq, (kind, public) in enumerate(LIFE[:count], start=1)
    ]


def told(count, *clocks, as_of=DUE):
    return fact(events(count), clocks=clocks, as_of=as_of, pk=1, ids=IDS)


def test_a_whole_life():
    row = told(len(LIFE), Clock("accept", 3, START + timedelta(hours=3)), Clock("first_contact", 4, START))
    assert row == {
        "id": 1, "number": "MH-1", "channel": "web", "lead_id": 7, "category_id": 31, "area_id": None,
        "created_at": START, "closed_at": START + timedelta(hours=6), "due_at": DUE, "dispatched": True,
        "accepted_in_time": True, "contacted_in_time": False, "rounds": 1, "objections": 0, "redispatches": 0,
        "checks": 1, "mismatches": 1, "repeated": False, "valid_callback": True, "contacted": True, "solved": True,
        "satisfaction": "basic", "excluded": True, "exclusion_reason": "policy",
    }  # fmt: skip
    assert row.keys() == SCHEMA.keys()


def test_a_reason_counts_only_once_it_is_granted():
    assert told(len(LIFE) - 1)["exclusion_reason"] is None


@pytest.mark.parametrize(
    ("count", "due", "as_of", "in_time"),
    [
        (4, START + timedelta(hours=3), DUE, True),  # at the very moment
        (4, START + timedelta(hours=2), DUE, False),
        (3, DUE, DUE, None),  # not late yet
        (3, DUE, DUE + timedelta(seconds=1), False),
    ],
)
def test_accepted_in_time(count, due, as_of, in_time):
    assert told(count, Clock("accept", 3, due), as_of=as_of)["accepted_in_time"] is in_time


def test_without_a_clock_nobody_was_late():
    assert told(4)["accepted_in_time"] is None


def test_the_clock_set_last_judges():
    early, late = Clock("accept", 2, START), Clock("accept", 3, DUE)
    assert told(4, late, early)["accepted_in_time"] is True
