"""What was printed in a month prints the same later, from the kept file alone."""

import hashlib

import pytest
from tests.district import account
from tests.review import november
from tests.review.november import PERIOD

from huiyin.cases.models import Case
from huiyin.kernel.facts import COUNTERS
from huiyin.kernel.figures import change
from huiyin.kernel.measures import COUNTED, MEASURES, ScoreWeights, score
from huiyin.kernel.periods import previous
from huiyin.review import figures, freezing, periods


@pytest.fixture
def cases():
    return november.load()


@pytest.fixture
def frozen(cases):
    return freezing.freeze(periods.read(PERIOD), by=account("supervisor"))


def told(table):
    return {
        line.code: {v: {n: f.text for n, f in of.items()} for v, of in line.figures.items()} for line in table.lines
    }


def test_the_kept_file_gives_the_figures_of_the_database(frozen):
    period = periods.read(PERIOD)
    live, kept = (figures.table("unit", period, frozen=one) for one in (None, frozen))
    assert told(kept) == told(live)
    assert (kept.pooled["all"]["score"].text, kept.as_of) == ("66.2", frozen.as_of)


def test_what_changes_later_changes_no_kept_figure(frozen):
    period = periods.read(PERIOD)
    before = told(figures.table("unit", period, frozen=frozen))
    Case.objects.update(excluded=True, solved=False)
    assert told(figures.table("unit", period, frozen=frozen)) == before
    assert told(figures.table("unit", period)) != before


def test_a_kept_figure_opens_into_the_cases_it_counted(frozen, cases):
    Case.objects.update(solved=False)
    opened = freezing.ids(frozen, "resolution", "numerator", "net", period=periods.read(PERIOD))
    assert (
        len(opened) == figures.table("unit", periods.read(PERIOD), frozen=frozen).pooled["net"]["resolution"].numerator
    )


def test_the_file_is_the_one_that_was_written(frozen):
    with frozen.file.open() as file:
        assert hashlib.sha256(file.read()).hexdigest() == frozen.sha256


def test_the_period_before_is_in_the_file_too(frozen):
    period = periods.read(PERIOD)
    now, before = (
        figures.table("unit", one, frozen=frozen).pooled["all"]["received"] for one in (period, previous(period))
    )
    assert (now.numerator, before.numerator, change(now, before)) == (17, 2, 750)


def test_every_counter_is_used_and_every_measure_is_counted():
    assert set(COUNTED) == set(COUNTERS) | {"residents"}
    assert {name for one in MEASURES.values() for name in one.numerator} <= set(COUNTERS)


def test_weights_that_do_not_sum_to_a_hundred_are_refused():
    assert score(ScoreWeights(20, 30, 50)).numerator["satisfied"] == 300
    with pytest.raises(ValueError, match="sum to 110 %"):
        ScoreWeights(20, 40, 50)
