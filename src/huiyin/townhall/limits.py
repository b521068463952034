"""How often one sender may ask or like at a meeting: the same by `huiyin live` and by the web process alone."""

from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.utils import timezone

from huiyin.collect.senders import tries
from huiyin.townhall.models import Meeting, Question


class Most(NamedTuple):
    times: int
    seconds: int


# Of one browser. Those that keep no cookie are one browser for each address: else a script would be new every time.
ASKED: Final = Most(5, 600)
# Again in the same words it is the same question, but what an address has left is not spent without end.
TRIED: Final = Most(20, 600)
# Of one address, per meeting: a hall's whole audience may share one.
ASKED_FROM: Final = Most(120, 600)
LIKED_FROM: Final = Most(300, 60)
# Signing in at the door: a hall's audience within minutes, and again by those who choose another group.
CAME_FROM: Final = Most(600, 600)


def asked_enough(meeting: int, viewer: UUID) -> bool:
    """By the table: whichever process takes the question, none begins to count anew."""
    since = timezone.now() - timedelta(seconds=ASKED.seconds)
    return Question.objects.filter(meeting=meeting, asker=viewer, asked_at__gt=since).count() >= ASKED.times


def may_ask(meeting: Meeting, viewer: UUID | None, address: str) -> bool:
    """For the web process, counted in the table. Who has asked enough spends nothing of what the address has left."""
    if viewer is None:
        browser = _once_more(ASKED, "nameless", meeting, address)
    else:
        browser = _once_more(TRIED, f"tried {viewer}", meeting, address) and not asked_enough(meeting.pk, viewer)
    return browser and _once_more(ASKED_FROM, "asked", meeting, address)


def may_like(meeting: Meeting, address: str) -> bool:
    return _once_more(LIKED_FROM, "liked", meeting, address)


def may_sign_in(meeting: Meeting, address: str) -> bool:
    return _once_more(CAME_FROM, "came", meeting, address)


def _once_more(most: Most, what: str, meeting: Meeting, address: str) -> bool:
    return tries(f"townhall {what} {meeting.pk} {address}", most.seconds) <= most.times
