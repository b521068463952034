from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

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
