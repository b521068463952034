"""Fair rankings: what holds for any group of units."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from huiyin.kernel.ranking import (
    NOTHING,
    STRONGEST,
    WEAKEST,
    Conditions,
    Prior,
    Sample,
    Standing,
    adjusted,
    prior,
    ranks,
    shrunk,
)


def sample(hits, size):
    return Sample(Fraction(hits), Fraction(size))


SIZES = st.integers(1, 5000)
SAMPLES = SIZES.flatmap(lambda size: st.builds(sample, st.integers(0, size), st.just(size)))
GROUPS = st.lists(SAMPLES, min_size=1, max_size=30)


@given(GROUPS)
def test_the_interval_holds_the_shrunk_value_and_stays_a_share(group):
    for one in [*group, NOTHING]:
        found = shrunk(one, prior(group))
        assert 0 <= found.low <= found.value <= found.high <= 1


@given(GROUPS)
def test_the_shrunk_value_lies_between_the_units_own_and_the_groups(group):
    known = prior(group)
    for one in group:
        low, high = sorted((float(one.share), known.mean))
        assert low - 1e-9 <= shrunk(one, known).value <= high + 1e-9


@given(st.integers(1, 50), st.integers(2, 40), st.floats(0.01, 0.99), st.floats(WEAKEST, STRONGEST))
def test_more_data_means_less_shrinkage_and_a_narrower_interval(size, times, mean, strength):
    few, many = sample(size // 2, size), sample(size // 2 * times, size * times)
    one, other = (shrunk(own, Prior(mean, strength)) for own in (few, many))
    assert one.own < other.own
    assert abs(other.value - float(many.share)) <= abs(one.value - float(few.share)) + 1e-9


@given(GROUPS)
def test_a_unit_without_data_has_the_groups_mean(group):
    known = prior(group)
    found = shrunk(NOTHING, known)
    assert (found.own, NOTHING.share) == (0, None)
    assert found.value == pytest.approx(known.mean)


@given(GROUPS)
def test_the_group_weighs_between_the_weakest_and_the_strongest(group):
    assert WEAKEST <= prior(group).strength <= STRONGEST


def test_units_that_differ_by_chance_alone_are_taken_for_alike():
    assert prior([sample(800, 1000), sample(8000, 10_000), sample(16, 20)]).strength == STRONGEST


def test_a_group_weighs_no_more_than_the_callbacks_it_has():
    few = [sample(1, 1)] * 3
    found = shrunk(NOTHING, prior(few))
    assert (prior(few).strength, found.value) == (3, 1)
    assert found.low < 0.6


def test_units_that_really_differ_keep_what_they_have():
    assert prior([sample(100, 1000), sample(900, 1000)]).strength < 5


def test_a_group_that_nobody_called_has_no_value():
    assert shrunk(NOTHING, prior([NOTHING])) is None


@pytest.mark.parametrize(("hits", "size", "mean", "strength"), [(90, 100, 0.8, 20), (3, 4, 0.9, 30), (10, 40, 0.3, 60)])
def test_the_interval_is_near_the_exact_one_of_the_beta_distribution(hits, size, mean, strength):
    found = shrunk(sample(hits, size), Prior(mean, strength))
    exact = beta(hits + strength * mean, size - hits + strength * (1 - mean))
    assert found.value == pytest.approx(exact.mean())
    assert (found.low, found.high) == (
        pytest.approx(exact.ppf(0.05), abs=0.02),
        pytest.approx(exact.ppf(0.95), abs=0.02),
    )


def test_ranks_are_by_value_then_by_volume_and_equal_ones_share_a_rank():
    given = [(Fraction(90), 10), (None, 5), (Fraction(95), 3), (Fraction(90), 12), (Fraction(90), 10), (Fraction(1), 1)]
    assert ranks(given) == [3, None, 1, 2, 3, 5]


def test_a_unit_with_the_harder_matters_is_lifted():
    district = {"hard": sample(50, 100), "easy": sample(90, 100)}
    assert adjusted({"hard": sample(6, 10)}, district) == (Fraction(1, 2), Fraction(6, 5) * Fraction(7, 10))
    assert adjusted({"easy": sample(9, 10)}, district) == (Fraction(9, 10), Fraction(7, 10))


@given(st.dictionaries(st.integers(0, 5), SAMPLES, min_size=1))
def test_the_district_itself_is_as_difficult_as_it_is(district):
    found = adjusted(district, district)
    whole = sum(district.values(), NOTHING).share
    assert found == ((whole, whole) if whole else None)


def test_nothing_to_compare_is_nothing():
    assert (adjusted({}, {"a": sample(1, 2)}), adjusted({"a": sample(0, 2)}, {"a": sample(0, 9)})) == (None, None)


AT = Standing(rank=3, of=28, rise=5, score=Fraction(90))


@pytest.mark.parametrize(
    ("conditions", "fits"),
    [
        ({}, True),
        ({"first_percent": 10}, True),  # 2.8 ranks, rounded up
        ({"first_percent": 7}, False),
        ({"last_percent": 10}, False),
        ({"last_percent": 95}, True),
        ({"rose": 5}, True),
        ({"rose": 6}, False),
        ({"fell": 1}, False),
        ({"score_from": Decimal("90.0")}, True),
        ({"score_below": Decimal("90.0")}, False),
        ({"first_percent": 10, "rose": 6}, False),
    ],
)
def test_a_class_asks_for_all_its_conditions(conditions, fits):
    assert Conditions(**conditions).fit(AT) is fits


def test_who_had_no_rank_before_neither_rose_nor_fell():
    new = Standing(rank=1, of=2, rise=None, score=Fraction(90))
    assert [Conditions(rose=0).fit(new), Conditions(fell=0).fit(new)] == [False, False]
