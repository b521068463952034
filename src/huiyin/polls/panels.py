"""Votes on the pages of a meeting."""

from huiyin.polls import queries
from huiyin.townhall.models import Meeting
from huiyin.townhall.panels import Panel


def of_everybody(meeting: Meeting) -> Panel | None:
    polls = queries.of_meeting(meeting)
    return Panel("polls/_cards.html", {"polls": polls}) if polls else None


def of_the_staff(meeting: Meeting) -> Panel | None:
    """Drafts as well, and where to plan another one."""
    polls = list(meeting.polls.order_by("pk"))
    return Panel("polls/_workspace.html", {"polls": polls, "meeting": meeting})
