from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.bulletins.choices import SERIES, Kind, Stage
from huiyin.cases.models import Category
from huiyin.people.effective import EffectiveDated
from huiyin.people.models import Account
from huiyin.review.models import Freeze


class Template(EffectiveDated):
    """A Word file of the office, from one day to another. Where none holds, the house's own is used."""

    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    version = models.PositiveIntegerField(_("version"))
    file = models.FileField(upload_to="bulletins/templates/")
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, verbose_name=_("uploaded by"))
    at = models.DateTimeField(_("uploaded at"))

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "version"], name="bulletins_template_version"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="bulletins_template_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.version}"


class Sensitive(EffectiveDated):
    """An emergency-sensitive class (domain.md 11.1): the matters in whose name one of the words stands."""

    name = models.CharField(_("name"), max_length=20)
    words = models.CharField(_("words in the name of a matter"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("emergency-sensitive class")
        verbose_name_plural = _("emergency-sensitive classes")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class Book(models.Model):
    """The last number given, by kind and year: its row is held while the next one is given, so that none is skipped."""

    kind = models.CharField(max_length=11, choices=Kind)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("book of numbers")
        verbose_name_plural = _("books of numbers")
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "year"], name="bulletins_book_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class Bulletin(models.Model):
    """A paper about one period, made from a cut-off and from its sections, and from nothing that changes later.

    `counted` is what `bulletins.counting` read from the cut-off; `numbers` is the appendix: where each number comes
    from; `sections` is what people edit: `[{"key", "title", "text"}]`, a number in it followed by its mark, "[3]".
    """

    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    period = models.CharField(_("period"), max_length=40)
    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="+", verbose_name=_("cut-off"))
    topic = models.ForeignKey(
        Category, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("topic")
    )
    title = models.CharField(_("title"), max_length=80)
    office = models.CharField(_("issuing office"), max_length=60)
    stage = models.CharField(_("stage"), max_length=6, choices=Stage, default=Stage.DRAFT)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(_("number"), null=True)
    counted = models.JSONField()
    numbers = models.JSONField()
    sections = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, verbose_name=_("drafted by"))
    at = models.DateTimeField(_("drafted at"))
    signed_by = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("signed by")
    )
    signed_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    template = models.ForeignKey(Template, models.PROTECT, null=True, related_name="+", db_index=False)
    file = models.FileField(upload_to="bulletins/issued/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("bulletin")
        verbose_name_plural = _("bulletins")
        indexes: ClassVar = [models.Index(fields=["stage", "-at"], name="bulletins_by_stage")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "year", "number"], name="bulletins_number_once"),
            models.CheckConstraint(
                condition=Q(stage=Stage.ISSUED, number__isnull=False, issued_at__isnull=False)
                | (~Q(stage=Stage.ISSUED) & Q(number=None, issued_at=None)),
                name="bulletins_number_when_issued",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def said_number(self) -> str:
        """通报〔2026〕3号; a draft has none yet."""
        word = SERIES[self.kind].book
        return f"{word}〔{self.year}〕{self.number}号" if self.number else f"{word}（未编号，草稿）"

    @property
    def filled(self) -> list[dict[str, Any]]:
        """The sections that say something."""
        return [one for one in self.sections if one["text"].strip()]
