"""Sign-in by name and password; who asks comes with its roles in the one query that every page makes anyway."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from huiyin.people.models import Account, Membership


class Accounts(ModelBackend):
    def get_user(self, user_id: Any) -> Account | None:
        account = with_roles(Account.objects.filter(pk=user_id))
        return account if account is not None and self.user_can_authenticate(account) else None


def with_roles(accounts: QuerySet[Account]) -> Account | None:
    """The first of these accounts, with the roles it holds. One query."""
    memberships = Membership.objects.filter(account=OuterRef("pk")).order_by("pk")
    pairs = ArraySubquery(memberships.values(pair=JSONObject(role="role", unit="unit_id")))
    account = accounts.annotate(pairs=pairs).first()
    if account is not None:
        account.held = account.pairs
    return account
