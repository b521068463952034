from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.cases.choices import Satisfaction
from huiyin.cases.models import Case
from huiyin.people.effective import EffectiveDated
from huiyin.people.models import Account, Named


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
            models.Index(fields=["-id"], name="evaluate_recurs_open", condition=models.Q(state="open"))
        ]


class Amount(EffectiveDated):
    """One number that the district decides: hours between two urges, share of second calls…"""

    name = models.CharField(max_length=40)
    amount = models.PositiveIntegerField()
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("evaluation rule")
        verbose_name_plural = _("evaluation rules")

    def __str__(self) -> str:
        return self.name


class Reason(Named, EffectiveDated):
    """Why a case may be left out of the rates, and what must be shown for it."""

    code = models.CharField(max_length=40)
    basis = models.CharField(max_length=300)
    evidence = models.CharField(_("evidence needed"), max_length=200)
    evidence_en = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("reason for exclusion")
        verbose_name_plural = _("reasons for exclusion")


class Script(models.Model):
    """What a caller says, in one language: the loaded district's own words."""

    language = models.CharField(max_length=5, primary_key=True)
    lines = models.JSONField()


class Link(models.Model):
    """A one-time address at which a resident evaluates one closing of a case; only a keyed hash of it is kept."""

    class Means(models.TextChoices):
        SMS = "sms", _("Text message")
        QR = "qr", _("QR code")

    case = models.ForeignKey(Case, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    means = models.CharField(max_length=4, choices=Means)
    closed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    def is_open(self, now: datetime) -> bool:
        """Not used, not expired, and the case still waits for a word about this same closing."""
        waits = self.case.state == "to_call_back" and self.case.closed_at == self.closed_at
        return waits and self.used_at is None and now < self.expires_at


class SecondCall(models.Model):
    """A case drawn to be called once more by somebody else. What was heard first is copied, never overwritten."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="second_calls")
    day = models.DateField(_("drawn for"))
    first_solved = models.BooleanField()
    first_satisfaction = models.CharField(max_length=12, choices=Satisfaction)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    # None with `done_at`: nobody was reached.
    solved = models.BooleanField(null=True)
    satisfaction = models.CharField(max_length=12, choices=Satisfaction, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "day"], name="evaluate_second_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["next_at", "id"], name="evaluate_second_due", condition=models.Q(done_at__isnull=True)
            ),
            models.Index(fields=["day"], name="evaluate_second_day"),
        ]

    @property
    def agrees(self) -> bool | None:
        """Whether both calls heard the same about “solved”; None until somebody was reached."""
        return None if self.solved is None else self.solved == self.first_solved
