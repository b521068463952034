from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cli.simulate.standing import _PARTS
from huiyin.standing.choices import Listed, Part
from huiyin.standing.scoring import Share, lists, ranks, require_parts, scored

FULL = {
    Part.VOLUME: Share(Part.VOLUME, 0, 300), Part.RESOLUTION: Share(Part.RESOLUTION, 19, 20),
    Part.REPEAT: Share(Part.REPEAT, 0, 20), Part.INSPECTION: Share(Part.INSPECTION, 80, 100),
    Part.DUTY: Share(Part.DUTY, 40, 50), Part.OWNERS: Share(Part.OWNERS, 4, 5),
}  # fmt: skip
SCORES = st.dictionaries(st.integers(1, 40), st.integers(0, 10).map(Decimal), min_size=1)


def test_is_the_weighted_mean_of_its_parts():
    assert scored(_PARTS, FULL, Decimal(0)).score == Decimal("87.00")  # 35 full, 65 at 80


def test_deductions_come_off_and_stop_at_nothing():
    assert scored(_PARTS, FULL, Decimal("2.5")).score == Decimal("84.50")
    assert scored(_PARTS, FULL, Decimal(500)).score == Decimal("0.00")


def test_without_requests_the_weights_of_solved_and_repeated_fall_away():
    quiet = FULL | {Part.RESOLUTION: Share(Part.RESOLUTION, 0, 0), Part.REPEAT: Share(Part.REPEAT, 0, 0)}
    assert scored(_PARTS, quiet, Decimal(0)).score == Decimal("83.75")  # (15·100 + 65·80) / 80


@pytest.mark.parametrize("part", [Part.VOLUME, Part.INSPECTION, Part.DUTY, Part.OWNERS])
def test_what_must_be_known_cannot_fall_away(part):
    found = scored(_PARTS, FULL | {part: Share(part, 0, None)}, Decimal(0))
    assert (found.score, found.missing) == (None, [part])


def test_weights_that_do_not_sum_to_a_hundred_are_refused():
    with pytest.raises(ValueError, match="之和是 99，应为 100"):
        require_parts(_PARTS | {"duty": {"weight": 19}})


def test_equals_share_the_red_list_and_stay_off_the_black_one():
    scores = {1: Decimal(90), 2: Decimal(90), 3: Decimal(60), 4: Decimal(60)}
    assert lists(scores, [], 25, 25) == {1: Listed.RED, 2: Listed.RED}


def test_a_veto_is_black_whatever_the_score():
    scores = {1: Decimal(99), 2: Decimal(80), 3: Decimal(70), 4: Decimal(60)}
    assert lists(scores, [1], 25, 25) == {1: Listed.BLACK, 4: Listed.BLACK}


@given(scores=SCORES, red=st.integers(0, 50), black=st.integers(0, 50))
def test_nobody_on_the_black_list_is_better_than_somebody_off_it(scores, red, black):
    found = lists(scores, [], red, black)
    listed = [scores[key] for key, listed in found.items() if listed == Listed.BLACK]
    others = [score for key, score in scores.items() if found.get(key) != Listed.BLACK]
    assert len(listed) <= len(scores) * black // 100
    assert not listed or not others or max(listed) < min(others)


@given(scores=SCORES)
def test_ranks_follow_scores(scores):
    found = ranks(scores)
    assert all((found[a] < found[b]) == (scores[a] > scores[b]) for a in scores for b in scores)
