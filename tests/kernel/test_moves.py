import re

import pytest

from huiyin.kernel.effects import BACK, SAME
from huiyin.kernel.fields import FIELDS, FROM_DOORS
from huiyin.kernel.fold import BLANK
from huiyin.kernel.moves import INITIAL, MOVES, NEW, Facts, moves_from, refusal
from huiyin.kernel.roles import Role
from huiyin.kernel.states import OPEN, STATES, Stage

FINAL = {"archived"}


def targets(kind: str) -> set[str]:
    """Where a move can lead: BACK returns to whatever remembered its state on the way in."""
    move = MOVES[kind]
    if move.target == SAME:
        return set(move.sources)
    if move.target == BACK:
        entries = [other for other in MOVES.values() if other.target in move.sources and "back_to" in other.sets]
        return {source for other in entries for source in other.sources}
    return {move.target}


def reachable(start: str) -> set[str]:
    seen, todo = set(), [start]
    while todo:
        state = todo.pop()
        if state not in seen:
            seen.add(state)
            todo += [target for move in moves_from(state) for target in targets(move.kind)]
    return seen


def test_table_names_only_known_states():
    known = {*STATES, NEW, SAME, BACK}
    assert [move.kind for move in MOVES.values() if not known.issuperset({move.target, *move.sources})] == []


def test_every_state_is_reachable_from_the_first_move():
    assert reachable(NEW) == set(STATES) | {NEW}


@pytest.mark.parametrize("state", sorted(set(STATES) - FINAL))
def test_no_state_is_a_trap(state):
    assert FINAL & reachable(state) == FINAL


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_open_state_can_be_left_by_somebody(state):
    leaving = [move for move in moves_from(state) if targets(move.kind) - {state}]
    assert leaving != []


@pytest.mark.parametrize("kind", sorted(MOVES))
def test_a_move_sets_only_fields_of_the_projection(kind):
    assert set(MOVES[kind].sets) - set(BLANK) == set()


@pytest.mark.parametrize("kind", sorted(MOVES))
def test_a_move_records_only_fields_with_a_label(kind):
    move = MOVES[kind]
    assert (set(move.needs) | set(move.records)) - set(FIELDS) - set(FROM_DOORS) == set()


@pytest.mark.parametrize("kind", sorted(MOVES))
def test_labels_are_in_both_languages(kind):
    move = MOVES[kind]
    assert re.search(r"[一-鿿]", move.zh)
    assert move.en.isascii()


def test_the_clock_is_never_reset_by_objection_or_hand_over():
    may_set_due = {kind for kind, move in MOVES.items() if "due_at" in move.sets}
    assert may_set_due == {"dispatch", "merge", "unmerge", "inform", "extend", "redo", "reopen", "rebound"}


def test_only_the_callback_writes_the_residents_judgement():
    for fact in ("solved", "satisfaction", "contacted"):
        writers = {kind for kind, move in MOVES.items() if fact in move.sets}
        assert writers == {"evaluate", "call_when_due", "reopen", "rebound"}, fact


def test_the_handling_unit_never_touches_callbacks():
    for kind in ("attempt", "evaluate", "call_when_due", "close_unreached"):
        assert set(MOVES[kind].by) & {Role.HANDLER, Role.LEADER} == set()


def test_a_new_case_starts_with_receive_only():
    assert [move.kind for move in moves_from(NEW)] == [INITIAL]


def facts(case=None, actor="account:1", unit=None, public=None):
    return Facts({**BLANK, **(case or {})}, actor, unit, public or {}, "2026-11-23T00:00:00.000000Z")


def test_refusal_when_the_state_does_not_fit():
    refused = refusal(MOVES["accept"], "archived", Role.HANDLER, facts())
    assert (refused.code, refused.en) == (
        "state",
        "This case is now “Archived”, so “Accept” is not possible. Reload and look again.",
    )


def test_refusal_when_the_role_does_not_fit():
    assert refusal(MOVES["accept"], "to_accept", Role.CALLER, facts()).code == "role"


def test_refusal_names_what_is_missing_in_words():
    refused = refusal(
        MOVES["dispatch"], "registered", Role.DISPATCHER, facts(public={"lead": "a", "basis": "b", "reason": "c"})
    )
    assert (refused.code, refused.zh) == ("needs", "“派单”还缺：期限。")


def test_refusal_when_the_applicant_decides():
    case = {"asked_by": "account:1"}
    refused = refusal(MOVES["refuse_extension"], "extension", Role.LEADER, facts(case, public={"reason": "x"}))
    assert refused.code == "guard"


def test_refusal_when_the_handling_unit_calls_back():
    public = {"contacted": True, "solved": True, "satisfaction": "satisfied"}
    own = refusal(
        MOVES["evaluate"], "to_call_back", Role.CALLER, facts({"lead": "qingyuan"}, unit="qingyuan", public=public)
    )
    other = refusal(
        MOVES["evaluate"], "to_call_back", Role.CALLER, facts({"lead": "qingyuan"}, unit="hotline", public=public)
    )
    assert (own.code, other) == ("guard", None)


def test_refusal_before_three_attempts():
    few = refusal(MOVES["close_unreached"], "to_call_back", Role.CALLER, facts({"attempts": 2}, public={"reason": "x"}))
    enough = refusal(
        MOVES["close_unreached"], "to_call_back", Role.CALLER, facts({"attempts": 3}, public={"reason": "x"})
    )
    assert (few.code, enough) == ("guard", None)


def test_unsolved_is_never_archived_silently():
    refused = refusal(MOVES["archive"], "evaluated", Role.SYSTEM, facts({"solved": False}))
    assert refused.code == "guard"


def test_deferral_never_counts_as_solved():
    deferral = {kind for kind in MOVES if MOVES[kind].target == "deferred" or "deferred" in MOVES[kind].sources}
    assert [kind for kind in deferral if {"solved", "closed_at"} & set(MOVES[kind].sets)] == []


def test_stages_of_the_ring_are_the_four():
    assert {state.stage for state in STATES.values()} == set(Stage)
