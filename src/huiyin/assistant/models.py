from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huiyin.assistant.choices import Outcome, Purpose
from huiyin.people.models import Account


class Exchange(models.Model):
    """One question to the assistant: who, what for, about which case, how much. What was said is not kept."""

    at = models.DateTimeField(_("at"), default=timezone.now)
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name=_("account"), db_index=False
    )  # fmt: skip
    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    # The number of a case; not a key, since a question may be about none.
    about = models.CharField(_("case"), max_length=20, blank=True)
    model = models.CharField(_("model"), max_length=120)
    sent_characters = models.PositiveIntegerField(_("characters sent"), default=0)
    received_characters = models.PositiveIntegerField(_("characters received"), default=0)
    seconds = models.FloatField(_("seconds"), default=0)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    # SHA-256, hex, of the body that was posted: whoever has the text can show that this was it.
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("question to the assistant")
        verbose_name_plural = _("questions to the assistant")
        indexes: ClassVar = [
            models.Index(F("account"), F("at"), name="assistant_of_account"),
            models.Index(F("at"), name="assistant_by_time"),
            models.Index(F("at"), name="assistant_under_way", condition=Q(outcome=Outcome.SENT)),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.at:%Y-%m-%d %H:%M}"
