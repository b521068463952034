"""The plan of a season as a file: one line a meeting, then the units that have none."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.cases.exports import harmless
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


def as_csv(rows: Iterator[Row]) -> bytes:
    """With a byte order mark: spreadsheets then read the Chinese."""
    text = StringIO()
    csv.writer(text).writerows([harmless(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Iterator[Row]) -> bytes:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - only an export needs it

    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("Plan of meetings"))
        sheet.set_column(0, 4, 20)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return file.getvalue()


FORMATS: Final[Mapping[str, tuple[str, Callable[[Iterator[Row]], bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
