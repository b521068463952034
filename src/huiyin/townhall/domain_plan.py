"""A meeting enters the plan, and its plan is changed: by one of two who do so at once."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain, count

from django.db import transaction
from django.utils import timezone

from huiyin.people.models import Unit
from huiyin.townhall.domain import Late
from huiyin.townhall.models import Meeting


@transaction.atomic
def begin(meeting: Meeting, fields: Iterable[str]) -> Meeting:
    """The new meeting with its code; the one that says the same in all `fields`, where the form was sent twice.

    The unit's row is held: of two presses the second finds what the first has made.
    """
    Unit.objects.select_for_update().get(pk=meeting.unit_id)
    same = Meeting.objects.filter(**{name: getattr(meeting, name) for name in fields}).order_by("pk").first()
    if same:
        return same
    meeting.code = _code(meeting)
    meeting.save()
    return meeting


@transaction.atomic
def change(meeting: Meeting, fields: Iterable[str], *, seen: str) -> None:
    """The plan alone: stage and posts belong to whoever runs the meeting meanwhile. `seen`: its mark as it was read.

    Raises `Late` where somebody has changed it since. Sent twice, it is changed once.
    """
    fields = list(fields)
    stands = mark(Meeting.objects.select_for_update().get(pk=meeting.pk), fields)
    if stands == mark(meeting, fields):
        return
    if seen and seen != stands:
        raise Late
    meeting.save(update_fields=fields)


def mark(meeting: Meeting, fields: Iterable[str]) -> str:
    """The same as long as the plan says the same."""
    return hashlib.sha256(repr([_said(getattr(meeting, name)) for name in fields]).encode()).hexdigest()[:32]


def _said(value: object) -> str:
    return f"{value.astimezone(UTC)}" if isinstance(value, datetime) else f"{getattr(value, 'pk', value)}"


def _code(meeting: Meeting) -> str:
    """Day and unit; a second meeting of the day gets a number."""
    day = timezone.localtime(meeting.begins_at)
    first = f"{day:%Y%m%d}-{meeting.unit.code}".lower()[:45].replace(".", "-")
    taken = set(Meeting.objects.filter(code__startswith=first).values_list("code", flat=True))
    others = (f"{first}-{number}" for number in count(2))
    return next(code for code in chain([first], others) if code not in taken)
