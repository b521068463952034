"""Who acts: the district's accounts where a unit has one, else the role of the unit itself."""

from typing import Final

from huiyin.cases.draft import Actor
from huiyin.kernel.roles import Role
from huiyin.people.models import Membership

_HOTLINE: Final = "hotline"


class Staff:
    """Actors by role and unit code. District-wide roles act as the account that holds them, wherever it sits."""

    def __init__(self) -> None:
        rows = Membership.objects.select_related("unit").order_by("account_id", "role")
        self._accounts: dict[tuple[str, str], int] = {}
        self._district: dict[str, Actor] = {}
        for row in rows:
            self._accounts.setdefault((row.role, row.unit.code), row.account_id)
            self._district.setdefault(row.role, Actor(f"account:{row.account_id}", Role(row.role), row.unit.code))

    def of(self, role: Role, unit: str) -> Actor:
        account = self.account(role, unit)
        return Actor(f"account:{account}" if account else f"{role}:{unit}", role, unit)

    def account(self, role: Role, unit: str) -> int | None:
        return self._accounts.get((role.value, unit))

    def any(self, role: Role) -> Actor:
        """Agent, dispatcher, caller, reviewer, supervisor or checker."""
        return self._district.get(role.value) or Actor(f"{role}:{_HOTLINE}", role, _HOTLINE)
