import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.models import Case
from huiyin.people.models import Area
from huiyin.rounds.distance import Spot, metres, point_of

HERE = Spot(36.501, 116.003)
spots = st.builds(Spot, st.floats(-80, 80), st.floats(-179, 179))


@pytest.mark.parametrize(
    ("there", "expected"),
    [(HERE, 0), (Spot(36.502, 116.003), 110), (Spot(36.501, 116.013), 890), (Spot(37.501, 116.003), 111_190)],
)
def test_metres_to_ten(there, expected):
    assert metres(HERE, there) == expected


@given(spots, spots)
def test_metres_are_the_same_both_ways_and_never_more_than_half_the_earth(one, other):
    assert metres(one, other) == metres(other, one)
    assert 0 <= metres(one, other) <= 20_020_000


ESTATE = Area(kind="estate", lat=36.5, lon=116.0)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (Case(lat_e3=36501, lon_e3=116003, area=ESTATE), HERE),
        (Case(area=ESTATE), Spot(36.5, 116.0)),
        (Case(area=Area(kind="street", lat=36.5, lon=116.0)), None),
        (Case(area=Area(kind="estate")), None),
        (Case(), None),
    ],
)
def test_point_is_the_pin_else_the_middle_of_the_estate(case, expected):
    assert point_of(case) == expected
