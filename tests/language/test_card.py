import numpy as np
import pytest

from huiyin.language import calibrate
from huiyin.language.card import Card, Drift, shift

TRUTH = np.array([0, 0, 1, 1])
SHARES = np.array([[0.9, 0.1], [0.4, 0.6], [0.3, 0.7], [0.2, 0.8]])


@pytest.fixture
def card():
    return Card.of(["供暖", "停|车"], TRUTH, SHARES, learned=[5, 7], split="invented")


def test_card_figures(card):
    first, second = card.labels
    assert (card.learned, card.held, card.accuracy) == (12, 4, 0.75)
    assert (first.precision, first.recall, second.precision, second.recall) == (1.0, 0.5, 2 / 3, 1.0)
    assert card.macro_f1 == pytest.approx((2 / 3 + 4 / 5) / 2)
    assert card.confusion == (("供暖", "停|车", 1),)
    assert [(part, right) for part, right, _ in card.abstention][-1] == (1.0, 0.75)
    assert card.abstention[0][1] == 1.0


def test_card_as_page_says_what_changed_since(card):
    assert "## Since" not in card.markdown()
    page = card.since(Drift(10, 0.1, 0.2, 0.8)).markdown()
    assert "10 cases came since; 0.800 of them" in page
    assert "| 停\\|车 | 7 | 2 | 0.667 | 1.000 | 0.800 |" in page


def test_card_without_cases_kept_aside():
    card = Card.of(["a", "b"], TRUTH[:0], SHARES[:0], learned=[1, 1], split="none")
    assert (card.held, card.accuracy, card.macro_f1, card.calibration, card.abstention) == (0, 0.0, 0.0, (), ())


def test_shift_of_labels():
    assert (shift([1, 1], [5, 5]), shift([3, 0], [0, 9]), shift([1, 3], [0, 0])) == (0.0, 1.0, 0.5)


def test_expected_calibration_error_weighs_the_gaps():
    shares = np.array([[0.8, 0.2]] * 4)
    assert calibrate.expected_error(shares, np.array([0, 0, 0, 1])) == pytest.approx(0.05)
    assert calibrate.curve(shares, np.array([0, 0, 0, 1])) == [(pytest.approx(0.8), 0.75, 4)]


def test_threshold_is_chows():
    assert [calibrate.threshold(cost) for cost in (0.5, 1, 2, 10)] == [0.0, 0.0, 0.5, 0.9]
