from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Case
from huiyin.monthly.choices import Kind, Stage
from huiyin.monthly.rules import OWN, Rules, rules_of
from huiyin.people.effective import EffectiveDated
from huiyin.people.models import Account, Unit
from huiyin.review.models import Freeze


class Topic(models.Model):
    """What a shortfall is about where no measure says it: the same one is counted across units and months."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=40, unique=True)
    active = models.BooleanField(_("offered on cards"), default=True)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("topic of shortfalls")
        verbose_name_plural = _("topics of shortfalls")

    def __str__(self) -> str:
        return self.name


class RuleBook(EffectiveDated):
    """How cards are drafted and speakers proposed, from a day on; at most one holds on any day.

    `values` has the shape of `rules.toml`. Where none holds, the house's own does: it is no row, so that nothing is
    loaded, and a district that changes nothing has none.
    """

    version = models.PositiveSmallIntegerField(unique=True)
    values = models.JSONField()
    ground = models.CharField(_("where the rule stands"), max_length=200)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-version"]
        verbose_name = _("rules of the monthly review")
        verbose_name_plural = _("rules of the monthly review")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="monthly_rules_one_a_day",
                expressions=[(Func("valid_from", "valid_to", function="daterange"), RangeOperators.OVERLAPS)],
                violation_error_message=_("Two rules would hold on the same day."),
            )
        ]

    def __str__(self) -> str:
        return str(self.version)

    @property
    def rules(self) -> Rules:
        return rules_of(self.values)


class Review(models.Model):
    """One month's review meeting: prepared from a cut-off, one for each period."""

    label = models.CharField(_("period"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=80)
    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="+", verbose_name=_("cut-off"))
    held_on = models.DateField(_("day of the meeting"))
    stage = models.CharField(_("state"), max_length=8, choices=Stage, default=Stage.DRAFTING)
    held_at = models.DateTimeField(null=True)
    # By which its cards were drafted and its speakers proposed; without one by the house's own.
    book = models.ForeignKey(RuleBook, models.PROTECT, null=True, related_name="reviews")
    # Who is on the screen: the place in the list of speakers, and since when.
    turn = models.PositiveSmallIntegerField(default=0)
    turned_at = models.DateTimeField(null=True)
    # Units that led cases of the month and are gone since (merged): code, name, cases. A note says so.
    left_out = models.JSONField(default=list)
    planned_by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("monthly review")
        verbose_name_plural = _("monthly reviews")

    def __str__(self) -> str:
        return self.title

    @property
    def rules(self) -> Rules:
        return self.book.rules if self.book else OWN


class Speaker(models.Model):
    """A unit that speaks, in its turn."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="speakers", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    order = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        ordering: ClassVar = ["order"]
        verbose_name = _("speaking unit")
        verbose_name_plural = _("speaking units")
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "unit"], name="monthly_speaks_once")]


class Card(models.Model):
    """What is said of one unit. `version` counts its changes, so that nobody overwrites what they have not read."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="cards", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    version = models.PositiveIntegerField(default=1)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True)
    rank_before = models.PositiveSmallIntegerField(_("rank the month before"), null=True)
    # Measure → {text, numerator, denominator, before}: as frozen, so that a page counts nothing again.
    figures = models.JSONField(default=dict)
    # Why it is proposed to speak, as data; empty where it is not.
    reasons = models.JSONField(default=list)
    comment = models.CharField(_("the unit's explanation"), max_length=500, blank=True)
    commented_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    commented_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("review card")
        verbose_name_plural = _("review cards")
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "unit"], name="monthly_card_once")]

    def __str__(self) -> str:
        return str(self.unit)

    @property
    def risen(self) -> int | None:
        """Ranks gained since the month before; negative where it fell."""
        return None if self.rank is None or self.rank_before is None else self.rank_before - self.rank

    @property
    def fallen(self) -> int:
        return -(self.risen or 0)


class Point(models.Model):
    """One sentence of a card. `figures`: the numbers it rests on, as frozen: text, numerator, denominator, period…"""

    card = models.ForeignKey(Card, models.CASCADE, related_name="points")
    kind = models.CharField(max_length=11, choices=Kind)
    order = models.PositiveSmallIntegerField()
    text = models.CharField(_("text"), max_length=500)
    measure = models.CharField(max_length=40, blank=True)
    figures = models.JSONField(default=dict)
    # “measure:resolution”, or the key of a `Topic`.
    topic = models.CharField(max_length=48, blank=True)
    due = models.DateField(_("due"), null=True)
    owner = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("owner"))
    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="demand")

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        verbose_name = _("point of a card")
        verbose_name_plural = _("points of a card")


class Signature(models.Model):
    """Who signed which wording, by its SHA-256. Withdrawn with a reason before anything is changed; never deleted."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="signatures")
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["at"]
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["card"], condition=Q(withdrawn_at=None), name="monthly_signed_once")
        ]
