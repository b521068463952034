"""Desks of a meeting with who waits at them, one browser's own numbers, and what it all came to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Final
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from huiyin.cases.models import Case
from huiyin.collect.domain import Opened
from huiyin.reception.choices import OPEN, Outcome, State
from huiyin.reception.domain import expected_at, takes
from huiyin.reception.domain_records import receipt_of
from huiyin.reception.models import Consultation, Desk, Ticket
from huiyin.townhall.models import Meeting

_MOST_OWN: Final = 6


@dataclass(frozen=True, slots=True)
class AtDesk:
    """A desk as everybody sees it. `calling`: the number that is called now; `open`: whether it gives numbers."""

    desk: Desk
    waiting: int
    calling: int | None
    expected_at: datetime
    open: bool


@dataclass(frozen=True, slots=True)
class Own:
    """A number of one browser. `ahead` waits before it; `receipt` opens the case that came of it."""

    ticket: Ticket
    calling: int | None
    ahead: int
    expected_at: datetime
    receipt: Opened | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What a meeting's desks came to.

    `tickets` are numbers taken, those given back among them. `wait_minutes`: the median, over numbers that were called,
    of the time from taking it (at the earliest from the desk's beginning) until it was called; None without any.
    """

    desks: int
    tickets: int
    served: int
    missed: int
    consultations: int
    cases: int
    knowledge: int
    wait_minutes: int | None


def _standing(meeting: Meeting) -> QuerySet[Desk]:
    return (
        meeting.desks.select_related("meeting")
        .annotate(
            waiting=Count("tickets", filter=Q(tickets__state=State.WAITING)),
            calling=Max("tickets__number", filter=Q(tickets__state=State.CALLED)),
        )
        .order_by("begins_at", "pk")
    )


def roster(meeting: Meeting) -> list[AtDesk]:
    """All desks in the order they begin."""
    return [_at_desk(desk) for desk in _standing(meeting)]


def at_desk(desk: Desk) -> AtDesk:
    return _at_desk(_standing(desk.meeting).get(pk=desk.pk))


def _at_desk(desk: Desk) -> AtDesk:
    at = timezone.now()
    waiting, calling = desk.waiting, desk.calling  # type: ignore[attr-defined]  # annotated
    return AtDesk(desk, waiting, calling, expected_at(desk, at, waiting), takes(desk, at, waiting))


def own(meeting: Meeting, viewer: UUID | None, desks: Iterable[AtDesk]) -> list[Own]:
    """The browser's numbers, those that are open first; given back ones are gone."""
    if viewer is None:
        return []
    by_desk = {one.desk.pk: one for one in desks}
    held = Ticket.objects.filter(desk__meeting=meeting, viewer=viewer).exclude(state=State.CANCELLED)
    found = [_own(ticket, by_desk[ticket.desk_id]) for ticket in held.order_by("-pk")[:_MOST_OWN]]
    return sorted(found, key=lambda one: one.ticket.state not in OPEN)


def _own(ticket: Ticket, at: AtDesk) -> Own:
    ticket.desk = at.desk
    ahead = at.desk.tickets.filter(state=State.WAITING, number__lt=ticket.number).count()
    served = ticket.state == State.SERVED
    kept = Consultation.objects.select_related("case").filter(ticket=ticket).first() if served else None
    expected = expected_at(at.desk, timezone.now(), ahead)
    return Own(ticket, at.calling, ahead, expected, receipt_of(kept) if kept else None)


def line(desk: Desk) -> dict[str, list[Ticket]]:
    """Who is at the desk, who waits, who did not come: in the order of their numbers."""
    stand: dict[str, list[Ticket]] = {State.CALLED: [], State.WAITING: [], State.MISSED: []}
    for ticket in desk.tickets.filter(state__in=stand).order_by("number"):
        stand[ticket.state].append(ticket)
    return {str(state): tickets for state, tickets in stand.items()}


def figures(meeting: Meeting) -> Figures:
    tickets = Ticket.objects.filter(desk__meeting=meeting)
    states = dict(tickets.values_list("state").annotate(times=Count("pk")))
    outcomes = dict(
        Consultation.objects.filter(desk__meeting=meeting).values_list("outcome").annotate(times=Count("pk"))
    )
    return Figures(
        desks=meeting.desks.count(),
        tickets=sum(states.values()),
        served=states.get(State.SERVED, 0),
        missed=states.get(State.MISSED, 0),
        consultations=sum(outcomes.values()),
        cases=outcomes.get(Outcome.CASE, 0),
        knowledge=outcomes.get(Outcome.KNOWLEDGE, 0),
        wait_minutes=_wait(tickets),
    )


def _wait(tickets: QuerySet[Ticket]) -> int | None:
    called = tickets.filter(called_at__isnull=False).values_list("called_at", "taken_at", "desk__begins_at")
    waits = [max(0.0, (at - max(taken, begins)).total_seconds()) for at, taken, begins in called if at]
    return round(median(waits) / 60) if waits else None


def came_of(meeting: Meeting) -> QuerySet[Case]:
    """Cases that came of the meeting's desks."""
    return Case.objects.filter(consultation__desk__meeting=meeting)
