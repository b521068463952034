"""Who is invited and who came: counted by group, never by name."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huiyin.townhall.choices import Group, Stage
from huiyin.townhall.domain import Late
from huiyin.townhall.models import Guests, Meeting, SignIn


class Count(NamedTuple):
    group: Group
    invited: int
    came_on_paper: int


@transaction.atomic
def count_guests(meeting: Meeting, counts: Iterable[Count]) -> None:
    """How many of each group are invited, and how many signed in on paper."""
    rows = [Guests(meeting=meeting, **count._asdict()) for count in counts]
    Guests.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["meeting", "group"], update_fields=["invited", "came_on_paper"]
    )


def open_for(meeting: Meeting, now: datetime | None = None) -> bool:
    """Whether one may sign in: while it is live, and before that on its day."""
    if meeting.stage == Stage.PLANNED:
        return timezone.localdate(meeting.begins_at) == timezone.localdate(now)
    return meeting.stage == Stage.LIVE


@transaction.atomic
def sign_in(meeting: Meeting, *, viewer: UUID, group: Group) -> None:
    """A browser is in the hall, once; it may say another group later. Raises `Late` when nobody can sign in."""
    fresh = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not open_for(fresh):
        raise Late
    SignIn.objects.update_or_create(
        meeting=fresh, viewer=viewer, defaults={"group": group}, create_defaults={"group": group, "at": timezone.now()}
    )
