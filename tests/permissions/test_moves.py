"""Who may make which move: `moves.csv` says it, every move of the table is in it, and each door answers so."""

import pytest
from tests.permissions.doors import WHO
from tests.permissions.moves import DONE, HIDDEN, LOGIN, answers, case_of, proposed, table

from huiyin.kernel.moves import MOVES, NEW

ROWS = table()
OUTSIDER = list(WHO).index("outsider")


@pytest.mark.django_db
def test_every_move_is_in_the_table():
    """A new move fails with the line as it stands now: judge whether it is right, then put it into the table."""
    written = {row.move for row in ROWS}
    missing = [proposed(kind).line for kind in MOVES if kind not in written]
    assert (missing, sorted(written - MOVES.keys())) == ([], []), "\n" + "\n".join(missing)


def test_no_move_is_there_twice():
    assert len({row.move for row in ROWS}) == len(ROWS)


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "before"), dict.fromkeys(row[1:3] for row in ROWS))
def test_moves_are_made_by_these_alone(state, before):
    """All moves of one state on one case: each is undone."""
    rows = [row for row in ROWS if row[1:3] == (state, before)]
    case = case_of(rows[0])
    assert [row._replace(answers=answers(row, case)).line for row in rows] == [row.line for row in rows]


def test_all_doors_agree_in_the_table():
    known = {DONE, HIDDEN, LOGIN, "role", "guard"}
    assert [row.line for row in ROWS if not known.issuperset(row.answers)] == []


def test_the_table_shows_each_move_made_by_somebody():
    """The system alone informs the persons of merged cases, and archives at once what may be."""
    assert [row.move for row in ROWS if DONE not in row.answers] == ["inform", "archive"]


def test_a_stranger_and_an_outsider_make_no_move_of_a_case():
    """The outsider is another unit's handler: like the stranger, they may hand in something new."""
    found = {(row.answers[0], row.answers[OUTSIDER]) for row in ROWS if row.case != NEW}
    assert found == {(LOGIN, HIDDEN)}
