import pytest
from django.contrib.auth import get_user
from tests.district import account

from huiyin.kernel.roles import Role
from huiyin.people.backends import Accounts
from huiyin.people.models import Account

pytestmark = pytest.mark.django_db


def test_who_asks_comes_with_unit_and_roles_in_one_query(django_assert_num_queries):
    plain = account("leader.qingyuan")
    expected = (plain.unit, plain.roles)
    with django_assert_num_queries(1):
        asking = Accounts().get_user(plain.pk)
        assert (asking.unit, asking.roles) == expected


def test_an_account_without_roles_holds_none():
    lonely = Account.objects.create_user("lonely")
    assert Accounts().get_user(lonely.pk).roles == {}


@pytest.mark.parametrize("change", [{"is_active": False}, None])
def test_who_is_gone_or_blocked_is_signed_out(client, change):
    plain = account("agent")
    client.force_login(plain)
    Account.objects.filter(pk=plain.pk).update(**change) if change else Account.objects.filter(pk=plain.pk).delete()
    request = client.get("/").wsgi_request
    assert get_user(request).is_authenticated is False


def test_rights_taken_away_are_gone_with_the_next_page(client):
    plain = account("agent")
    client.force_login(plain)
    assert Accounts().get_user(plain.pk).has_role(Role.AGENT) is True
    plain.memberships.all().delete()
    assert client.get("/agent/").status_code in {403, 404}
