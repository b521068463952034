"""Keeping `Whistle` and `WhistleCall` beside the events: with every move, or all anew from the events alone."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from django.db import transaction

from huiyin.answer.models import Whistle, WhistleCall
from huiyin.answer.whistling import KINDS, READ, Blown, Happened, Whistling
from huiyin.cases import codes
from huiyin.cases.draft import Draft
from huiyin.cases.models import Event
from huiyin.people.models import Unit

_AT_A_TIME = 2000


def keep(drafts: Sequence[Draft]) -> None:
    """Reaction to what is about to be stored: the whistles of those cases that have to do with one."""
    told = [draft for draft in drafts if any(entry.event.kind in KINDS for entry in draft.entries)]
    before = _stored([draft.id for draft in told if draft.entries[0].event.seq > 1])
    Whistle.objects.filter(case_id__in=before).delete()
    for draft in told:
        events = [*before.get(draft.id, ()), *(entry.event for entry in draft.entries)]
        for whistle, calls in _rows(draft.id, whistles_of(events).blown):
            draft.extras += [whistle, *calls]


def whistles_of(events: Iterable[Happened]) -> Whistling:
    """The whistles that a case's events, in order, speak of."""
    whistling = Whistling(speaks_for)
    for event in events:
        whistling.add(event)
    return whistling


def stored_whistles(case_id: int) -> Whistling:
    return whistles_of(_stored([case_id]).get(case_id, ()))


@transaction.atomic
def rebuild() -> int:
    """Throw the rows away and fold all events again; how many whistles there are."""
    Whistle.objects.all().delete()
    whistled = Event.objects.filter(kind__in=("draft_whistle", "whistle")).order_by().values("case_id").distinct()
    events = Event.objects.filter(case_id__in=whistled, kind__in=READ).order_by("case_id", "seq")
    count = 0
    for case_id, own in groupby(events.iterator(_AT_A_TIME), attrgetter("case_id")):
        for whistle, calls in _rows(case_id, whistles_of(own).blown):
            whistle.save(force_insert=True)
            WhistleCall.objects.bulk_create(calls)
            count += 1
    return count


def _stored(ids: Sequence[int]) -> dict[int, list[Event]]:
    events = Event.objects.filter(case_id__in=ids, kind__in=READ).order_by("case_id", "seq") if ids else ()
    return {case_id: list(own) for case_id, own in groupby(events, attrgetter("case_id"))}


def speaks_for(unit: str, called: Iterable[str]) -> str | None:
    """A unit speaks for itself, else for a called one below it."""
    called = list(called)
    if unit in called or not unit:
        return unit or None
    below = Unit.objects.filter(code__in=called, path__contains=f".{unit}.").order_by("path")
    return below.values_list("code", flat=True).first()


def _rows(case_id: int, blown: Iterable[Blown]) -> Iterable[tuple[Whistle, list[WhistleCall]]]:
    unit = codes.units()
    for one in blown:
        whistle = Whistle(
            case_id=case_id, seq=one.seq, street_id=unit.id(one.street), kind=one.kind, reason=one.reason,
            place=one.place, meet_at=one.meet_at, drafted_at=one.drafted_at, called_at=one.called_at,
            result=one.result, resulted_at=one.resulted_at,
        )  # fmt: skip
        calls = [
            WhistleCall(
                whistle=whistle, unit_id=unit.id(call.unit), arrive_by=call.arrive_by, answered_at=call.answered_at,
                arrived_at=call.arrived_at, refused_at=call.refused_at, refused_reason=call.refused_reason,
                rating_given=call.rating_given, rating_received=call.rating_received,
            )
            for call in one.calls.values()
        ]  # fmt: skip
        yield whistle, calls
