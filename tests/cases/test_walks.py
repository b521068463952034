"""Random lives by the real verbs, with every room's reactions: rows and events never part, nothing is lost or doubled."""

import random

import pytest
from tests import roads
from tests.roads import Step, at, go

from huiyin.cases.models import Case, Event
from huiyin.cases.rebuild import check_cases
from huiyin.kernel.moves import Refused, moves_from

pytestmark = pytest.mark.django_db
ACCOUNT = {"handler": roads.HANDLER, "leader": roads.LEADER}
STEPS = 40


def walk(case, dice):
    """Any move of the table by anybody whom it names; what is refused is refused whole."""
    for _ in range(STEPS):
        move = dice.choice(moves_from(case.state))
        role = dice.choice(move.by)
        before = case.seq
        record = {name: dice.random() < 0.5 for name in ("solved", "agrees") if name in move.needs}
        try:
            go(case, Step(ACCOUNT.get(role, str(role)), move.kind, record))
        except Refused:
            case.refresh_from_db()
            assert case.seq == before


@pytest.mark.parametrize("seed", range(8))
def test_no_life_parts_the_row_from_its_events(seed):
    dice = random.Random(seed)  # noqa: S311 a story, not a secret
    walk(at(dice.choice(["received", "to_accept", "merged", "archived", "whistled"])), dice)
    assert [checked.differs for checked in check_cases() if checked.differs] == []
    for case in Case.objects.all():
        written = Event.objects.filter(case=case).order_by("seq").values_list("seq", flat=True)
        assert list(written) == list(range(1, case.seq + 1))


@pytest.mark.parametrize("state", ["evaluated", "archived"])
def test_what_came_back_is_a_row_of_its_events_too(state):
    case = at(state)
    go(case, Step("reviewer", "rebound"))
    for step in roads.REPLY:
        go(case, step)
    go(case, Step("resident", "evaluate"))
    assert (case.rebounds, case.solved, case.state) == (1, True, "archived")
    assert [checked.differs for checked in check_cases() if checked.differs] == []
