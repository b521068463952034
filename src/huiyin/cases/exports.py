"""Lists of cases as CSV, one line at a time."""

import csv
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.cases.models import Case

_BOM = "\ufeff"  # Excel reads UTF-8 only when told
_CHUNK = 2000
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


class _Echo:
    """What csv.writer writes to: gives the line back."""

    def write(self, line: str) -> str:
        return line


def _time(value: datetime | None) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


def _fact(value: bool | None) -> str:  # noqa: FBT001 a column's value
    return "" if value is None else _("Yes") if value else _("No")


def _columns() -> dict[str, Callable[[Case], Any]]:
    return {
        _("Number"): lambda case: case.number,
        _("Title"): lambda case: case.title,
        _("State"): lambda case: case.state_label,
        _("Category"): lambda case: case.category,
        _("Area"): lambda case: case.area,
        _("Lead unit"): lambda case: case.lead,
        _("Channel"): lambda case: case.get_channel_display(),
        _("Received"): lambda case: _time(case.created_at),
        _("Due"): lambda case: _time(case.due_at),
        _("Closed by the unit"): lambda case: _time(case.closed_at),
        _("Late now"): lambda case: _fact(case.is_late),
        _("Contacted"): lambda case: _fact(case.contacted),
        _("Solved"): lambda case: _fact(case.solved),
        _("Satisfaction"): lambda case: case.get_satisfaction_display() if case.satisfaction else "",
    }


def csv_lines(cases: QuerySet[Case], *, asked: str) -> Iterator[str]:
    """Masked rows under a line that says what was asked and when. Memory does not grow with the list."""
    writer, columns = csv.writer(_Echo()), _columns()
    yield _BOM + str(writer.writerow([_("Asked"), asked, _time(timezone.now())]))
    yield str(writer.writerow(columns))
    for case in cases.iterator(chunk_size=_CHUNK):
        yield str(writer.writerow(harmless(read(case)) for read in columns.values()))


def harmless(value: Any) -> str:
    """A cell that a spreadsheet would take for a formula is told to be text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
