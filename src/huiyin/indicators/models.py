from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.indicators.choices import Basis, Better, Cycle, Kind
from huiyin.indicators.scoring import Rule, plain
from huiyin.kernel.piecewise import points_of
from huiyin.people.effective import EffectiveDated
from huiyin.people.models import Account, Named, Unit

DIGITS = {"max_digits": 16, "decimal_places": 4}


class Indicator(Named):
    """A number that others measure and we bring in: of which unit it is said, how often, and whose it is."""

    code = models.SlugField(_("code"), unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.OTHER)
    measured_in = models.CharField(_("unit of measure"), max_length=20, blank=True)
    better = models.CharField(_("which way is better"), max_length=4, choices=Better, default=Better.DOWN)
    cycle = models.CharField(_("cycle"), max_length=8, choices=Cycle, default=Cycle.MONTH)
    source = models.CharField(_("source"), max_length=120)
    caveat = models.CharField(_("to be read with"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["kind", "position", "code"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")


class Target(EffectiveDated):
    """What is to be reached; without a unit, by everyone that has no target of its own."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    value = models.DecimalField(_("target"), **DIGITS)  # type: ignore[arg-type]

    class Meta:
        ordering: ClassVar = ["-valid_from", "pk"]
        verbose_name = _("target")
        verbose_name_plural = _("targets")

    @property
    def shown(self) -> Decimal:
        return plain(self.value)


class ScoringRule(EffectiveDated):
    """How a value scores, from a day on. `points`: [["10", "100"], ["70", "0"]], decimals as written."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="rules")
    version = models.PositiveSmallIntegerField()
    basis = models.CharField(_("the points look at"), max_length=6, choices=Basis, default=Basis.VALUE)
    points = models.JSONField()
    green = models.DecimalField(_("green from a score of"), max_digits=5, decimal_places=1, default=Decimal(85))
    yellow = models.DecimalField(_("yellow from a score of"), max_digits=5, decimal_places=1, default=Decimal(60))
    ground = models.CharField(_("where the rule stands"), max_length=200)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        ordering: ClassVar = ["-version"]
        verbose_name = _("scoring rule")
        verbose_name_plural = _("scoring rules")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "version"], name="indicators_rule_version"),
            models.CheckConstraint(condition=Q(yellow__lte=F("green")), name="indicators_lights"),
        ]

    @property
    def reckoned(self) -> Rule:
        return Rule(points_of(self.points), self.basis, self.green, self.yellow)


class Load(models.Model):
    """One file that was brought in: whose, as of which day, and how much of it was new."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="loads")
    filename = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    source = models.CharField(_("source"), max_length=120)
    cut_off = models.DateField(_("cut-off date"))
    rows = models.PositiveIntegerField()
    corrected = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]


class Value(models.Model):
    """What was measured of a unit from `start` up to, and not including, `end`. Corrected, the former one stays."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    start = models.DateField()
    end = models.DateField()
    value = models.DecimalField(**DIGITS)  # type: ignore[arg-type]
    load = models.ForeignKey(Load, models.PROTECT, related_name="values")
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="supersedes")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "start", "unit"], name="indicators_value_once", condition=Q(superseded_at=None)
            )
        ]

    @property
    def shown(self) -> Decimal:
        return plain(self.value)
