from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Case
from huiyin.people.models import Account, Unit


class Why(models.TextChoices):
    RISK = "risk", _("By risk")
    RANDOM = "random", _("At random")


class Result(models.TextChoices):
    MATCHES = "matches", _("Matches")
    MISMATCH = "mismatch", _("Does not match")
    FAILED = "failed", _("Could not be checked")
    GONE = "gone", _("Went back to the unit first")


class Check(models.Model):
    """A closed case drawn for one day to be looked at on the spot. What was found is the case's `verify` event."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="checks", db_index=False)
    # Whose answer is checked: figures count for this unit, wherever the case goes later.
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"), db_index=False)
    day = models.DateField(_("drawn for"))
    why = models.CharField(max_length=6, choices=Why)
    # Codes of `risk.REASONS`, and “turn” for a unit that nobody had looked at for a week.
    reasons = models.JSONField(default=list)
    # Its place in the list of the day, from 1.
    order = models.PositiveSmallIntegerField()
    checker = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", verbose_name=_("checker"), db_index=False
    )
    taken_at = models.DateTimeField(null=True)
    # When the photograph was taken, by the clock of the phone.
    visited_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    result = models.CharField(_("result"), max_length=8, choices=Result, blank=True)
    words = models.CharField(_("why it could not be checked"), max_length=500, blank=True)
    # Of the `verify` event.
    seq = models.PositiveIntegerField(null=True)
    distance_m = models.PositiveIntegerField(_("distance from the point in metres"), null=True)
    accuracy_m = models.PositiveIntegerField(_("accuracy of the phone in metres"), null=True)

    class Meta:
        verbose_name = _("external check")
        verbose_name_plural = _("external checks")
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "day"], name="rounds_check_once")]
        indexes: ClassVar = [
            models.Index(fields=["day", "order"], name="rounds_check_of_day"),
            models.Index(fields=["checker", "day", "order"], name="rounds_check_open", condition=Q(done_at=None)),
            models.Index(fields=["checker", "done_at"], name="rounds_check_done"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} · {self.day}"
