"""The pages of the rules: what is refused, what is previewed, who may write."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.district import account
from tests.review import november
from tests.threads import at_once

from huiyin.kernel.measures import ScoreWeights
from huiyin.people.models import Unit
from huiyin.review import domain_rules, periods
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


@pytest.mark.parametrize("told", [
    {"label": "0001-02"},
    {"label": "２０２６-02"},
    {"first": "2025-01-19"},
    {"last": "2027-02-18"},
    {"first": "2026-03-20", "last": "2026-03-25"},
    {"first": "2025-12-19"},
    {"last": "2026-03-18"},
])  # fmt: skip
def test_days_that_are_not_of_the_month_are_refused_and_nothing_typed_is_lost(enter, told):
    """A neighbour without a day of its own would be counted twice."""
    typed = {"label": "2026-02", "first": "2026-01-19", "last": "2026-02-10", "basis": "春节"} | told
    answer = enter("supervisor").post("/rates/rules/months/", typed)
    kept = [f'value="{value}"' in answer.content.decode() for value in typed.values()]
    assert (answer.status_code, kept, MonthEnds.objects.count()) == (422, [True] * 4, 0)


def test_a_slip_of_the_year_does_not_shut_the_weights_for_decades(enter):
    response = enter("supervisor").post("/rates/rules/", WEIGHTS | {"valid_from": date(2062, 12, 1)})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["valid_from"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", [0, 1])
def test_of_two_weights_set_at_once_one_is_told_so(before):
    who, weights = account("supervisor"), ScoreWeights(10, 30, 60)
    for _one in range(before):
        domain_rules.weigh(weights=weights, valid_from=ahead(1), basis="甲", by=who)
    answers = at_once([lambda: domain_rules.weigh(weights=weights, valid_from=ahead(), basis="乙", by=who)] * 2)
    assert sorted(type(one).__name__ for one in answers) == ["ScoreRule", "ValueError"]
    assert ScoreRule.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_unit_is_put_into_one_group_where_two_are_made_at_once():
    units = list(Unit.objects.filter(code="qingyuan"))
    answers = at_once([lambda: domain_rules.group(units=units, name="组", valid_from=ahead())] * 2)
    assert (sorted(type(one).__name__ for one in answers), PeerGroup.objects.count()) == (
        ["PeerGroup", "ValueError"],
        1,
    )


@pytest.mark.django_db(transaction=True)
def test_two_months_set_at_once_do_not_overlap():
    ends = {"01": ("2025-12-20", "2026-01-25"), "02": ("2026-01-19", "2026-02-10")}
    answers = at_once([
        lambda label=label, days=days: domain_rules.month_ends(
            label=f"assess:2026-{label}", first=date.fromisoformat(days[0]), last=date.fromisoformat(days[1]), basis="试"
        )
        for label, days in ends.items()
    ])  # fmt: skip
    assert (sorted(type(one).__name__ for one in answers), MonthEnds.objects.count()) == (
        ["MonthEnds", "ValueError"],
        1,
    )


@pytest.mark.parametrize(("told", "field"), [
    ({"score_from": 90, "score_below": 10}, "score_below"),
    ({"score_from": 90, "score_below": 90}, "score_below"),
    ({"rose": 3, "fell": 3}, "fell"),
])  # fmt: skip
def test_a_class_that_no_unit_can_be_in_is_refused(enter, told, field):
    typed = {"name": "甲", "order": 1, "valid_from": ahead()} | told
    answer = enter("supervisor").post("/rankings/rules/", typed)
    assert (answer.status_code, list(answer.context["form"].errors), ClassRule.objects.count()) == (422, [field], 0)


def test_a_group_is_not_made_back_in_time(enter):
    told = {"name": "组", "units": [Unit.objects.get(code="qingyuan").pk], "valid_from": ahead(-1)}
    answer = enter("supervisor").post("/rankings/rules/group/", {f"group-{name}": of for name, of in told.items()})
    assert (answer.status_code, PeerGroup.objects.count()) == (422, 0)
