from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiyin.cases.choices import Channel, Kind, Urgency
from huiyin.cases.models import Case, Category
from huiyin.people.choices import UnitKind
from huiyin.people.effective import EffectiveDated
from huiyin.people.models import Account, Area, Unit

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
        WORKING_MINUTES = "working_minutes", _("working minutes")

    name = models.CharField(max_length=60)
    step = models.CharField(max_length=20, default="handle")
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")
    urgency = models.CharField(max_length=10, choices=Urgency, blank=True)
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=15, choices=Unit)
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
    communities_help = models.BooleanField(_("communities may be asked to help"), default=False)
    deadline = models.CharField(max_length=60, blank=True)
    basis = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("catalogue rule")
        verbose_name_plural = _("catalogue rules")
        indexes: ClassVar = [models.Index(fields=["category", "valid_from"])]


class CopyRule(EffectiveDated):
    """Cases led by units of this kind are copied to a unit (domain.md 3.2: a street's order also to the district)."""

    kind = models.CharField(_("kind of unit"), max_length=12, choices=UnitKind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("copy rule")
        verbose_name_plural = _("copy rules")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} → {self.unit}"


class TriageRule(EffectiveDated):
    """How sure triage must be before a case is dispatched without anybody's look: by the cost of a mistake."""

    error_cost = models.PositiveSmallIntegerField(
        _("cost of a wrong dispatch"),
        validators=[MinValueValidator(2)],
        help_text=_("How many times dearer it is than a look of the dispatcher: 2 dispatches from 50 %, 10 from 90 %."),
    )

    class Meta:
        verbose_name = _("rule of triage")
        verbose_name_plural = _("rules of triage")

    def __str__(self) -> str:
        return str(self.error_cost)


class BlockedPush(models.Model):
    """An attempt to give a community what its list does not hold (law art 17): kept although the move was refused."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    # Of whoever tried.
    by_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    community = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["-at", "-id"], name="assign_blocked_by_time")]


class JointSession(models.Model):
    """A meeting on hard cases (会商): before dispatch, or as the ruling after a second objection."""

    topic = models.CharField(_("topic"), max_length=120)
    at = models.DateTimeField(_("time"))
    place = models.CharField(_("place"), max_length=120)
    units = models.ManyToManyField(Unit, verbose_name=_("units invited"), related_name="+")
    minutes = models.TextField(_("minutes"), blank=True)
    convened_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    convened_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.topic

    def get_absolute_url(self) -> str:
        return reverse("assign:session", args=[self.pk])


class SessionCase(models.Model):
    """A case before a session, and what was decided on it. `move` is the move that the decision became."""

    session = models.ForeignKey(JointSession, models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, models.CASCADE, related_name="sessions")
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    # Codes of helping units with their parts, as the move records them.
    parts = models.JSONField(default=list)
    decision = models.TextField(_("decision"), blank=True)
    move = models.CharField(max_length=24, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "case"], name="assign_session_case_once")]


class ChangeSet(models.Model):
    """Changes of the rules that take effect together, from a day ahead. Until then a proposal that can be rehearsed."""

    title = models.CharField(_("title"), max_length=120)
    reason = models.TextField(_("reason"))
    valid_from = models.DateField(_("take effect from"))
    proposed_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    enacted_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    enacted_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("assign:change_set", args=[self.pk])


class Change(models.Model):
    """One rule ended, added, or replaced by another.

    `before` and `after` are the rule in codes, empty where there is none.
    They stand on their own: what was decided stays readable when a pack is loaded anew.
    """

    class Table(models.TextChoices):
        CATALOGUE = "catalogue", _("Catalogue")
        DEADLINE = "deadline", _("Deadline")

    change_set = models.ForeignKey(ChangeSet, models.CASCADE, related_name="changes")
    table = models.CharField(max_length=10, choices=Table)
    # The rule that ends; None adds one.
    rule_id = models.BigIntegerField(null=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["pk"]


class Suggestion(models.Model):
    """What triage thinks of a case when it arrives, with reasons a dispatcher can read. Advice, never a fact."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="suggestion")
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False)
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    confidence = models.FloatField()
    words = models.JSONField(default=list)
    model = models.CharField(max_length=40)

    @property
    def was_said(self) -> bool:
        return self.model == SAID

    @property
    def percent(self) -> int:
        return round(self.confidence * 100)
