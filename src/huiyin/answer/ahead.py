"""What a form of the unit is about to do, while it is filled in: the new date, and what the resident will read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from huiyin.answer.days import calendar
from huiyin.answer.proof import proof, read
from huiyin.answer.replies import offered
from huiyin.cases.labels import english
from huiyin.cases.models import Case
from huiyin.cases.panels import Panel
from huiyin.cases.reading import resident_reads
from huiyin.kernel.moves import DIRECTIVE

# Moves whose form shows what is ahead, and the field that moves the date.
SHOWN = {
    "ask_extension": "until", "extend": "due_at", "refuse_extension": "", "defer": "next_report_on",
    "report_progress": "next_report_on", "resume": "", "submit": "",
}  # fmt: skip
_LONGEST = 400  # days: a slip of the year is not counted day by day
_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Shift:
    """From the date that stands to the one asked for. `idle`: the days between that nobody works, in words."""

    old: datetime
    new: datetime
    days: int
    working_days: int
    idle: tuple[str, ...]
    count: int

    @property
    def is_later(self) -> bool:
        return self.new > self.old


def aside(case: Case, kind: str, values: Mapping[str, Any]) -> Panel:
    """Beside the form: replies to begin with, and `preview`."""
    replies = offered(case) if kind == "submit" else []
    return Panel("answer/_aside.html", {"case": case, "kind": kind, "replies": replies, **preview(case, kind, values)})


def preview(case: Case, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    new = values.get(SHOWN[kind])
    shift = shift_of(case, new) if isinstance(new, datetime) else None
    read_over = proof(case, read(values)) if kind == "submit" else None
    reads = None if case.kind == DIRECTIVE else resident_reads(kind, {**values, "attachments": None})
    return {"shift": shift, "reads": reads, "proof": read_over}


def shift_of(case: Case, new: datetime) -> Shift | None:
    """None for a case without a date, and for a date that cannot be meant."""
    if case.due_at is None or abs(new - case.due_at).days > _LONGEST:
        return None
    first, last = sorted(timezone.localtime(at).date() for at in (case.due_at, new))
    days = [first + timedelta(days=i) for i in range(1, (last - first).days + 1)]
    working = [day for day in days if calendar().is_workday(day)]
    idle = tuple(_told(day) for day in days if day not in working)[:_MOST_LINES]
    return Shift(case.due_at, new, len(days), len(working), idle, case.extensions + 1)


def _told(day: date) -> str:
    return f"{day:%m-%d} {calendar().reason(day, 'en' if english() else 'zh')}"


def asked_until(case: Case) -> dict[str, Any]:
    """A leader who grants an extension begins with the date that was asked for."""
    event = case.events.filter(kind="ask_extension").order_by("seq").last()
    return {"due_at": datetime.fromisoformat(event.public["until"])} if event else {}
