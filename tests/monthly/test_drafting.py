"""What a card says, and who should speak, from a month whose figures one can count on fingers."""

from dataclasses import replace

import pytest
from tests.monthly import month
from tests.monthly.month import BAD, FELL, GOOD

from huiyin.monthly import speaking
from huiyin.monthly.choices import Kind
from huiyin.monthly.rules import OWN
from huiyin.monthly.shown import Pages, repeated
from huiyin.monthly.speaking import Candidate
from huiyin.people.models import Unit

pytestmark = pytest.mark.django_db


def test_every_ranked_unit_has_a_card(review):
    assert review.cards.count() == Unit.objects.filter(ranked=True, active=True).count() == 26


def test_what_is_far_above_the_middle_is_an_achievement(review):
    best = month.said(month.card(review, GOOD), Kind.ACHIEVEMENT)[0]
    assert (best.measure, best.topic) == ("resolution", "measure:resolution")
    assert best.text == "解决率100.0%（10/10），高于各单位中位数80.0%，列第1位（共8个单位）。"
    assert best.figures["numerator"] == "10"


def test_what_is_far_below_stands_again_where_it_stood_the_month_before(review):
    worst = {point.topic: point for point in month.said(month.card(review, BAD), Kind.SHORTFALL)}
    assert worst["measure:resolution"].text == (
        "解决率20.0%（2/10），与各单位中位数80.0%有差距，列第8位（共8个单位）（连续2个月）。"
    )
    assert worst["measure:resolution"].figures["months"] == 2
    assert worst["measure:overdue"].text == "超期6件，多于各单位中位数1件。"


def test_what_fell_is_a_shortfall_without_being_the_worst(review):
    said = [point.text for point in month.said(month.card(review, FELL), Kind.SHORTFALL)]
    assert "解决率60.0%（6/10），与各单位中位数80.0%有差距，列第7位（共8个单位）。" in said


def test_demands_answer_the_worst_shortfalls_with_owner_and_date(review):
    demands = month.said(month.card(review, BAD), Kind.DEMAND)
    assert len(demands) == 2
    assert {(one.owner.code, (one.due - review.held_on).days) for one in demands} == {(BAD, 21)}


def test_a_unit_without_a_case_has_an_empty_card(review):
    empty = month.card(review, "zuohe")
    assert (list(empty.points.all()), empty.rank, empty.figures["score"]["text"]) == ([], None, "—")


def test_the_same_shortfall_is_counted_across_units(review):
    assert Pages.of(review).shared["measure:resolution"] == 2
    assert ("解决率", 2) in repeated(Pages.of(review))


def test_the_worst_the_fallen_and_the_best_speak_with_reasons(review):
    speak = {one.unit.code for one in review.speakers.all()}
    assert {BAD, FELL, GOOD} <= speak
    assert month.card(review, BAD).reasons[0] == {"why": "last", "rank": 8, "of": 8}
    assert Pages.of(review).reasons(month.card(review, BAD))[0] == "第 8 名，共 8 个"


def test_no_more_than_nine_are_proposed_and_silence_counts():
    many = [Candidate(f"u{at}", at, at, {}, 5) for at in range(1, 27)]
    found = speaking.proposed(many, OWN.speaking)
    assert len(found) == 9
    assert list(found)[:3] == ["u26", "u25", "u24"]
    assert found["u26"] == [{"why": "last", "rank": 26, "of": 26}, {"why": "silent", "meetings": 5}]
    few = [Candidate("a", 10, 10, {}, None), *[Candidate(f"b{n}", n, n, {}, 0) for n in range(2, 9)]]
    assert speaking.proposed(few, OWN.speaking)


def test_a_reason_of_weight_0_is_told_and_proposes_nobody():
    weights = {**OWN.speaking.weights, "silent": 0}
    rules = replace(OWN.speaking, last=1, weights=weights)
    many = [Candidate(f"u{at}", at, at, {}, 5) for at in range(2, 5)]
    assert speaking.proposed(many, rules) == {
        "u4": [{"why": "last", "rank": 4, "of": 3}, {"why": "silent", "meetings": 5}],
        "u3": [{"why": "last", "rank": 3, "of": 3}, {"why": "silent", "meetings": 5}],
    }


def test_a_unit_merged_within_the_month_has_no_card_but_is_named(cases):
    Unit.objects.filter(code=FELL).update(active=False)
    review = month.planned()
    assert not review.cards.filter(unit__code=FELL).exists()
    assert review.left_out == [{"code": FELL, "name": "东里街道", "cases": 10}]
