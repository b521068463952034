from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.piecewise import points_of, score

DUST = points_of([["10", "100"], ["70", "0"]])
VALUES = st.fractions(min_value=-1000, max_value=1000)
POINTS = st.lists(st.integers(-50, 50), min_size=2, max_size=6, unique=True)


@given(x=VALUES)
def test_road_dust_is_the_published_formula(x):
    expected = 100 if x <= 10 else 0 if x >= 70 else (70 - x) * 100 / Fraction(60)
    assert score(DUST, x) == expected


@given(xs=POINTS, ys=st.lists(st.integers(0, 100), min_size=6, max_size=6), pair=st.tuples(VALUES, VALUES))
def test_rises_where_its_points_rise(xs, ys, pair):
    points = points_of(list(zip(sorted(xs), sorted(ys)[: len(xs)], strict=True)))
    low, high = sorted(pair)
    assert score(points, low) <= score(points, high)


@given(xs=POINTS, ys=st.lists(st.integers(0, 100), min_size=6, max_size=6))
def test_is_exact_on_every_point(xs, ys):
    rows = list(zip(sorted(xs), ys[: len(xs)], strict=True))
    points = points_of(rows)
    assert [score(points, x) for x, _ in rows] == [y for _, y in rows]


def test_a_tenth_is_a_tenth():
    assert score(points_of([["0", "0"], ["0.3", "3"]]), Fraction(1, 10)) == 1


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [["1", "2"]],
        [["1", "2"], ["1", "3"]],
        [["2", "2"], ["1", "3"]],
        [["a", "2"], ["3", "3"]],
        [["NaN", "2"], ["3", "3"]],
        [["1", "2"], ["1e999999999", "3"]],
        [["1", "1e13"], ["2", "3"]],
        [["1e-13", "1"], ["2", "3"]],
        [["1"], ["2", "3"]],
    ],
)
def test_refuses_what_is_no_line(rows):
    with pytest.raises(ValueError, match="点"):
        points_of(rows)
