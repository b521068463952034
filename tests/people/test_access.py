import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory
from tests.district import account

from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff
from huiyin.people.models import Account, Unit, units

pytestmark = pytest.mark.django_db


def ask(view, user):
    request = RequestFactory().get("/x/")
    request.user = user
    try:
        return view(request).status_code
    except PermissionDenied:
        return 403


@pytest.mark.parametrize(("who", "status"), [("caller", 200), ("handler.heyan", 403), ("admin", 403)])
def test_a_page_for_a_role_is_closed_to_the_others(who, status):
    assert ask(staff(Role.CALLER)(lambda _request: HttpResponse()), account(who)) == status


def test_a_page_for_staff_is_closed_to_an_account_without_a_role():
    view = staff()(lambda _request: HttpResponse())
    nobody = Account.objects.create(username="nobody")
    assert [ask(view, user) for user in (account("analyst"), nobody, AnonymousUser())] == [200, 403, 302]


def test_account_of_a_stranger_is_refused():
    request = RequestFactory().get("/x/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        account_of(request)


def test_unit_ids_are_the_subtree_from_memory(django_assert_num_queries):
    who = account("handler.qingyuan")
    assert who.roles == {Role.HANDLER: {who.unit_id}}
    units()
    with django_assert_num_queries(0):
        found = who.unit_ids
    assert found == set(Unit.objects.filter(path__startswith=who.unit.path).values_list("pk", flat=True))
    child = Unit.objects.create(
        code="qy-1", kind="community", name="新社区", parent=who.unit, path=f"{who.unit.path}qy-1."
    )
    assert account("handler.qingyuan").unit_ids == found | {child.pk}
    assert child.pk not in account("handler.heyan").unit_ids


@pytest.mark.parametrize(
    ("who", "partial"),
    [
        ("checker", {"district": True, "qingyuan": False, "heat-co": False}),
        ("checker.qingyuan", {"district": False, "qingyuan": True, "qingyuan-below": True, "heat-co": False}),
        ("caller", {"district": False, "hotline": True, "qingyuan": False}),
    ],
)
def test_nobody_is_independent_of_its_unit_those_below_and_those_above_except_the_district(who, partial):
    street = Unit.objects.get(code="qingyuan")
    Unit.objects.create(
        code="qingyuan-below", kind="community", name="下属社区", parent=street, path=f"{street.path}qingyuan-below."
    )
    kin = account(who).every_unit_id
    assert {code: Unit.objects.get(code=code).pk in kin for code in partial} == partial


def test_a_community_is_not_independent_of_its_street():
    street = Unit.objects.get(code="qingyuan")
    below = Unit.objects.create(
        code="qingyuan-below", kind="community", name="下属社区", parent=street, path=f"{street.path}qingyuan-below."
    )
    someone = Account.objects.create(username="below")
    someone.memberships.create(role=Role.CHECKER, unit=below)
    assert someone.every_unit_id == {street.pk, below.pk}
