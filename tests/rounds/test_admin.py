from datetime import timedelta

import pytest
from django.utils import timezone

from huiyin.evaluate.models import Amount
from huiyin.evaluate.rules import amounts

pytestmark = pytest.mark.django_db


def test_a_number_is_changed_from_a_day_ahead_and_stands_until_then(enter):
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {"name": "checks_most", "amount": 9, "valid_from": tomorrow, "basis": "人手不够"}
    assert enter("admin").post("/admin/evaluate/amount/add/", sent).status_code == 302
    now = timezone.now()
    assert [amounts(now)["checks_most"], amounts(now + timedelta(days=1))["checks_most"]] == [60, 9]


def test_a_number_that_holds_is_not_edited(enter):
    rule = Amount.objects.get(name="checks_most")
    enter("admin").post(
        f"/admin/evaluate/amount/{rule.pk}/change/", {"name": "checks_most", "amount": 1, "valid_to": ""}
    )
    rule.refresh_from_db()
    assert rule.amount == 60
