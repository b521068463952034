"""Who may open the cockpit: who watches the whole district."""

from typing import Final

from huiyin.kernel.roles import Role
from huiyin.people.models import Account, units

WATCH: Final = (Role.SUPERVISOR, Role.ANALYST)


def may_open(account: Account) -> bool:
    """Supervisors, analysts, and whoever leads the district itself; a unit's leader has the unit's own page."""
    return account.has_role(*WATCH) or leads_district(account)


def leads_district(account: Account) -> bool:
    if not account.has_role(Role.LEADER):
        return False
    led = account.roles[Role.LEADER]
    tree = units(led)
    return any(pk in tree and tree[pk].parent_id is None for pk in led)
