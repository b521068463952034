from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.roles import Role


class UnitKind(TextChoices):
    DISTRICT = "district", _("District")
    BUREAU = "bureau", _("Bureau")
    STREET = "street", _("Street office")
    TOWN = "town", _("Town")
    COMMUNITY = "community", _("Community")
    COMPANY = "company", _("Company")


class AreaKind(TextChoices):
    STREET = "street", _("Street or town")
    COMMUNITY = "community", _("Community")
    ESTATE = "estate", _("Estate or point")


class StaffRole(TextChoices):
    """The kernel's roles that an account can hold."""

    AGENT = Role.AGENT.value, _("Agent")
    DISPATCHER = Role.DISPATCHER.value, _("Dispatcher")
    HANDLER = Role.HANDLER.value, _("Handler")
    LEADER = Role.LEADER.value, _("Unit leader")
    CALLER = Role.CALLER.value, _("Callback caller")
    REVIEWER = Role.REVIEWER.value, _("Reviewer")
    SUPERVISOR = Role.SUPERVISOR.value, _("Supervisor")
    CHECKER = Role.CHECKER.value, _("Grid checker")
    ANALYST = Role.ANALYST.value, _("Analyst")
    ADMIN = Role.ADMIN.value, _("Administrator")
