"""The verbs of a review: planned once, edited by one at a time, signed as it was read, held, commented once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account
from tests.monthly import month
from tests.monthly.month import BAD, PERIOD

from huiyin.monthly import domain, queries
from huiyin.monthly.choices import Kind, Stage
from huiyin.monthly.domain import Late, Said
from huiyin.monthly.models import Review, Signature
from huiyin.people.models import Unit
from huiyin.review.models import Freeze

pytestmark = pytest.mark.django_db


def save(found, *texts, version=None):
    domain.save(found, [Said(Kind.SHORTFALL, text) for text in texts], version=version or found.version)


def test_a_month_has_one_review(review):
    with pytest.raises(Late):
        month.planned()


def test_a_month_without_a_case_is_refused_and_nothing_is_frozen(db):
    with pytest.raises(domain.Empty):
        month.planned()
    assert (Freeze.objects.count(), Review.objects.count()) == (0, 0)


def test_a_change_counts_the_version_and_masks(review):
    found = month.card(review)
    save(found, "张三丰的电话13900000421没有接通")
    again = month.card(review)
    assert again.version == 2
    assert "13900000421" not in again.points.get().text


def test_a_sentence_keeps_its_figures_when_its_words_change(review):
    found = month.card(review)
    point = month.said(found, Kind.SHORTFALL)[0]
    domain.save(found, [Said(point.kind, "改过的话", point.topic, pk=point.pk)], version=1)
    assert month.card(review).points.get().figures == point.figures


def test_two_editors_at_once_the_second_is_told(review):
    one, other = month.card(review), month.card(review)
    save(one, "先存的")
    with pytest.raises(Late):
        save(other, "后存的")
    assert [point.text for point in month.card(review).points.all()] == ["先存的"]


def test_what_changed_since_it_was_read_is_not_signed(review):
    read = month.card(review)
    save(month.card(review), "别人改的")
    with pytest.raises(Late):
        domain.sign(read, version=read.version, by=account("supervisor"))


def test_signing_twice_is_one_signature(review):
    found = month.signed(review)
    with pytest.raises(Late):
        domain.sign(found, version=found.version, by=account("supervisor"))
    assert Signature.objects.filter(card=found).count() == 1


def test_a_signed_card_is_changed_only_after_the_signature_is_taken_back_with_a_reason(review):
    found = month.signed(review)
    before = domain.signed(found).sha256
    assert before == domain.digest(found)
    with pytest.raises(Late):
        save(found, "偷偷改")
    domain.withdraw(found, reason="数字要核", by=account("supervisor"))
    save(month.card(review), "改过的")
    again = month.signed(review)
    assert domain.signed(again).sha256 != before
    assert list(again.signatures.values_list("reason", flat=True)) == ["数字要核", ""]


def test_speakers_are_those_chosen_in_that_order(review):
    ids = list(Unit.objects.filter(code__in=("heyan", "zuohe")).order_by("-code").values_list("pk", flat=True))
    domain.set_speakers(review, ids)
    assert [one.unit.code for one in queries.speakers(review)] == ["zuohe", "heyan"]


@pytest.mark.parametrize("codes", [(), ("citymgmt",), ("heyan", "heyan")], ids=["nobody", "no card", "twice"])
def test_who_has_no_card_cannot_speak(review, codes):
    with pytest.raises(ValueError, match="at least one speaks"):
        domain.set_speakers(review, [Unit.objects.get(code=code).pk for code in codes])


def test_the_meeting_waits_for_every_speaker_to_be_signed(review):
    with pytest.raises(ValueError, match="signed before"):
        domain.release(review)
    assert month.ready(review).stage == Stage.SIGNED


def test_a_signature_taken_back_keeps_the_meeting_waiting(review):
    month.ready(review)
    domain.withdraw(month.card(review), reason="再核", by=account("supervisor"))
    assert Review.objects.get().stage == Stage.DRAFTING


def test_a_unit_explains_once_and_only_a_signed_card(review):
    leader = account("leader.heyan")
    with pytest.raises(Late):
        domain.comment(month.card(review), text="还没签", by=leader)
    found = month.signed(review)
    domain.comment(found, text="新小区入住", by=leader)
    with pytest.raises(Late):
        domain.comment(found, text="再说一次", by=leader)
    assert month.card(review).comment == "新小区入住"


def test_two_who_turn_at_once_turn_one_page(review):
    month.ready(review)
    domain.turn(review, to=1, seen=0)
    with pytest.raises(Late):
        domain.turn(review, to=1, seen=0)
    with pytest.raises(Late):
        domain.turn(review, to=99, seen=1)
    assert Review.objects.get(label=PERIOD).turned_at <= timezone.now() + timedelta(seconds=1)
    assert month.card(review).unit.code == BAD
