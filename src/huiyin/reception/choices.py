from django.db import models
from django.utils.translation import gettext_lazy as _


class Topic(models.TextChoices):
    """What residents come to an expert for (domain.md 1, step 4)."""

    ELDERLY = "elderly", _("Elderly care")
    PROPERTY = "property", _("Property management")
    LEGAL = "legal", _("Legal advice")
    MEDICAL = "medical", _("Medicine")
    POLICY = "policy", _("Policies")
    OTHER = "other", _("Something else")


class State(models.TextChoices):
    """Where a number stands. Missed: called, and nobody came; it may be put back."""

    WAITING = "waiting", _("Waits at the desk")
    CALLED = "called", _("Called to the desk")
    SERVED = "served", _("Was at the desk")
    MISSED = "missed", _("Did not come when called")
    CANCELLED = "cancelled", _("Given back")


class Outcome(models.TextChoices):
    """What a consultation ends in."""

    ADVISED = "advised", _("Advised")
    CASE = "case", _("Became a case")
    KNOWLEDGE = "knowledge", _("Proposed as a known answer")


OPEN = frozenset({State.WAITING, State.CALLED})
# Of one browser, in one meeting.
MOST_OPEN = 2
