import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.marking import Piece, cut


@pytest.mark.parametrize(
    ("marks", "pieces"),
    [
        ([], [Piece("暖气不热")]),
        ([(0, 2, "a")], [Piece("暖气", "a"), Piece("不热")]),
        ([(0, 3, "a"), (2, 4, "b")], [Piece("暖气", "a"), Piece("不", "a b"), Piece("热", "b")]),
        ([(1, 2, "a"), (1, 2, "a")], [Piece("暖"), Piece("气", "a"), Piece("不热")]),
    ],
    ids=["nothing marked", "at the beginning", "overlapping", "said twice"],
)
def test_a_text_is_cut_where_marks_begin_and_end(marks, pieces):
    assert list(cut("暖气不热", marks)) == pieces


@given(st.text(max_size=30), st.data())
def test_nothing_of_the_text_is_lost(text, data):
    spot = st.integers(0, len(text))
    marks = data.draw(st.lists(st.tuples(spot, spot, st.text(max_size=3)), max_size=5))
    assert "".join(piece.text for piece in cut(text, marks)) == text
