"""No sequence of allowed moves loses, duplicates or reorders an event, and folding again gives the same row."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from huiyin.kernel.chain import GENESIS, Event, canonical, event_hash, private_digest, stamp, verify
from huiyin.kernel.fold import apply, blank, fold
from huiyin.kernel.moves import NEW, Facts, moves_from, refusal
from huiyin.kernel.states import STATES

START = datetime(2026, 11, 23, tzinfo=UTC)
LATER = "2027-01-01T00:00:00.000000Z"
SAMPLE = {"due_at": LATER, "solved": False, "contacted": True, "helpers": ["heat"], "called": ["police"], "agrees": False,
          "satisfaction": "basic", "lead": "qingyuan", "assignee": 7, "next_report_on": "2026-12-01"}  # fmt: skip
# Column ← how often this move was made; `mismatches` counts the checks that did not fit.
COUNTED = {"objections": "object", "redispatches": "redispatch", "extensions": "extend", "reopened": "reopen",
           "rebounds": "rebound", "whistles": "whistle", "urged": "urge", "sent_back": "send_back"}  # fmt: skip
DUE = {"dispatch", "merge", "unmerge", "inform", "extend", "redo", "reopen", "rebound"}


def payload(move, draw):
    needed = {name: SAMPLE.get(name, f"{name} 1") for name in move.needs}
    extra = {name: SAMPLE.get(name, f"{name} 2") for name in move.records if draw(st.booleans())}
    return {**extra, **needed}


class Life(RuleBasedStateMachine):
    """Any life a case can lead by the table: what is written is chained, and folds back to the same row."""

    def __init__(self):
        super().__init__()
        self.row, self.log = blank(), []

    @rule(data=st.data())
    def move(self, data):
        move = data.draw(st.sampled_from(moves_from(self.row["state"])))
        at = START + timedelta(minutes=len(self.log))
        public = payload(move, data.draw)
        if "solved" in public:
            public["solved"] = data.draw(st.booleans())
        if "agrees" in public:
            public["agrees"] = data.draw(st.booleans())
        actor = data.draw(st.sampled_from(["account:1", "account:2"]))
        role = data.draw(st.sampled_from(move.by))
        facts = Facts(self.row, actor, None, public, stamp(at))
        before = json.dumps(self.row, sort_keys=True)
        if refusal(move, self.row["state"], role, facts) is not None:
            assert json.dumps(self.row, sort_keys=True) == before
            return
        private = {"name": "某某"} if data.draw(st.booleans()) else None
        digest = private_digest(canonical(private), b"salt") if private else None
        event = Event(
            "MH-1", len(self.log) + 1, move.kind, at, actor, role.value, None, public, digest, self.row["head"]
        )
        hashed = event_hash(event)
        due, solved = self.row["due_at"], self.row["solved"]
        apply(self.row, event, private, hashed)
        assert move.kind in DUE or self.row["due_at"] == due
        assert move.kind != "call_again" or self.row["solved"] == solved
        self.log.append((event, private, hashed))

    @invariant()
    def nothing_is_lost_doubled_or_reordered(self):
        assert [event.seq for event, *_ in self.log] == list(range(1, len(self.log) + 1))
        assert self.row["seq"] == len(self.log)
        assert verify((event, hashed) for event, _, hashed in self.log) is None

    @invariant()
    def folding_again_gives_the_same_row(self):
        assert fold(self.log) == self.row

    @invariant()
    def what_is_counted_was_written_so_often(self):
        kinds = Counter(event.kind for event, *_ in self.log)
        assert {name: self.row[name] for name in COUNTED} == {name: kinds[kind] for name, kind in COUNTED.items()}
        checks = [event.public["agrees"] for event, *_ in self.log if event.kind == "verify"]
        assert self.row["mismatches"] == checks.count(False)

    @invariant()
    def a_case_is_merged_into_one_or_into_none(self):
        joined = [event.kind for event, *_ in self.log if event.kind in {"merge", "unmerge"}]
        assert joined == (["merge", "unmerge"] * len(joined))[: len(joined)]
        assert (self.row["parent"] is not None) == (joined[-1:] == ["merge"])
        if self.row["state"] == "merged":
            assert (self.row["lead"], self.row["due_at"]) != (None, None)

    @invariant()
    def nobody_calls_twice_and_no_third_objection(self):
        judged = [event for event, *_ in self.log if event.kind in {"evaluate", "call_again"}]
        first = None
        for event in judged:
            assert event.kind == "evaluate" or event.actor != first
            first = event.actor if event.kind == "evaluate" else first
        assert self.row["objections"] <= 2

    @invariant()
    def what_came_back_is_not_solved(self):
        last = [event.kind for event, *_ in self.log if event.kind in {"evaluate", "reopen", "rebound"}][-1:]
        assert last in ([], ["evaluate"]) or self.row["solved"] is None

    @invariant()
    def the_state_is_one_of_the_table(self):
        assert self.row["state"] in {NEW, *STATES}

    @precondition(lambda self: self.row["state"] == "archived")
    @invariant()
    def archived_unsolved_only_with_reasons(self):
        kinds = [event.kind for event, *_ in self.log]
        if self.row["solved"] is False:
            assert {"archive_unsolved", "withdraw"} & set(kinds)


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)


def event(seq, kind, public, prev=GENESIS):
    return Event("MH-1", seq, kind, START, "system", "system", None, public, None, prev)


def test_apply_refuses_an_event_that_does_not_follow():
    with pytest.raises(ValueError, match="event 2 does not follow event 0"):
        apply(blank(), event(2, "receive", {"channel": "web"}))


@given(st.permutations(["receive", "register", "dispatch"]))
def test_fold_accepts_only_the_written_order(kinds):
    numbered = {"receive": 1, "register": 2, "dispatch": 3}
    events = [(event(numbered[kind], kind, {"lead": "a"}), None, "h") for kind in kinds]
    if kinds == ["receive", "register", "dispatch"]:
        assert fold(events)["state"] == "to_accept"
    else:
        with pytest.raises(ValueError, match="does not follow"):
            fold(events)


def test_private_originals_shape_the_row_only_while_they_exist():
    received = event(1, "receive", {"channel": "web"})
    assert fold([(received, {"person": "张**"}, "h")])["person"] == "张**"
    assert fold([(received, None, "h")])["person"] == ""


def test_exclusion_returns_to_where_it_came_from():
    row = blank()
    row.update(state="archived", seq=5)
    apply(row, event(6, "apply_exclusion", {}))
    apply(row, event(7, "exclude", {}))
    assert (row["state"], row["excluded"]) == ("archived", True)
