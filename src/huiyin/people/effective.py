"""Rules that hold from one day up to another: never edited back in time."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EffectiveDated(models.Model):
    """A rule that holds from one day up to, and not including, another. Rules are never edited back in time."""

    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until (not including)"), null=True, blank=True)

    class Meta:
        abstract = True


def in_force(on: date) -> Q:
    """The rows of an `EffectiveDated` table that hold on this day."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
