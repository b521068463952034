"""What the case page says of evaluation: which closed case this one may be again, and which ones came after it."""

from collections.abc import Sequence

from huiyin.cases.models import Case, Event
from huiyin.cases.panels import Panel
from huiyin.evaluate.queries_recurrence import hints_of


def came_back(case: Case, events: Sequence[Event]) -> Panel | None:  # noqa: ARG001 - a panel's maker gets both
    hints = hints_of(case)
    return Panel("evaluate/_came_back.html", {"hints": hints}) if hints else None
