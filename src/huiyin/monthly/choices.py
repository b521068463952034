from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """Where a month's review stands. Signed: the cards of all who speak are; held: its demands are cases."""

    DRAFTING = "drafting", _("Being drafted")
    SIGNED = "signed", _("Ready for the meeting")
    HELD = "held", _("Held, demands are out")
    CLOSED = "closed", _("All demands checked off")


class Kind(models.TextChoices):
    """The three parts of a card, in the order in which they are spoken of."""

    ACHIEVEMENT = "achievement", _("Achievements")
    SHORTFALL = "shortfall", _("Shortfalls")
    DEMAND = "demand", _("Demands")
