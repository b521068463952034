"""A meeting enters the plan."""

from collections.abc import Iterable
from itertools import chain, count

from django.db import transaction
from django.utils import timezone

from huiyin.people.models import Unit
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


def _code(meeting: Meeting) -> str:
    """Day and unit; a second meeting of the day gets a number."""
    day = timezone.localtime(meeting.begins_at)
    first = f"{day:%Y%m%d}-{meeting.unit.code}".lower()[:45].replace(".", "-")
    taken = set(Meeting.objects.filter(code__startswith=first).values_list("code", flat=True))
    others = (f"{first}-{number}" for number in count(2))
    return next(code for code in chain([first], others) if code not in taken)
