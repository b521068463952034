import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from tests.district import account, dispatched, received

from huiyin.assign.domain import dispatch
from huiyin.cases.models import Case

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "desk-case"}
PATHS = ["/assign/", "/assign/{}/", "/assign/{}/plan/"]


def proposed(client, case, **changes):
    """The form as the desk proposes it."""
    form = client.get(f"/assign/{case.number}/").context["form"]
    return {name: value for name, value in form.initial.items() if value not in (None, "")} | changes


def notes(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("who", ["agent", "handler.qingyuan", "leader.heyan", "caller", "analyst", "admin"])
def test_the_desk_is_for_dispatchers(enter, who):
    number, client = received().number, enter(who)
    assert {client.get(path.format(number)).status_code for path in PATHS[:2]} == {403}
    assert {client.post(path.format(number)).status_code for path in PATHS[1:]} == {403}


def test_strangers_are_led_to_the_sign_in():
    for path in (path.format("MH-1") for path in PATHS[:2]):
        assert Client().get(path).url == f"{resolve_url(settings.LOGIN_URL)}?next={path}"


def test_most_urgent_comes_first_then_oldest(enter):
    old, new, gas = received(), received(), received(urgency="emergency", text="燃气味道很大")
    dispatched()
    client = enter("dispatcher")
    assert [case.number for case in client.get("/assign/").context["page"].rows] == [gas.number, old.number, new.number]
    assert client.get("/assign/").context["case"] == gas
    assert [case.number for case in client.get("/assign/?sort=oldest").context["page"].rows] == [
        old.number,
        new.number,
        gas.number,
    ]


def test_an_empty_desk_says_so(enter):
    page = enter("dispatcher").get("/assign/")
    assert (page.status_code, page.context.get("case")) == (200, None)


def test_the_proposal_says_unit_date_and_why(enter):
    case = received()
    page = enter("dispatcher").get(f"/assign/{case.number}/")
    form, plan = page.context["form"], page.context["plan"]
    assert (form.initial["category"], form.initial["area"], form.initial["lead"]) == ("03.01", "dongli-e1", plan.lead)
    assert "暖气不热" in page.context["suggestion"].words
    assert plan.trace[0].startswith("规则：")
    assert set(plan.helpers) == {"citymgmt", "heat-co"}


def test_one_press_confirms_and_opens_the_next(enter):
    first, second = received(), received()
    client = enter("dispatcher", **HTMX)
    response = client.post(f"/assign/{first.number}/", proposed(enter("dispatcher"), first))
    first.refresh_from_db()
    assert (first.state, first.lead.code, first.category.code) == (
        "to_accept",
        proposed(client, second)["lead"],
        "03.01",
    )
    assert (response.status_code, response.context["case"], response["HX-Trigger"]) == (
        200,
        second,
        '{"case-moved": {}}',
    )
    assert f"/cases/{first.number}/move/correct/" in notes(response)[0]


def test_the_last_one_leaves_an_empty_desk(enter):
    case = received()
    response = enter("dispatcher", **HTMX).post(f"/assign/{case.number}/", proposed(enter("dispatcher"), case))
    assert response.context.get("case") is None
    assert "全部派完了" in response.content.decode()


def test_skipping_one_goes_on_behind_it(enter):
    first, second, third = received(), received(), received()
    response = enter("dispatcher", **HTMX).post(f"/assign/{second.number}/", proposed(enter("dispatcher"), second))
    assert (response.context["case"], Case.objects.get(pk=first.pk).state) == (third, "received")


def test_a_changed_category_changes_the_plan_before_it_is_sent(enter):
    case, client = received(), enter("dispatcher")
    sent = proposed(client, case, category="04.05")
    response = client.post(f"/assign/{case.number}/", sent)
    case.refresh_from_db()
    assert (response.status_code, case.state) == (422, "received")
    again = response.context["form"].initial
    assert (again["category"], again["lead"] != sent["lead"], response.context["plan"].lead) == (
        "04.05",
        True,
        again["lead"],
    )
    client.post(f"/assign/{case.number}/", {name: value for name, value in again.items() if value not in (None, "")})
    case.refresh_from_db()
    assert (case.state, case.category.code) == ("to_accept", "04.05")


def test_plan_fragment_follows_the_choice_and_keeps_the_reason(enter):
    case, client = received(), enter("dispatcher")
    page = client.post(f"/assign/{case.number}/plan/", proposed(client, case, category="04.05", reason="听过录音"))
    assert (page.context["plan"].basis, page.context["form"].initial["reason"]) == ("《沐河区派单目录》4.5", "听过录音")
    unclear = client.post(f"/assign/{case.number}/plan/", proposed(client, case, category="没有这类"))
    assert (unclear.status_code, unclear.context["plan"]) == (200, None)


def test_two_dispatchers_at_once_the_second_sees_where_it_went(enter):
    case, client = received(), enter("dispatcher", **HTMX)
    sent = proposed(enter("dispatcher"), case)
    dispatch(
        case=Case.objects.get(pk=case.pk), account=account("dispatcher"), lead="heyan", reason="先到", category="03.01"
    )
    response = client.post(f"/assign/{case.number}/", sent)
    case.refresh_from_db()
    assert (response.status_code, case.lead.code, response.context["waiting_here"]) == (409, "heyan", False)


def test_a_unit_nobody_knows_is_asked_again_and_the_rest_is_kept(enter):
    case, client = received(), enter("dispatcher")
    response = client.post(f"/assign/{case.number}/", proposed(client, case, lead="没有这个单位", reason="原因写好了"))
    form = response.context["form"]
    assert (response.status_code, list(form.errors), form["reason"].value()) == (422, ["lead"], "原因写好了")


def test_the_list_is_a_handful_of_queries(enter, django_assert_max_num_queries):
    client = enter("dispatcher")
    for _ in range(3):
        received()
    client.get("/assign/")
    with django_assert_max_num_queries(14):  # the list and, beside it, the first case with its proposal
        client.get("/assign/")


@pytest.mark.parametrize(
    ("who", "status"), [("agent", 200), ("dispatcher", 200), ("handler.qingyuan", 403), ("admin", 403)]
)
def test_suggest_is_for_those_who_take_requests(enter, who, status):
    assert enter(who).post("/suggest/", {"text": "暖气不热"}).status_code == status


def test_suggest_says_category_unit_and_why_and_keeps_nothing(enter):
    page = enter("agent").post("/suggest/", {"text": "东里小区暖气不热，老人怕冷", "place": "东里小区"})
    look = page.context["look"]
    assert (look.category.code, look.area.code, "暖气不热" in look.words) == ("03.01", "dongli-e1", True)
    assert f'data-category="03.01" data-area="dongli-e1" data-lead="{look.lead.code}"' in page.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize("text", ["", "嗯", "<script>alert(1)</script>"])
def test_suggest_with_nothing_to_go_by_says_so(enter, text):
    page = enter("agent").post("/suggest/", {"text": text})
    assert (page.status_code, "data-suggestion" in page.content.decode()) == (200, False)


@pytest.mark.parametrize(("who", "status"), [("handler.heyan", 200), ("analyst", 200), ("admin", 200)])
def test_the_catalogue_is_open_to_all_staff(enter, who, status):
    assert enter(who).get("/catalogue/").status_code == status
    assert Client().get("/catalogue/").url == f"{resolve_url(settings.LOGIN_URL)}?next=/catalogue/"


def test_the_catalogue_is_searched_and_shown_as_it_held(enter):
    client = enter("handler.heyan")
    assert {rule.category.code for rule in client.get("/catalogue/?q=室温不达标").context["rules"]} == {"03.01"}
    assert list(client.get("/catalogue/?on=1999-01-01").context["rules"]) == []


def test_the_catalogue_is_a_handful_of_queries(enter, django_assert_max_num_queries):
    client = enter("handler.heyan")
    client.get("/catalogue/")
    with django_assert_max_num_queries(8):
        client.get("/catalogue/")
