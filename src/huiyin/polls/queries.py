"""Votes as somebody may run them, as everybody may see them, and what is due at night."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from huiyin.people.models import Account
from huiyin.polls.choices import Verb
from huiyin.polls.models import Entry, Poll
from huiyin.townhall import queries as meetings
from huiyin.townhall.models import Meeting

RUN = meetings.RUN


def run_by(account: Account) -> QuerySet[Poll]:
    """Votes of the units and meetings that the account may plan a meeting for."""
    own = Q(unit__in=meetings.hosts(account)) | Q(meeting__in=meetings.run_by(account))
    return Poll.objects.filter(own).select_related("unit", "meeting")


def public() -> QuerySet[Poll]:
    """Opened, be it for later: a draft is nobody's but the staff's."""
    return Poll.objects.filter(opened_at__isnull=False).select_related("unit", "meeting")


def of_meeting(meeting: Meeting) -> list[Poll]:
    """What residents find on the meeting's page: what is open or comes first, then what has ended."""
    return list(public().filter(meeting=meeting).order_by("-closes_at", "pk"))


def told(poll: Poll) -> QuerySet[Entry]:
    """Why it was extended or ended early, for everybody: not by whom."""
    return poll.log.filter(verb__in=(Verb.EXTENDED, Verb.ENDED)).order_by("at")


def to_be_mixed(now: datetime, after: timedelta) -> QuerySet[Poll]:
    """Open ones, and those that ended within `after`."""
    return Poll.objects.filter(opened_at__isnull=False, opens_at__lte=now, closes_at__gt=now - after)
