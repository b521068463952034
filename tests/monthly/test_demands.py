"""Demands become cases of their owners, are counted in no rate, and are checked off or sent back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.district import account, make
from tests.monthly import month
from tests.monthly.month import BAD, BEFORE, PERIOD

from huiyin.cases.domain import Step, act
from huiyin.cases.models import Case
from huiyin.cases.queries import public_cases
from huiyin.evaluate import queries as callbacks
from huiyin.monthly import domain, domain_demands, gathering, queries
from huiyin.monthly.choices import Kind, Stage
from huiyin.monthly.domain import Late
from huiyin.monthly.models import Point, Review
from huiyin.people.models import Unit
from huiyin.review import figures, periods

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(cases):
    review = month.ready(month.planned(BEFORE))
    domain_demands.hold(review)
    return Review.objects.get(pk=review.pk)


def directive(held, code=BAD):
    return Point.objects.filter(card__review=held, owner__code=code, case__isnull=False).first().case


def closed(case):
    """By its unit: accepted, answered, approved."""
    case = act(case=case, steps=[Step("accept")], account=account("handler.heyan"))
    case = make("submit", case=case, account=account("handler.heyan"), text="已逐件复盘，举措见附件。", action="复盘")
    return make("approve", case=case, account=account("leader.heyan"))


def test_each_demand_of_a_signed_card_is_a_case_of_its_owner_with_its_date(held):
    demands = Point.objects.filter(card__review=held, kind=Kind.DEMAND, card__signatures__isnull=False)
    assert held.stage == Stage.HELD
    assert Case.objects.filter(kind="directive").count() == demands.count() > 0
    point = demands.filter(owner__code=BAD).first()
    case = point.case
    assert (case.lead.code, case.state, case.channel, timezone.localdate(case.due_at)) == (
        BAD, "to_accept", "review", point.due,
    )  # fmt: skip


def test_what_is_not_signed_demands_nothing(cases):
    review = month.planned()
    domain.set_speakers(review, [Unit.objects.get(code=BAD).pk])
    domain_demands.hold(month.ready(review))
    assert set(Case.objects.filter(kind="directive").values_list("lead__code", flat=True)) == {BAD}


def test_held_twice_demands_once(held):
    with pytest.raises(Late):
        domain_demands.hold(held)


def test_a_demand_past_its_date_names_the_unit(review):
    month.ready(review)
    Point.objects.filter(card__unit__code=BAD).update(due=timezone.localdate())
    with pytest.raises(ValueError, match=r"河沿街道.*期限"):
        domain_demands.hold(review)
    assert not Case.objects.filter(kind="directive").exists()


def test_an_owner_that_is_gone_names_the_unit(review):
    month.ready(review)
    Unit.objects.filter(code=BAD).update(active=False)
    with pytest.raises(ValueError, match=r"河沿街道.*责任单位"):
        domain_demands.hold(review)


def test_a_directive_moves_no_figure(held):
    """It would: the same rows as a resident's request do."""
    case, period = directive(held), periods.read("this-month")
    Case.objects.filter(pk=case.pk).update(valid_callback=True, contacted=True, solved=True, closed_at=timezone.now())
    counted = figures.of_group(period)[0]["all"]
    assert (counted["received"].numerator, counted["closed"].numerator, counted["response"].denominator) == (0, 0, 0)
    Case.objects.filter(pk=case.pk).update(kind="help")
    figures.cache.clear()
    assert figures.of_group(period)[0]["all"]["response"].denominator == 1


def test_nobody_sees_a_directive_in_public(held):
    case = directive(held)
    assert not public_cases().filter(kind="directive").exists()
    assert case.title not in Client().get("/cases-open/").content.decode()
    Case.objects.filter(pk=case.pk).update(kind="help")
    assert public_cases().filter(pk=case.pk).exists()


def test_nobody_is_called_back_about_a_directive(held):
    case = closed(directive(held))
    assert case.state == "to_call_back"
    assert not callbacks.to_call().filter(pk=case.pk).exists()


def test_the_next_month_opens_with_the_share_that_is_done(held):
    closed(directive(held))
    late = directive(held, "qingyuan") if Point.objects.filter(owner__code="qingyuan", case__isnull=False) else None
    review = month.planned(PERIOD)
    settled = queries.settled(queries.earlier(review))
    assert (settled.done, settled.all) == (1, Case.objects.filter(kind="directive").count())
    assert queries.earlier(review) == held
    assert late is None or not queries.is_done(late)


def test_a_demand_that_is_not_done_is_the_next_cards_first_shortfall(held):
    review = month.planned(PERIOD)
    first = month.said(month.card(review), Kind.SHORTFALL)[0]
    assert first.text == "上次点评会的2项要求，还有2项没有办结。"
    assert gathering.earlier_than(review.freeze) == held


def test_checked_off_it_is_archived_and_with_the_last_one_the_meeting_is_closed(held):
    Point.objects.filter(card__review=held, kind=Kind.DEMAND).exclude(case=directive(held)).delete()
    domain_demands.check_off(closed(directive(held)), by=account("supervisor"))
    assert (directive(held).state, Review.objects.get(pk=held.pk).stage) == ("archived", Stage.CLOSED)


def test_sent_back_the_unit_has_it_again(held):
    case, due = closed(directive(held)), timezone.now() + timedelta(days=9)
    domain_demands.send_back(case, reason="没有名单", due_at=due, by=account("supervisor"))
    assert (case.state, case.closed_at, queries.settled(held).done) == ("in_progress", None, 0)


def test_what_its_unit_has_not_closed_cannot_be_checked_off(held):
    with pytest.raises(Late):
        domain_demands.check_off(directive(held), by=account("supervisor"))
