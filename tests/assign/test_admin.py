from datetime import timedelta

import pytest
from django.utils import timezone

from huiyin.assign.models import CatalogueRule
from huiyin.assign.queries import rulebook
from huiyin.cases.models import Category
from huiyin.people.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule():
    return CatalogueRule.objects.filter(lead__isnull=False, category__code__contains=".").first()


def sent(**changes):
    today = timezone.localdate()
    values = {
        "category": Category.objects.get(code="01.01").pk, "lead": Unit.objects.get(code="heyan").pk, "basis": "试行办法",
        "valid_from": today, "deadline": "",
    }  # fmt: skip
    return {**values, **changes}


def test_a_rule_in_force_is_ended_not_edited(enter, rule):
    client, later = enter("admin"), timezone.localdate() + timedelta(days=7)
    before = rule.basis
    client.post(
        f"/admin/assign/cataloguerule/{rule.pk}/change/", sent(basis="改了", valid_to=later, valid_from="2030-01-01")
    )
    rule.refresh_from_db()
    assert (rule.basis, rule.valid_to, rule.valid_from < later) == (before, later, True)
    assert client.post(f"/admin/assign/cataloguerule/{rule.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("days", [0, -3])
def test_a_rule_does_not_end_in_the_past(enter, rule, days):
    page = enter("admin").post(
        f"/admin/assign/cataloguerule/{rule.pk}/change/", sent(valid_to=timezone.localdate() + timedelta(days=days))
    )
    rule.refresh_from_db()
    assert (page.status_code, rule.valid_to) == (200, None)


def test_a_new_rule_begins_today_at_the_earliest_and_holds_at_once(enter):
    client, today = enter("admin"), timezone.localdate()
    rulebook(today)  # somebody looked before
    client.post("/admin/assign/cataloguerule/add/", sent(valid_from=today - timedelta(days=1)))
    assert not CatalogueRule.objects.filter(basis="试行办法").exists()
    client.post("/admin/assign/cataloguerule/add/", sent())
    made = CatalogueRule.objects.get(basis="试行办法")
    assert rulebook(today).match("01.01", None).rule_id == made.pk


def test_a_rule_of_tomorrow_may_still_be_deleted(enter):
    client = enter("admin")
    client.post("/admin/assign/cataloguerule/add/", sent(valid_from=timezone.localdate() + timedelta(days=2)))
    made = CatalogueRule.objects.get(basis="试行办法")
    client.post(f"/admin/assign/cataloguerule/{made.pk}/delete/", {"post": "yes"})
    assert not CatalogueRule.objects.filter(pk=made.pk).exists()
