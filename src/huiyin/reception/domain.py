"""Numbers at a desk: taken, called, missed, given back. Of two presses one counts.

Verbs that give or call numbers hold the rows of the desks, always in the same order, so that none deadlocks.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from huiyin.cases.private import to_bytes
from huiyin.people.sealing import seal
from huiyin.reception.choices import MOST_OPEN, OPEN, State
from huiyin.reception.models import Desk, Ticket
from huiyin.townhall.choices import Stage
from huiyin.townhall.domain import Late

NAME_CHARS: Final = 40
PHONE_CHARS: Final = 20


class Full(Late):
    """The desk has ended, or everybody who fits into its time has a number."""


class TooMany(Late):
    """The browser holds as many open numbers of the meeting as it may."""


@transaction.atomic
def take(
    desk: Desk, *, press: str, viewer: UUID | None = None, name: str = "", phone: str = "", at: datetime | None = None
) -> Ticket:
    """The next number of the desk: for a browser, or at the door. A second press finds the first number.

    Raises `Full` and `TooMany`.
    """
    at = at or timezone.now()
    _hold(desk)
    if known := _known(desk, press, viewer):
        return known
    if viewer and _open_of(desk.meeting_id, viewer) >= MOST_OPEN:
        raise TooMany
    expected = expected_at(desk, at)
    if not takes(desk, at):
        raise Full
    Desk.objects.filter(pk=desk.pk).update(numbers=F("numbers") + 1)
    desk.refresh_from_db(fields=["numbers"])
    return Ticket.objects.create(
        desk=desk, number=desk.numbers, slot_at=expected, viewer=viewer, sealed=_contact(name, phone), press=press,
        taken_at=at,
    )  # fmt: skip


def takes(desk: Desk, at: datetime, waiting: int | None = None) -> bool:
    """Whether one more person fits in before the desk ends, and the meeting has not ended before it."""
    if desk.meeting.stage == Stage.CLOSED:
        return False
    return expected_at(desk, at, waiting) + timedelta(minutes=desk.slot_minutes) <= desk.ends_at


def expected_at(desk: Desk, at: datetime, waiting: int | None = None) -> datetime:
    """From now, or from the desk's beginning: the minutes of one person for each that waits before."""
    if waiting is None:
        waiting = desk.tickets.filter(state=State.WAITING).count()
    return max(at, desk.begins_at) + timedelta(minutes=waiting * desk.slot_minutes)


@transaction.atomic
def call_next(desk: Desk) -> Ticket:
    """The lowest number that waits. Raises `Late` where somebody is called already, or nobody waits."""
    _hold(desk)
    first = desk.tickets.filter(state=State.WAITING).order_by("number").first()
    if first is None or desk.tickets.filter(state=State.CALLED).exists():
        raise Late
    move(first, {State.WAITING}, State.CALLED, called_at=timezone.now())
    return first


def missed(ticket: Ticket) -> None:
    """Called, and nobody came."""
    move(ticket, {State.CALLED}, State.MISSED, settled_at=timezone.now())


def put_back(ticket: Ticket) -> None:
    """Came after all: with the low number it has, it is called next. `Late` where the browser has a new number."""
    try:
        with transaction.atomic():
            move(ticket, {State.MISSED}, State.WAITING, settled_at=None)
    except IntegrityError:
        raise Late from None


def cancel(ticket: Ticket) -> None:
    """Given back; what was sealed with it is erased."""
    move(ticket, OPEN, State.CANCELLED, settled_at=timezone.now(), sealed=None)


def remove(desk: Desk) -> None:
    """A desk that nobody has come to. Raises `Late` where there is a number or a record."""
    with transaction.atomic():
        _hold(desk)
        if desk.tickets.exists() or desk.consultations.exists():
            raise Late
        desk.delete()


def forget_before(moment: datetime) -> int:
    """Erase the sealed contact of numbers taken before `moment`; of how many."""
    return Ticket.objects.filter(taken_at__lt=moment, sealed__isnull=False).update(sealed=None)


def move(ticket: Ticket, allowed: frozenset[State] | set[State], state: State, **values: datetime | None) -> None:
    """To `state`, if it still stands in one of `allowed`; else `Late`."""
    if not Ticket.objects.filter(pk=ticket.pk, state__in=allowed).update(state=state, **values):
        raise Late
    ticket.refresh_from_db()


def _hold(desk: Desk) -> None:
    """All desks of the meeting: a browser that presses at two of them at once is counted right."""
    list(Desk.objects.select_for_update().filter(meeting=desk.meeting_id).order_by("pk").values_list("pk"))
    desk.refresh_from_db()


def _known(desk: Desk, press: str, viewer: UUID | None) -> Ticket | None:
    same = desk.tickets.filter(press=press, viewer=viewer).first()
    return same or (desk.tickets.filter(viewer=viewer, state__in=OPEN).first() if viewer else None)


def _open_of(meeting_id: int, viewer: UUID) -> int:
    return Ticket.objects.filter(desk__meeting=meeting_id, viewer=viewer, state__in=OPEN).count()


def _contact(name: str, phone: str) -> bytes | None:
    told = {"name": name.strip()[:NAME_CHARS], "phone": phone.strip()[:PHONE_CHARS]}
    return seal(to_bytes(told)) if any(told.values()) else None
