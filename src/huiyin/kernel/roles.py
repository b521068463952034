"""Who acts on a case (domain.md 3.1, design.md 1). Labels live with the tables that show them."""

from enum import StrEnum


class Role(StrEnum):
    RESIDENT = "resident"
    AGENT = "agent"
    DISPATCHER = "dispatcher"
    HANDLER = "handler"
    LEADER = "leader"
    CALLER = "caller"
    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    CHECKER = "checker"
    ANALYST = "analyst"
    ADMIN = "admin"
    SYSTEM = "system"


# Roles whose reach is the whole district; the others see their unit's cases.
DISTRICT_WIDE = frozenset({Role.AGENT, Role.DISPATCHER, Role.CALLER, Role.REVIEWER, Role.SUPERVISOR, Role.ANALYST})
UNIT_BOUND = frozenset({Role.HANDLER, Role.LEADER, Role.CHECKER})
