from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.measures import ScoreWeights
from huiyin.people.effective import EffectiveDated
from huiyin.people.models import Account, Named, Unit


class Freeze(models.Model):
    """The facts of a period and of the one before it as they stood: what is printed from them prints the same later.

    `file` is Parquet in the shape of `kernel.facts.SCHEMA`. `beside`: what a figure needs that is no fact of a case
    (`review.beside`): weights, residents, the units' names, the ends of the comparison period.
    """

    label = models.CharField(_("period"), max_length=40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    as_of = models.DateTimeField(_("counted at"))
    file = models.FileField(upload_to="frozen/")
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(_("cases"))
    beside = models.JSONField(default=dict)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, verbose_name=_("frozen by"))

    class Meta:
        verbose_name = _("cut-off")
        verbose_name_plural = _("cut-offs")
        constraints: ClassVar = [models.UniqueConstraint(fields=["label", "as_of"], name="review_freeze_once")]

    def __str__(self) -> str:
        return self.label


def _percent(label: object) -> "models.PositiveSmallIntegerField[int, int]":
    return models.PositiveSmallIntegerField(label, validators=[MaxValueValidator(100)])  # type: ignore[arg-type]  # lazy


class ScoreRule(EffectiveDated):
    """How much each rate weighs in the score, in whole percent; at most one rule holds on any day."""

    response = _percent(_("response rate"))
    satisfaction = _percent(_("satisfaction rate"))
    resolution = _percent(_("resolution rate"))
    basis = models.CharField(_("basis"), max_length=300)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        ordering: ClassVar = ["-valid_from"]
        verbose_name = _("weights of the score")
        verbose_name_plural = _("weights of the score")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="review_weights_sum_to_100",
                condition=Q(response=100 - F("satisfaction") - F("resolution")),
                violation_error_message=_("The three weights must sum to 100 %."),
            ),
            ExclusionConstraint(
                name="review_weights_one_a_day",
                expressions=[(Func("valid_from", "valid_to", function="daterange"), RangeOperators.OVERLAPS)],
                violation_error_message=_("Two rules would hold on the same day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response} / {self.satisfaction} / {self.resolution}"

    @property
    def weights(self) -> ScoreWeights:
        return ScoreWeights(self.response, self.satisfaction, self.resolution)


class PeerGroup(Named, EffectiveDated):
    """Units that are compared with one another: town with town, bureau with bureau."""

    units = models.ManyToManyField(Unit, related_name="+", verbose_name=_("units"))

    class Meta:
        ordering: ClassVar = ["name", "pk"]
        verbose_name = _("peer group")
        verbose_name_plural = _("peer groups")


class ClassRule(Named, EffectiveDated):
    """A class of the ranking (先进, 进步…): a unit is in the first one, by `order`, whose conditions it all meets."""

    order = models.PositiveSmallIntegerField(_("order"), help_text=_("The first class that fits is the unit's."))
    first_percent = models.PositiveSmallIntegerField(
        _("among the first … % of the ranks"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    last_percent = models.PositiveSmallIntegerField(
        _("among the last … % of the ranks"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    rose = models.PositiveSmallIntegerField(_("rose by at least … ranks"), null=True, blank=True)
    fell = models.PositiveSmallIntegerField(_("fell by at least … ranks"), null=True, blank=True)
    score_from = models.DecimalField(_("score from"), max_digits=4, decimal_places=1, null=True, blank=True)
    score_below = models.DecimalField(_("score below"), max_digits=4, decimal_places=1, null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        verbose_name = _("class of the ranking")
        verbose_name_plural = _("classes of the ranking")


class MonthEnds(models.Model):
    """An assessment month that does not run from the usual day to the usual day: both its days, as the city set them.

    `label` as in `kernel.periods`: "assess:2026-02".
    """

    label = models.CharField(_("assessment month"), max_length=14, unique=True)
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    basis = models.CharField(_("basis"), max_length=300)

    class Meta:
        ordering: ClassVar = ["-first"]
        verbose_name = _("ends of an assessment month")
        verbose_name_plural = _("ends of assessment months")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="review_month_ends_in_order",
                condition=Q(first__lte=F("last")),
                violation_error_message=_("The last day must not lie before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.label
