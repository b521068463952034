import pytest

from huiyin.cli.simulate import indicators, standing
from huiyin.indicators import queries
from huiyin.indicators.choices import Kind
from huiyin.standing.choices import Stage
from huiyin.standing.queries import public

pytestmark = pytest.mark.django_db


def test_every_kind_has_a_board_and_one_value_was_corrected():
    indicators.bring()
    boards = [queries.board(kind) for kind in queries.kinds()]
    assert [(board.kind, len(board.lines)) for board in boards] == [(kind, 26) for kind in Kind if kind != Kind.OTHER]
    assert [queries.corrections(sheet.indicator).count() for board in boards for sheet in board.sheets] == [
        0,
        0,
        1,
        0,
        0,
    ]


def test_one_cycle_is_published_and_one_waits_for_the_companies():
    assert [cycle.stage for cycle in standing.score()] == [Stage.PUBLISHED, Stage.NOTICE]
    assert [entry.listed for entry in public()] == ["red", "black"]
