"""Which rule drafts which month: in force on its last day, however late; versions follow one another."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.monthly import month, rulebook
from tests.monthly.month import BAD, BEFORE, PERIOD
from tests.monthly.rulebook import ahead

from huiyin.monthly import gathering, queries_rules
from huiyin.monthly.checking import WORDS
from huiyin.monthly.choices import Kind
from huiyin.monthly.drafting import drafted
from huiyin.monthly.models import Review, RuleBook
from huiyin.monthly.outcomes import outcome
from huiyin.monthly.rules import OWN, OWN_VALUES, rules_of
from huiyin.review import beside, periods

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = date(2025, 11, 1), date(2025, 12, 1)


def texts(review, code=BAD, kind=Kind.SHORTFALL):
    return [point.text for point in month.said(month.card(review, code), kind)]


def test_without_a_version_the_houses_own_rule_holds(review):
    assert (review.book, review.rules) == (None, OWN)


def test_a_version_begins_on_its_day_and_ends_the_one_before():
    first, second = rulebook.established(ahead(1)), rulebook.established(ahead(5), apart=5)
    first.refresh_from_db()
    assert [(one.version, one.valid_from, one.valid_to) for one in (first, second)] == [
        (1, ahead(1), ahead(5)), (2, ahead(5), None),
    ]  # fmt: skip
    assert [queries_rules.book_on(ahead(days)) for days in (0, 1, 4, 5, 99)] == [None, first, first, second, second]


@pytest.mark.parametrize(("days", "said"), [(-1, "规则不"), (4, "已有一条规则"), (5, "已有一条规则")])
def test_a_version_begins_neither_in_the_past_nor_before_the_last_one(days, said):
    rulebook.established(ahead(5))
    with pytest.raises(ValueError, match=said):
        rulebook.established(ahead(days))
    assert RuleBook.objects.count() == 1


def test_a_version_years_ahead_is_a_slip_that_would_bar_every_other():
    first = rulebook.established(ahead(1))
    with pytest.raises(ValueError, match="年份"):
        rulebook.established(date(2099, 12, 31))
    first.refresh_from_db()
    assert first.valid_to is None


def test_the_database_refuses_two_rules_on_one_day():
    rulebook.holds(NOVEMBER)
    with pytest.raises(IntegrityError), transaction.atomic():
        rulebook.holds(DECEMBER)


def test_a_month_is_drafted_by_the_rule_of_its_last_day_however_late(cases):
    november = rulebook.holds(NOVEMBER, DECEMBER, part="sentences", late="超了{numerator}件。")
    rulebook.holds(DECEMBER, part="sentences", late="晚了{numerator}件。")
    review = month.planned()
    assert review.book == november
    assert "超了6件。" in texts(review)


def test_a_rule_that_begins_within_a_month_drafts_it_and_not_the_one_before(cases):
    book = rulebook.holds(date(2025, 11, 30), shortfalls=1)
    earlier, later = month.planned(BEFORE), month.planned(PERIOD)
    assert (earlier.book, later.book) == (None, book)
    assert [len(texts(one)) for one in (earlier, later)][1] == 1


def test_each_number_of_a_rule_is_heard(cases):
    rulebook.holds(
        NOVEMBER, measures=["satisfaction"], head=["received"], achievements=0, shortfalls=2, demands=1, days=40
    )  # fmt: skip
    review = month.planned()
    card = month.card(review)
    assert {point.measure for point in month.said(card, Kind.SHORTFALL)} == {"satisfaction", "overdue"}
    assert list(card.figures) == ["received"]
    assert [(point.due - review.held_on).days for point in month.said(card, Kind.DEMAND)] == [40]


def test_who_speaks_is_proposed_by_the_rule(cases):
    rulebook.holds(NOVEMBER, part="speaking", seats=1)
    assert [one.unit.code for one in month.planned().speakers.all()] == [BAD]


def test_a_frozen_month_drafted_again_later_is_the_same(review):
    again = outcome_of(review)
    rulebook.holds(date(2026, 1, 1), part="sentences", late="晚了{numerator}件。")
    found = Review.objects.get(pk=review.pk)
    assert outcome_of(found) == again
    assert [one.text for one in again.cards[BAD]] == list(month.card(review).points.values_list("text", flat=True))
    assert list(again.speaks) == [one.unit.code for one in review.speakers.all()]


def outcome_of(review):
    period = beside.period_of(review.freeze)
    book = queries_rules.book_of(period)
    rules = book.rules if book else OWN
    return outcome(gathering.month(review.freeze, period), review.freeze, period, rules, held_on=review.held_on)


def test_every_word_that_is_offered_for_a_sentence_is_there_when_a_card_is_drafted(review):
    """A rule that names them all in all of its sentences drafts what it did, in other words."""
    told = {part: {name: braced(words) for name, words in WORDS[part].items()} for part in WORDS}
    rules = rules_of({**OWN_VALUES, **told})
    period = beside.period_of(review.freeze)
    known = gathering.known(gathering.month(review.freeze, period), period, None, rules.drafting)
    for demands in ((2, 1), (2, 0)):
        for one in known.values():
            all_of_it = replace(one, demands=demands, claims=(1, 2))
            new, own = (drafted(all_of_it, each, due=NOVEMBER) for each in (rules, OWN))
            assert [(point.kind, point.topic) for point in new] == [(point.kind, point.topic) for point in own]
    assert periods.last_day(period) == date(2025, 11, 30)


def braced(words):
    return " ".join(f"{{{word}}}" for word in words)
