import pytest
from tests.district import account, dispatched

from huiyin.people.models import Account, Unit

pytestmark = pytest.mark.django_db
PAGES = ["people/account/", "people/unit/", "people/area/", "people/district/", "cases/case/", "cases/category/", "cases/accesslog/",
         "assign/cataloguerule/", "assign/deadlinerule/"]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_administration_is_for_administrators(enter, page):
    dispatched()
    assert enter("admin").get(f"/admin/{page}").status_code == 200
    assert enter("leader.qingyuan").get(f"/admin/{page}").status_code == 302


@pytest.mark.parametrize(
    ("page", "add"),
    [
        ("people/unit/", 403),
        ("people/area/", 403),
        ("cases/case/", 403),
        ("cases/accesslog/", 403),
        ("people/account/", 200),
    ],
)
def test_what_events_and_packs_decide_is_not_added_here(enter, page, add):
    assert enter("admin").get(f"/admin/{page}add/").status_code == add


def test_a_case_can_be_looked_at_and_not_changed(enter):
    case, client = dispatched(), enter("admin")
    page = client.get(f"/admin/cases/case/{case.pk}/change/")
    assert (page.status_code, "13900000421" in page.content.decode(), 'name="_save"' in page.content.decode()) == (
        200,
        False,
        False,
    )
    assert client.post(f"/admin/cases/case/{case.pk}/change/", {"state": "archived"}).status_code == 403
    assert client.post(f"/admin/cases/case/{case.pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_account_with_a_role_is_made_and_never_deleted(enter):
    client, unit = enter("admin"), Unit.objects.get(code="heyan")
    sent = {
        "username": "new.one", "name": "新同事", "unit": unit.pk, "usable_password": "true", "password1": "一个很长的密码2026",
        "password2": "一个很长的密码2026", "memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0",
        "memberships-0-role": "handler", "memberships-0-unit": unit.pk,
    }  # fmt: skip
    client.post("/admin/people/account/add/", sent)
    made = Account.objects.get(username="new.one")
    assert [(m.role, m.unit) for m in made.memberships.all()] == [("handler", unit)]
    assert client.post(f"/admin/people/account/{account('caller').pk}/delete/", {"post": "yes"}).status_code == 403
