import pytest
from tests.district import account

from huiyin.cases.models import Case
from huiyin.cli.simulate.season import report as simulate
from huiyin.townhall.models import Question
from huiyin.townhall.queries_report import figure, report

pytestmark = pytest.mark.django_db


def test_the_season_shows_the_figures_of_the_newspaper_in_both_readings():
    season = simulate()
    made = report(season, account("supervisor"))
    totals = {name: made.total(name) for name in ("during", "opinions", "every", "resolved", "listed")}
    assert totals == {"during": 191, "opinions": 1216, "every": 1407, "resolved": 725, "listed": 564}
    assert (made.units_met, made.held, made.planned, len(made.rows)) == (26, 26, 26, 26)
    assert [(rate.numerator, rate.denominator, rate.percent) for rate in made.rates] == [
        (725, 1216, "59.6"), (725, 1407, "51.5"),
    ]  # fmt: skip
    assert (Question.objects.filter(state="refused").count(), Case.objects.count()) == (12, 0)


def test_it_is_the_same_each_time_and_every_figure_opens_into_what_it_counts():
    season, reader = simulate(), account("supervisor")
    made = report(season, reader)
    assert {name: figure(season, reader, name).count() for name in made.rows[0].counts} == {
        name: made.total(name) for name in made.rows[0].counts
    }
    one = made.rows[3]
    assert figure(season, reader, "listed", one.unit.code).count() == one.counts["listed"]


def test_nobody_personal_is_in_it():
    simulate()
    assert not [text for text in Question.objects.values_list("text", flat=True) if "0000" in text]
