"""Erasing what names a person once the retention of the files ends. The chain of events stays whole (design.md 4)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from huiyin.cases import store
from huiyin.cases.models import Case

BATCH = 1000


def retention_ends() -> datetime:
    """Cases archived before this moment are due: `HUIYIN_RETENTION_DAYS` ago."""
    return timezone.now() - timedelta(days=settings.RETENTION_DAYS)


def erase_before(moment: datetime) -> int:
    """Erase the originals of cases archived before `moment` (aware); how many. A thousand at a time, each whole or not.

    Gone are name, number, address, unmasked words, the way to find a person's cases, and the receipt; a confidential
    case loses its words altogether. What happened, when, by which unit, and every figure stay.
    """
    due = Case.objects.filter(archived_at__lt=moment, private__isnull=False).order_by("pk").distinct()
    count = 0
    while batch := list(due.values_list("pk", flat=True)[:BATCH]):
        store.erase_private(batch)
        count += len(batch)
    return count
