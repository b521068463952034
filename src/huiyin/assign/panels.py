"""Why a case is where it is, and who owes which part of it by when."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from huiyin.assign.desk import suggestion_of
from huiyin.assign.models import CatalogueRule
from huiyin.cases.models import Case, CasePart, Event
from huiyin.cases.panels import Panel
from huiyin.cases.parts import reported_at
from huiyin.people.models import Unit

_DISPATCHES = ("dispatch", "redispatch", "rule")


class Owner(NamedTuple):
    """A unit's part in a case; `reported_at` is when its report came, None while it is owed."""

    unit: Unit
    part: str
    due_at: datetime | None
    reported_at: datetime | None

    @property
    def is_late(self) -> bool:
        return self.reported_at is None and self.due_at is not None and self.due_at < timezone.now()


def owners(case: Case, events: Sequence[Event]) -> Panel | None:
    """The joint owners: every helping unit with its part, its date and whether it reported; and who got a copy."""
    copies = [code for event in events if event.kind in _DISPATCHES for code in event.public.get("copies", ())]
    parts = sorted(case.parts.all(), key=_by_date)  # the page has read them with their units
    if not parts and not copies:
        return None
    told = [Owner(part.unit, part.part, part.due_at, reported_at(part, events, case.lead_at)) for part in parts]
    return Panel("assign/_owners.html", {"owners": told, "copies": list(Unit.objects.filter(code__in=copies))})


def _by_date(part: CasePart) -> tuple[bool, float, int]:
    return part.due_at is None, part.due_at.timestamp() if part.due_at else 0.0, part.pk


def sessions(case: Case, events: Sequence[Event]) -> Panel | None:  # noqa: ARG001 as every maker
    """Joint sessions that the case was before."""
    if not case.sessions.exists():  # few cases have any, and the rest need not read three tables
        return None
    entries = list(case.sessions.select_related("session").order_by("-session__at"))
    return Panel("assign/_sessions.html", {"entries": entries})


def why(case: Case, events: Sequence[Event]) -> Panel | None:
    order = next((event.public for event in reversed(events) if event.kind in _DISPATCHES), None)
    suggestion = suggestion_of(case)
    if order is None and suggestion is None:
        return None
    return Panel("assign/_why.html", {"order": order, "rule": _rule(events), "suggestion": suggestion})


def _rule(events: Sequence[Event]) -> CatalogueRule | None:
    """The catalogue's row that the first dispatch names, if it is still kept."""
    named = next((str(event.public["catalogue"]) for event in events if event.public.get("catalogue")), "")
    return CatalogueRule.objects.filter(pk=int(named)).first() if named.isdigit() else None
