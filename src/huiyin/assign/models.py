from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.cases.choices import Channel, Kind, Urgency
from huiyin.cases.models import Case, Category
from huiyin.people.effective import EffectiveDated
from huiyin.people.models import Area, Unit

# Named by whoever brought the case: nothing was guessed, so nothing is sure or unsure.
SAID = "said"


class DeadlineRule(EffectiveDated):
    """How long a step may take: the most specific row that matches wins; empty matches anything."""

    class Unit(models.TextChoices):
        MINUTES = "minutes", _("minutes")
        HOURS = "hours", _("hours")
        CALENDAR_DAYS = "calendar_days", _("calendar days")
        WORKING_DAYS = "working_days", _("working days")
        WORKING_HOURS = "working_hours", _("working hours")

    name = models.CharField(max_length=60)
    step = models.CharField(max_length=20, default="handle")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    urgency = models.CharField(max_length=10, choices=Urgency, blank=True)
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=14, choices=Unit)
    basis = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("deadline rule")
        verbose_name_plural = _("deadline rules")

    def __str__(self) -> str:
        return self.name


class CatalogueRule(EffectiveDated):
    """Category × area → lead unit, helpers, deadline, legal basis. No lead means the street of the area."""

    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    helpers = models.ManyToManyField(Unit, blank=True, related_name="+")
    street_helps = models.BooleanField(_("the street of the area helps"), default=False)
    deadline = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("catalogue rule")
        verbose_name_plural = _("catalogue rules")
        indexes: ClassVar = [models.Index(fields=["category", "valid_from"])]


class Suggestion(models.Model):
    """What triage thinks of a case when it arrives, with reasons a dispatcher can read. Advice, never a fact."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="suggestion")
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    confidence = models.FloatField()
    words = models.JSONField(default=list)
    model = models.CharField(max_length=40)

    @property
    def was_said(self) -> bool:
        return self.model == SAID

    @property
    def percent(self) -> int:
        return round(self.confidence * 100)
