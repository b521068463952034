from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import Account


class Freeze(models.Model):
    """The facts of a period and of the one before it as they stood: what is printed from them prints the same later.

    `file` is Parquet in the shape of `kernel.facts.SCHEMA`.
    """

    label = models.CharField(_("period"), max_length=40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    as_of = models.DateTimeField(_("counted at"))
    file = models.FileField(upload_to="frozen/")
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(_("cases"))
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, verbose_name=_("frozen by"))

    class Meta:
        verbose_name = _("cut-off")
        verbose_name_plural = _("cut-offs")
        constraints: ClassVar = [models.UniqueConstraint(fields=["label", "as_of"], name="review_freeze_once")]

    def __str__(self) -> str:
        return self.label
