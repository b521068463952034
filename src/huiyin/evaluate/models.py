from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Case
from huiyin.people.effective import EffectiveDated
from huiyin.people.models import Account


class RecurrenceRule(EffectiveDated):
    """How long a closed case is watched at its point (domain.md 14, #14), and whether a person decides."""

    days = models.PositiveSmallIntegerField(_("days after closing"))
    # Empty: a person decides, always.
    automatic_percent = models.PositiveSmallIntegerField(
        _("reopened by the rule from this sureness on, in percent"), null=True, blank=True
    )
    basis = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("recurrence rule")
        verbose_name_plural = _("recurrence rules")

    def __str__(self) -> str:
        return f"{self.days}"


class RecurrenceHint(models.Model):
    """A new case at the point and of the matter of a closed one. Advice with reasons; a person decides."""

    class State(models.TextChoices):
        OPEN = "open", _("To decide")
        REBOUND = "rebound", _("It came back")
        DISMISSED = "dismissed", _("Not the same")

    case = models.ForeignKey(Case, models.CASCADE, related_name="recurs_from")
    earlier = models.ForeignKey(Case, models.CASCADE, related_name="came_back_as")
    # When the earlier case was closed: a rebound takes that date from its row.
    closed_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField(_("days after closing"))
    within = models.PositiveSmallIntegerField(_("watched for days"))
    percent = models.PositiveSmallIntegerField(_("sureness in percent"))
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    words = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("sign of recurrence")
        verbose_name_plural = _("signs of recurrence")
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "earlier"], name="evaluate_recurs_once")]
        indexes: ClassVar = [
            models.Index(fields=["-id"], name="evaluate_recurs_open", condition=models.Q(state="open")),
            models.Index(fields=["closed_at"], name="evaluate_recurs_struck", condition=models.Q(state="rebound")),
        ]
