import pytest
from tests.district import account, dispatched, in_progress, submitted, to_call_back

from huiyin.cases.buttons import KEYS, buttons, refused_now
from huiyin.cases.domain import actor_for
from huiyin.kernel.moves import CONTACTED, MOVES, moves_from
from huiyin.kernel.states import STATES

pytestmark = pytest.mark.django_db
STAFF = [
    "agent",
    "dispatcher",
    "handler.qingyuan",
    "leader.qingyuan",
    "handler.heyan",
    "caller",
    "reviewer",
    "supervisor",
    "checker",
]


@pytest.mark.parametrize("make", [dispatched, in_progress, submitted, to_call_back])
def test_every_button_is_a_move_of_the_table_by_a_role_that_may(make):
    case = make()
    for who in STAFF:
        for button in buttons(case, account(who)):
            move = MOVES[button.kind]
            assert move in moves_from(case.state)
            assert actor_for(account(who), move, case).role in move.by


def test_the_leader_approves_first_and_with_one_press():
    first, second, *_ = buttons(submitted(), account("leader.qingyuan"))
    assert [(b.kind, b.key, b.at_once) for b in (first, second)] == [("approve", "p", True), ("send_back", "b", False)]


def test_no_reply_before_the_first_contact():
    case = in_progress()
    assert "submit" not in [button.kind for button in buttons(case, account("handler.qingyuan"))]
    assert refused_now(MOVES["submit"], case, account("handler.qingyuan")).zh == CONTACTED.zh


def test_a_leader_of_another_unit_has_no_buttons():
    assert buttons(submitted(), account("leader.heyan")) == []


def test_keys_name_moves():
    assert set(KEYS) - set(MOVES) == set()


@pytest.mark.parametrize("state", STATES)
def test_no_key_means_two_moves_of_one_state(state):
    keys = [KEYS[move.kind] for move in moves_from(state) if move.kind in KEYS]
    assert sorted(keys) == sorted(set(keys))
