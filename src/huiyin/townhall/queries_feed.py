"""What the unit has shown on its live page, the newest first."""

from typing import Final

from huiyin.townhall.domain_feed import OWN
from huiyin.townhall.models import Meeting, Post

MOST: Final = 100


def entries(meeting: Meeting) -> list[Post]:
    """Texts and pictures that were not taken back, at most a hundred."""
    standing = meeting.feed.filter(kind__in=OWN).exclude(body__has_key="gone")
    return list(standing.order_by("-number")[:MOST])
