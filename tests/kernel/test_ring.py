import pytest

from huiyin.kernel.ring import ring
from huiyin.kernel.states import STATES


@pytest.mark.parametrize(
    ("state", "late", "solved", "expected"),
    [
        ("received", False, None, "2000"),
        ("to_accept", False, None, "1200"),
        ("in_progress", False, None, "1120"),
        ("in_progress", True, None, "1130"),
        ("to_call_back", False, None, "1112"),
        ("archived", False, True, "1111"),
        ("archived", False, None, "1110"),
        ("archived", False, False, "1113"),
    ],
)
def test_ring_says_where_a_case_is(state, late, solved, expected):
    assert ring(state, late=late, solved=solved) == expected


@pytest.mark.parametrize("state", sorted(STATES))
def test_ring_closes_only_when_the_resident_says_so(state):
    assert [ring(state, late=late, solved=None) == "1111" for late in (False, True)] == [False, False]
