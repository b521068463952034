"""The plan of a season as a file: one line a meeting, then the units that have none."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.people.models import Unit
from huiyin.townhall.models import Meeting

Row = Sequence[str | int]


def plan(title: str, meetings: Sequence[Meeting], uncovered: Sequence[Unit]) -> Iterator[Row]:
    """Title and time of counting, heads, meetings, and units that are still to be planned."""
    yield [title, f"{timezone.localtime():%Y-%m-%d %H:%M}"]
    yield [_("Unit"), _("Title"), _("Day"), _("Begins"), _("Venue"), _("State"), _("Questions"), _("Settled")]
    yield from map(_line, meetings)
    yield from ([str(unit), _("No meeting is planned yet")] for unit in uncovered)


def _line(meeting: Meeting) -> Row:
    at = timezone.localtime(meeting.begins_at)
    counts = [getattr(meeting, name) for name in ("asked", "settled")]
    said = [str(meeting.unit), meeting.title, f"{at:%Y-%m-%d}", f"{at:%H:%M}", meeting.venue]
    return [*said, str(meeting.get_stage_display()), *counts]
