"""Helping units and their parts of a case: what each still owes."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from huiyin.cases.models import CasePart


class Reported(Protocol):
    """What is read of an event."""

    kind: str
    at: datetime
    unit: str | None


def reported_at(part: CasePart, events: Iterable[Reported], since: datetime | None) -> datetime | None:
    """When the unit, or one above that speaks for it, last reported to the lead that has the case `since`."""
    names = set(part.unit.path.strip(".").split("."))
    told = (event.at for event in events if event.kind == "help" and event.unit in names)
    return max((at for at in told if since is None or at >= since), default=None)


def owed(part: CasePart, events: Iterable[Reported], since: datetime | None) -> datetime | None:
    """By when the part is owed; None where it has no date, or was reported."""
    return part.due_at if reported_at(part, events, since) is None else None
