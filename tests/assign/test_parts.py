from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, dispatched, received

from huiyin.assign.domain import dispatch
from huiyin.assign.parts import Part, recorded, usual_due
from huiyin.cases.domain import Step, act
from huiyin.kernel.chain import stamp
from huiyin.kernel.moves import Refused

NOW = timezone.now()


@pytest.mark.parametrize(("hours", "before"), [(24 * 7, 24), (24 * 4, 24), (24, 6), (2, 0.5), (-3, 0)])
def test_a_helper_reports_a_day_before_the_lead_or_a_quarter_where_time_is_short(hours, before):
    due = NOW + timedelta(hours=hours)
    assert usual_due(NOW, due) == due - timedelta(hours=before)


@pytest.mark.parametrize("hours", [-1, 0, 25])
def test_a_part_is_due_between_now_and_the_leads_date(hours):
    with pytest.raises(Refused) as refused:
        recorded(
            ["heat-co"],
            [Part("heat-co", "", NOW + timedelta(hours=hours))],
            start=NOW,
            due_at=NOW + timedelta(hours=24),
        )
    assert refused.value.code == "parts"


def test_every_helper_has_a_part_masked_and_with_a_date():
    due = NOW + timedelta(hours=24)
    told = recorded(["citymgmt", "heat-co"], [Part("heat-co", "联系住户13900000421")], start=NOW, due_at=due)
    usual = stamp(due - timedelta(hours=6))
    assert [(part["unit"], part["due_at"]) for part in told] == [("citymgmt", usual), ("heat-co", usual)]
    assert (told[0]["part"], "13900000421" in told[1]["part"], told[1]["part"][:4]) == ("", False, "联系住户")


@pytest.mark.django_db
def test_dispatch_records_parts_and_the_case_keeps_them():
    by = timezone.now() + timedelta(hours=1)
    case = dispatch(
        case=received(), account=account("dispatcher"), lead="qingyuan", reason="按目录", category="03.01",
        helpers=["heat-co", "qingyuan"], parts=[Part("heat-co", "测温排气", by)],
    )  # fmt: skip
    kept = case.parts.get()
    assert (kept.unit.code, kept.part, kept.due_at) == ("heat-co", "测温排气", by)
    order = case.events.get(kind="dispatch").public
    assert (order["helpers"], order["parts"]) == (
        ["heat-co"],
        [{"unit": "heat-co", "part": "测温排气", "due_at": stamp(by)}],
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("lead", "copies"), [("qingyuan", ["district"]), ("heat-co", None)])
def test_a_streets_case_is_copied_to_the_district(lead, copies):
    assert dispatched(lead=lead).events.get(kind="dispatch").public.get("copies") == copies


@pytest.mark.django_db
def test_the_form_asks_for_part_and_date_of_every_helper(enter):
    case, client = received(), enter("dispatcher")
    form = client.get(f"/assign/{case.number}/").context["form"]
    plan = client.get(f"/assign/{case.number}/").context["plan"]
    assert [box.data["value"] for box, _, _ in form.lines] == list(plan.helpers)
    sent = {name: value for name, value in form.initial.items() if value not in (None, "")}
    by = timezone.localtime() + timedelta(hours=2)
    sent |= {
        "part_heat-co": "开阀排气",
        "due_heat-co": f"{by:%Y-%m-%dT%H:%M}",
        "helper": "housing",
        "other_part": "联系物业",
    }
    assert client.post(f"/assign/{case.number}/", sent).status_code == 302
    assert {part.unit.code: part.part for part in case.parts.all()} == {
        "citymgmt": "", "heat-co": "开阀排气", "housing": "联系物业",
    }  # fmt: skip
    assert case.parts.get(unit__code="heat-co").due_at == by.replace(second=0, microsecond=0)


@pytest.mark.django_db
def test_a_date_after_the_leads_is_asked_again(enter):
    case, client = received(), enter("dispatcher")
    form = client.get(f"/assign/{case.number}/").context["form"]
    sent = {name: value for name, value in form.initial.items() if value not in (None, "")}
    response = client.post(
        f"/assign/{case.number}/", sent | {"part_heat-co": "排气", "due_heat-co": "2099-01-01T10:00"}
    )
    assert (response.status_code, "不晚于主办单位的期限" in response.content.decode()) == (422, True)
    assert response.context["form"]["part_heat-co"].value() == "排气"


@pytest.mark.django_db
def test_the_case_page_shows_who_owes_what_and_who_reported(enter):
    case = dispatch(
        case=received(), account=account("dispatcher"), lead="qingyuan", reason="按目录", category="03.01",
        helpers=["heat-co", "citymgmt"], parts=[Part("heat-co", "测温排气")],
    )  # fmt: skip
    act(case=case, steps=[Step("accept")], account=account("handler.qingyuan"))
    act(case=case, steps=[Step("help", {"result": "已排气"})], account=account("handler.heat"))
    page = enter("handler.qingyuan").get(f"/cases/{case.number}/")
    (owners,) = (panel.context for panel in page.context["panels"] if panel.template == "assign/_owners.html")
    assert {(o.unit.code, o.part, o.reported_at is not None) for o in owners["owners"]} == {
        ("heat-co", "测温排气", True), ("citymgmt", "", False),
    }  # fmt: skip
    assert [unit.code for unit in owners["copies"]] == ["district"]
    assert enter("handler.heyan").get(f"/cases/{case.number}/").status_code == 404
