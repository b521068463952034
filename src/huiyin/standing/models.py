from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.periods import Period
from huiyin.people.effective import EffectiveDated
from huiyin.people.models import Account, Area, Unit
from huiyin.review import periods
from huiyin.standing.choices import Listed, Stage, State, Verb

LEAST_DAYS = 5


class Company(models.Model):
    """A property firm: the unit that answers for its estates, and that answers here."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="property_company", verbose_name=_("unit"))

    class Meta:
        ordering: ClassVar = ["unit__path"]
        verbose_name = _("property company")
        verbose_name_plural = _("property companies")

    def __str__(self) -> str:
        return str(self.unit)


class Estate(EffectiveDated):
    """Which company looks after an estate, from one day up to another. `households`: empty is not known."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="property_estates", verbose_name=_("estate"))
    company = models.ForeignKey(Company, models.PROTECT, related_name="estates", verbose_name=_("property company"))
    households = models.PositiveIntegerField(_("households"), null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["area__code", "valid_from"]
        verbose_name = _("managed estate")
        verbose_name_plural = _("managed estates")
        constraints: ClassVar = [
            # In two hands, its requests would be held against both.
            models.UniqueConstraint(fields=["area"], name="standing_estate_once", condition=Q(valid_to=None))
        ]

    def __str__(self) -> str:
        return str(self.area)


class ScoreSheet(EffectiveDated):
    """How companies are scored from a day on.

    `parts`: {part: {"weight": 15, "points": [["0", "100"], …]}}; a part without points scores its own percent.
    """

    version = models.PositiveSmallIntegerField(unique=True)
    parts = models.JSONField()
    vetoes = models.JSONField(default=list)
    red_percent = models.PositiveSmallIntegerField(_("red list: the best, in percent"), default=20)
    black_percent = models.PositiveSmallIntegerField(_("black list: the last, in percent"), default=20)
    explain_days = models.PositiveSmallIntegerField(_("working days to explain"), default=LEAST_DAYS)
    listed_days = models.PositiveSmallIntegerField(_("days on the list"), default=180)
    ground = models.CharField(_("where the rule stands"), max_length=200)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        ordering: ClassVar = ["-version"]
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(explain_days__gte=LEAST_DAYS), name="standing_explain_days"),
            models.CheckConstraint(
                condition=Q(red_percent__lte=100 - F("black_percent")), name="standing_percents"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.version)


class Cycle(models.Model):
    """One period's scoring, from the figures to the list."""

    period = models.CharField(_("period"), max_length=40, unique=True)
    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="cycles")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.COLLECT)
    counted_at = models.DateTimeField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return periods.said(self.stretch)

    @property
    def stretch(self) -> Period:
        return periods.read(self.period)


class Mark(models.Model):
    """One line of a sheet that was brought in: points earned of points possible, a deduction, a veto."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="marks")
    company = models.ForeignKey(Company, models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=12)
    earned = models.DecimalField(max_digits=8, decimal_places=2)
    possible = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    note = models.CharField(max_length=200, blank=True)


class Entry(models.Model):
    """What became of one company in one cycle."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="entries")
    company = models.ForeignKey(Company, models.PROTECT, related_name="entries")
    # [{"code", "weight", "numerator", "denominator", "value", "score"}]: numbers as printed, null is not known.
    parts = models.JSONField(default=list)
    deductions = models.JSONField(default=list)
    veto = models.CharField(max_length=200, blank=True)
    score = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    rank = models.PositiveSmallIntegerField(null=True)
    left_out = models.CharField(max_length=200, blank=True)
    listed = models.CharField(max_length=6, choices=Listed, default=Listed.NONE)
    reasons = models.TextField(_("reasons, as everybody reads them"), max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.SCORED)

    proposed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)
    notified_at = models.DateTimeField(null=True)
    explain_until = models.DateTimeField(null=True)
    link = models.CharField(max_length=64, blank=True)
    explanation = models.TextField(_("explanation"), max_length=4000, blank=True)
    explained_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(_("reasons of the decision"), max_length=1000, blank=True)
    published_at = models.DateTimeField(null=True)
    expires_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    removal = models.CharField(_("why it is taken off"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = [F("rank").asc(nulls_last=True), "company__unit__path"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "company"], name="standing_entry_once"),
            models.UniqueConstraint(fields=["link"], name="standing_link_once", condition=~Q(link="")),
        ]

    def __str__(self) -> str:
        return str(self.company)


class Evidence(models.Model):
    """A picture that a company sent with its explanation, drawn anew. Never public."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="evidence")
    file = models.FileField(upload_to="standing/")
    at = models.DateTimeField(auto_now_add=True)


class Coaching(models.Model):
    """Training, a talk, help: what was agreed, and by when it is to be mended."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="coachings")
    on = models.DateField(_("day"))
    words = models.TextField(_("what was agreed"), max_length=1000)
    mend_by = models.DateField(_("to be mended by"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)


class Recheck(models.Model):
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="rechecks")
    on = models.DateField(_("day"))
    passed = models.BooleanField()
    words = models.TextField(_("what was found"), max_length=1000)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)


class Act(models.Model):
    """Who did what and when. Without `by`: the company behind its link, or the clock."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="log")
    entry = models.ForeignKey(Entry, models.CASCADE, null=True, related_name="log")
    verb = models.CharField(max_length=10, choices=Verb)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
