from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Case


class Fingerprint(models.Model):
    """What a case is about and where, as numbers (`language.fingerprints`): no words, nothing personal.

    The index finds; `packed` compares. A confidential case has none.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="+")
    # Keys of places, of telling words, and of matters, as signed 32-bit numbers.
    keys = ArrayField(models.IntegerField())
    packed = models.BinaryField()

    class Meta:
        # Written by the worker: whoever asks should not have to read a list of what is not sorted in yet.
        indexes: ClassVar = [GinIndex(fields=["keys"], name="alike_keys", fastupdate=False)]


class Topic(models.Model):
    """Cases of the last weeks about one problem at one place; the same row while most of them stay together."""

    place = models.CharField(_("place"), max_length=80, blank=True)
    matter = models.CharField(_("matter"), max_length=40, blank=True)
    # In people: each by their latest case, half as much every 14 days; urging adds a little (docs/language/topics.md).
    heat = models.FloatField(_("heat"))
    people = models.PositiveIntegerField(_("people"))
    found_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(F("heat").desc(), F("id"), name="alike_hottest")]

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.place, self.matter))) or gettext("Topic %(number)s") % {"number": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("alike:topic", args=[self.pk])


class TopicCase(models.Model):
    """Which topic a case belongs to; most belong to none."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="in_topic")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="members")
