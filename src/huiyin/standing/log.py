"""What every verb leaves behind, and how it loses against somebody faster."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from huiyin.people.models import Account
from huiyin.standing.choices import State, Verb
from huiyin.standing.models import Act, Cycle, Entry


class Late(Exception):  # noqa: N818 an answer, not a fault
    """Somebody else was faster: nothing was done."""


def note(
    cycle: Cycle,
    verb: Verb,
    by: Account | None,
    *,
    entry: Entry | None = None,
    note: str = "",
    at: datetime | None = None,
) -> None:
    Act.objects.create(cycle=cycle, entry=entry, verb=verb, by=by, note=note[:300], at=at or timezone.now())


def step(entry: Entry, states: Sequence[State], also: Q | None = None, **values: Any) -> None:
    """One state further, if it stands in one of `states` (and `also` holds); else `Late`."""
    if not Entry.objects.filter(also or Q(), pk=entry.pk, state__in=states).update(**values):
        raise Late
    entry.refresh_from_db()
