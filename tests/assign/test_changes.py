import csv
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, dispatched, received

from huiyin.assign.domain import dispatch, plan_for
from huiyin.assign.domain_changes import drop, enact, propose, put
from huiyin.assign.models import CatalogueRule, ChangeSet, DeadlineRule
from huiyin.assign.queries import forget_rules
from huiyin.assign.revising import in_codes
from huiyin.assign.telling import diff
from huiyin.cases.projection import to_row
from huiyin.kernel.moves import Refused

pytestmark = pytest.mark.django_db
HEATING = {"category__code": "03.01", "area": None}


@pytest.fixture(autouse=True)
def _fresh_rules():
    yield
    forget_rules()


def proposal(days=7):
    ahead = timezone.localdate() + timedelta(days=days)
    return propose(account=account("dispatcher"), title="供热归口", reason="试供暖期压力大", valid_from=ahead)


def heating():
    return CatalogueRule.objects.get(**HEATING)


def alter(found, rule=None, **after):
    rule = rule or heating()
    return put(
        change_set=found, account=account("dispatcher"), table="catalogue", rule=rule, after=in_codes(rule) | after
    )


def test_a_rule_is_ended_on_the_day_and_another_begins():
    found, old = proposal(), heating()
    alter(found, lead="housing", helpers=["heat-co"], communities_help=True)
    enact(change_set=found, account=account("reviewer"))
    old.refresh_from_db()
    new = CatalogueRule.objects.get(category__code="03.01", area=None, valid_from=found.valid_from)
    assert (old.valid_to, new.lead.code, [unit.code for unit in new.helpers.all()], new.communities_help) == (
        found.valid_from, "housing", ["heat-co"], True,
    )  # fmt: skip
    assert (found.enacted_by.username, found.enacted_at is not None) == ("reviewer", True)
    forget_rules()
    row, now = {**to_row(received()), "category": "03.01", "area": "dongli"}, timezone.now()
    assert plan_for(row, now).lead != "housing"
    assert plan_for(row, now + timedelta(days=8)).lead == "housing"


def test_a_deadline_rule_is_ended_and_added_the_same_way():
    found, old = proposal(), DeadlineRule.objects.get(name="咨询答复")
    told = in_codes(old) | {"amount": 2}
    put(change_set=found, account=account("dispatcher"), table="deadline", rule=old, after=told)
    enact(change_set=found, account=account("admin"))
    old.refresh_from_db()
    new = DeadlineRule.objects.get(name="咨询答复", valid_from=found.valid_from)
    assert (old.valid_to, old.amount, new.amount, new.unit) == (found.valid_from, 3, 2, "working_days")


@pytest.mark.parametrize("days", [0, -1])
def test_nothing_is_changed_back_in_time(days):
    with pytest.raises(Refused) as refused:
        proposal(days)
    assert refused.value.code == "past"


def test_a_proposal_that_waited_too_long_needs_another_day():
    found = proposal()
    alter(found, lead="housing")
    ChangeSet.objects.filter(pk=found.pk).update(valid_from=timezone.localdate())
    found.refresh_from_db()
    with pytest.raises(Refused) as refused:
        enact(change_set=found, account=account("reviewer"))
    assert (refused.value.code, heating().valid_to) == ("past", None)


def test_it_takes_effect_once():
    found = proposal()
    alter(found, lead="housing")
    enact(change_set=found, account=account("reviewer"))
    with pytest.raises(Refused) as refused:
        enact(change_set=found, account=account("reviewer"))
    assert (refused.value.code, CatalogueRule.objects.filter(**HEATING).count()) == ("enacted", 2)
    with pytest.raises(Refused):
        drop(change=found.changes.get(), account=account("dispatcher"))


def test_one_rule_that_ended_meanwhile_stops_all_of_it():
    found, other = proposal(), CatalogueRule.objects.get(category__code="01.01", area=None)
    alter(found, lead="housing")
    alter(found, rule=other, lead="housing")
    CatalogueRule.objects.filter(pk=other.pk).update(valid_to=timezone.localdate())
    with pytest.raises(Refused) as refused:
        enact(change_set=found, account=account("reviewer"))
    found.refresh_from_db()
    assert (refused.value.code, found.enacted_at, heating().valid_to) == ("ended", None, None)


def test_two_rules_for_one_place_are_refused():
    found = proposal()
    told = in_codes(heating()) | {"lead": "housing"}
    with pytest.raises(Refused) as refused:
        put(change_set=found, account=account("dispatcher"), table="catalogue", rule=None, after=told)
    assert refused.value.code == "twice"


def test_changing_one_rule_twice_keeps_the_second():
    found = proposal()
    alter(found, lead="housing")
    alter(found, lead="heyan")
    assert [change.after["lead"] for change in found.changes.all()] == ["heyan"]


@pytest.mark.parametrize("who", ["handler.heyan", "leader.heyan", "analyst", "agent"])
def test_who_may_not_propose(who):
    with pytest.raises(Refused) as refused:
        propose(account=account(who), title="x", reason="x", valid_from=timezone.localdate() + timedelta(days=1))
    assert refused.value.code == "role"


def test_a_dispatcher_proposes_but_does_not_decide():
    found = proposal()
    alter(found, lead="housing")
    with pytest.raises(Refused) as refused:
        enact(change_set=found, account=account("dispatcher"))
    assert (refused.value.code, heating().valid_to) == ("role", None)


def test_the_difference_is_told_in_names():
    change = alter(proposal(), lead="housing")
    fields = diff(change)
    assert [field.after for field in fields if field.changed] == ["区房管局"]
    assert next(field.before for field in fields) == "03.01 室温不达标"


@pytest.mark.parametrize(
    ("who", "status"),
    [("dispatcher", 200), ("reviewer", 200), ("admin", 200), ("handler.heyan", 403), ("analyst", 403)],
)
def test_who_opens_the_pages(who, status, enter):
    found, client = proposal(), enter(who)
    alter(found, lead="housing")
    base = found.get_absolute_url()
    paths = (
        "/catalogue/changes/",
        base,
        f"{base}rehearsal/",
        f"{base}rehearsal.csv",
        f"{base}rehearsal/gained/",
        f"{base}catalogue/",
    )
    assert {client.get(path).status_code for path in paths} == {status}


def test_from_proposal_to_effect_by_the_pages(enter):
    client, ahead = enter("reviewer"), timezone.localdate() + timedelta(days=3)
    client.post("/catalogue/changes/", {"title": "供热归口", "reason": "试行", "valid_from": ahead.isoformat()})
    found, rule = ChangeSet.objects.get(), heating()
    page = client.get(f"/catalogue/?into={found.pk}&q=03.01").content.decode()
    assert f"/catalogue/changes/{found.pk}/catalogue/?rule={rule.pk}" in page
    address = f"{found.get_absolute_url()}catalogue/?rule={rule.pk}"
    form = client.get(address).context["form"]
    sent = {name: value for name, value in form.initial.items() if value not in (None, "", False)} | {"lead": "housing"}
    assert client.post(address, sent).status_code == 302
    assert client.post(f"{found.get_absolute_url()}enact/").status_code == 302
    rule.refresh_from_db()
    assert (rule.valid_to, CatalogueRule.objects.get(valid_from=ahead).lead.code) == (ahead, "housing")


def test_ending_a_rule_and_taking_the_change_out_again(enter):
    client, found, rule = enter("dispatcher"), proposal(), heating()
    client.post(f"{found.get_absolute_url()}catalogue/?rule={rule.pk}", {"end": "1"})
    change = found.changes.get()
    assert (change.rule_id, change.after) == (rule.pk, {})
    client.post(f"{found.get_absolute_url()}drop/{change.pk}/")
    assert found.changes.count() == 0
    assert client.post(f"{found.get_absolute_url()}enact/").status_code == 403


def test_the_rehearsal_opens_into_its_cases_and_exports_them(enter):
    case = dispatched(lead="qingyuan")
    other = dispatch(case=received(), account=account("dispatcher"), lead="qingyuan", reason="另一类", category="01.01")
    found, client = proposal(), enter("reviewer")
    lead = plan_for(to_row(case), timezone.now()).lead
    alter(found, lead="housing", helpers=[])
    query = f"?period={timezone.localdate():%Y-%m}"
    page = client.get(f"{found.get_absolute_url()}rehearsal/{query}").context
    told = {line.unit: (line.gained, line.lost) for line, _ in page["lines"] if line.gained or line.lost}
    assert told == {"housing": (1, 0), lead: (0, 1)}
    assert (page["cases"], page["moved"], page["nobody"]) == (2, 1, 0)
    opened = client.get(f"{found.get_absolute_url()}rehearsal/gained/{query}&unit=housing").context
    assert ([row.number for row in opened["page"].rows], opened["number"]) == ([case.number], 1)
    sheet = client.get(f"{found.get_absolute_url()}rehearsal.csv{query}").content.decode("utf-8-sig")
    rows = list(csv.reader(sheet.splitlines()))
    assert ([row[0] for row in rows[1:]], other.number in sheet) == ([case.number], False)


def test_an_ended_rule_leaves_its_cases_to_nobody(enter):
    dispatched()
    found = proposal()
    put(change_set=found, account=account("dispatcher"), table="catalogue", rule=heating(), after={})
    query = f"?period={timezone.localdate():%Y-%m}"
    page = enter("reviewer").get(f"{found.get_absolute_url()}rehearsal/{query}").context
    assert (page["nobody_before"], page["nobody"]) == (0, 1)


def test_an_unknown_figure_and_period(enter):
    found, client = proposal(), enter("reviewer")
    assert client.get(f"{found.get_absolute_url()}rehearsal/anything/").status_code == 404
    page = client.get(f"{found.get_absolute_url()}rehearsal/?period=whenever")
    assert (page.status_code, len(list(page.context["messages"]))) == (200, 1)


def test_the_list_of_changes_is_a_handful_of_queries(enter, django_assert_max_num_queries):
    client = enter("reviewer")
    for _ in range(3):
        alter(proposal(), lead="housing")
    client.get("/catalogue/changes/")
    with django_assert_max_num_queries(8):
        assert len(client.get("/catalogue/changes/").context["change_sets"]) == 3
