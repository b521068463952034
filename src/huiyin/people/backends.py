"""Sign-in by name and password; who asks comes with unit and roles in the one query that every page makes anyway."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from huiyin.people.models import Account, Membership


class Accounts(ModelBackend):
    def get_user(self, user_id: Any) -> Account | None:
        memberships = Membership.objects.filter(account=OuterRef("pk")).order_by("pk")
        pairs = ArraySubquery(memberships.values(pair=JSONObject(role="role", unit="unit_id")))
        account = Account.objects.annotate(pairs=pairs).filter(pk=user_id).first()
        if account is None or not self.user_can_authenticate(account):
            return None
        account.held = account.pairs
        return account
