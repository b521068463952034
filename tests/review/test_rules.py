"""The pages of the rules: what is refused, what is previewed, who may write."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.review import november

from huiyin.people.models import Unit
from huiyin.review import periods
from huiyin.review.models import ClassRule, MonthEnds, PeerGroup, ScoreRule

WEIGHTS = {"response": 10, "satisfaction": 30, "resolution": 60, "basis": "考核办法"}


def ahead(days=3):
    return timezone.localdate() + timedelta(days=days)


def test_weights_are_previewed_then_saved(enter):
    client = enter("supervisor")
    looked = client.post("/rates/rules/", WEIGHTS | {"valid_from": ahead(), "look": ""})
    assert (len(looked.context["preview"]) > 0, ScoreRule.objects.count()) == (True, 0)
    assert client.post("/rates/rules/", WEIGHTS | {"valid_from": ahead()}).status_code == 302
    assert [str(rule) for rule in ScoreRule.objects.all()] == ["10 / 30 / 60"]


@pytest.mark.parametrize(
    ("changed", "errors"),
    [
        ({"resolution": 50}, "__all__"),
        ({"response": 110}, "response"),
        ({"valid_from": date(2020, 1, 1)}, "valid_from"),
        ({"basis": ""}, "basis"),
    ],
)
def test_weights_that_cannot_be_are_refused_and_nothing_typed_is_lost(enter, changed, errors):
    response = enter("supervisor").post("/rates/rules/", WEIGHTS | {"valid_from": ahead()} | changed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [errors])
    assert (response.context["form"]["satisfaction"].value(), ScoreRule.objects.count()) == ("30", 0)


def test_the_database_refuses_weights_that_do_not_sum_and_rules_that_overlap():
    ScoreRule.objects.create(response=10, satisfaction=40, resolution=50, basis="甲", valid_from=ahead())
    for told in ((10, 40, 40, ahead(-9), ahead(-8)), (10, 40, 50, ahead(-1), ahead(4)), (10, 40, 50, ahead(9), None)):
        values = dict(zip(("response", "satisfaction", "resolution", "valid_from", "valid_to"), told, strict=True))
        with pytest.raises(IntegrityError), transaction.atomic():
            ScoreRule.objects.create(basis="乙", **values)


@pytest.mark.parametrize("who", ["handler.qingyuan", "analyst", "handler.heyan"])
def test_others_read_the_rules_and_change_none(enter, who):
    client = enter(who)
    for url in ("/rates/rules/", "/rates/rules/months/", "/rankings/rules/"):
        assert (client.get(url).status_code, client.post(url, {}).status_code) == (200, 403)
    assert client.post("/rankings/rules/group/").status_code == 403


def test_a_class_is_previewed_saved_and_ended(enter):
    november.load()
    client, told = enter("supervisor"), {"name": "进步", "order": 2, "rose": 5, "valid_from": ahead(0)}
    looked = client.post("/rankings/rules/", told | {"look": ""})
    assert ([name for name, _places in looked.context["preview"]], ClassRule.objects.count()) == (["进步", "—"], 0)
    client.post("/rankings/rules/", told)
    rule = ClassRule.objects.get()
    client.post(f"/rankings/rules/class/{rule.pk}/end/", {"on": ahead(1)})
    rule.refresh_from_db()
    assert (rule.rose, rule.valid_to) == (5, ahead(1))


def test_a_unit_is_in_one_group_at_a_time(enter):
    client, units = enter("supervisor"), list(Unit.objects.filter(code__in=("qingyuan", "heyan")))
    told = {"group-name": "街道", "group-units": [unit.pk for unit in units], "group-valid_from": ahead(0)}
    assert client.post("/rankings/rules/group/", told).status_code == 302
    again = client.post("/rankings/rules/group/", told | {"group-name": "又一组"})
    assert (again.status_code, list(again.context["group_form"].errors)) == (422, ["units"])
    assert PeerGroup.objects.count() == 1


def test_a_month_with_its_own_days_pushes_its_neighbours(enter):
    client = enter("supervisor")
    told = {"label": "2026-02", "first": "2026-01-19", "last": "2026-02-10", "basis": "春节"}
    assert client.post("/rates/rules/months/", told).status_code == 302
    months = [periods.read(f"assess:2026-{month}") for month in ("01", "02", "03")]
    ends = [(month.start.date(), month.end.date()) for month in months]
    assert ends == [
        (date(2025, 12, 19), date(2026, 1, 19)),
        (date(2026, 1, 19), date(2026, 2, 11)),
        (date(2026, 2, 11), date(2026, 3, 19)),
    ]
    assert periods.before(periods.read("assess:2026-03")).end.date() == date(2026, 2, 11)
    overlap = client.post("/rates/rules/months/", told | {"label": "2026-03"})
    assert (overlap.status_code, MonthEnds.objects.count()) == (422, 1)
