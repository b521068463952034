"""What happened to a case, in words: all for staff; for the resident what the table calls public, never a name."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from huiyin.cases.labels import role_label, say
from huiyin.cases.models import Case, Event
from huiyin.cases.values import Names, choices, told
from huiyin.kernel.effects import BACK, SAME
from huiyin.kernel.fields import FIELDS
from huiyin.kernel.moves import MOVES
from huiyin.kernel.roles import Role
from huiyin.kernel.states import STATES, Stage

# What the resident sees of an event, in this order, where it is there.
_PUBLIC = ("reason", "text", "action", "result", "route", "where", "law")
# Dates that the resident waits for, said with their name.
_AWAITED: Mapping[str, tuple[str, ...]] = {
    "ask_extension": ("until",),
    "extend": ("due_at",),
    "defer": ("plan", "next_report_on"),
    "report_progress": ("next_report_on",),
}
_BACK_AGAIN = ("redo", "rebound")
# Reckonings and pins have places of their own on the page.
_SILENT = ("trace", "catalogue", "lat_e3", "lon_e3")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of `site/components/timeline.html`."""

    stage: str
    label: str
    at: datetime | None
    actor_label: str
    text: str
    tone: str = ""
    # Said once, and no longer true.
    struck: bool = False


Who = Callable[[Event], str]
Told = Callable[[Event], str]


def public_timeline(case: Case) -> list[Entry]:
    """Oldest first. One query."""
    names = Names()
    events = case.events.order_by("seq")
    return list(
        _entries(
            events, lambda event: _office(event, names.units), lambda event: for_resident(event, names), public=True
        )
    )


def staff_timeline(case: Case, events: Iterable[Event], names: Names) -> list[Entry]:
    """Oldest first, with who did it; the last line is where the case stands now. One query."""
    events = list(events)
    names.meet(_people(events))
    entries = _entries(events, lambda event: _person(event, names), lambda event: _all(event, names))
    return [*entries, *_now(case)]


def _entries(events: Iterable[Event], who: Who, text: Told, *, public: bool = False) -> Iterator[Entry]:
    events = list(events)
    came_back = max((event.seq for event in events if event.kind == "rebound"), default=0)
    state = "received"
    for event in events:
        move = MOVES[event.kind]
        state = state if move.target in (SAME, BACK) else move.target
        if public and not move.public:
            continue
        yield Entry(
            stage=_stage(state),
            label=say(move),
            at=event.at,
            actor_label=who(event),
            text="" if event.kind == "receive" else text(event),
            tone="late" if event.kind in _BACK_AGAIN else "",
            struck=event.seq < came_back and event.public.get("solved") is True,
        )


def _stage(state: str) -> str:
    stage = STATES[state].stage
    return (Stage.EVALUATE if stage is Stage.DONE else stage).value


def _now(case: Case) -> Iterator[Entry]:
    if STATES[case.state].stage is not Stage.DONE:
        yield Entry(_stage(case.state), case.state_label, None, "", "", tone="late" if case.is_late else "now")


def _office(event: Event, units: Mapping[str, str]) -> str:
    if event.role == Role.RESIDENT:
        return _("you")
    if event.role == Role.SYSTEM:
        return _("by rule")
    return units.get(event.unit or "", "")


def for_resident(event: Event, names: Names) -> str:
    """What the resident reads of an event besides its label."""
    public: dict[str, Any] = event.public
    lines = [names.units.get(str(public.get("lead")), ""), *(_plain(name, public.get(name)) for name in _PUBLIC)]
    lines += [told(name, public[name], names) for name in _AWAITED.get(event.kind, ()) if name in public]
    return "\n".join(line for line in lines if line)


def _plain(name: str, value: Any) -> str:
    words = dict(choices(name)).get(value, value) if FIELDS[name].choices else value
    return str(words or "")


def _people(events: Iterable[Event]) -> Iterator[int]:
    """Accounts that acted or were given the case."""
    for event in events:
        kind, _colon, number = event.actor.partition(":")
        if kind == "account":
            yield int(number)
        if event.public.get("assignee"):
            yield int(event.public["assignee"])


def _person(event: Event, names: Names) -> str:
    kind, _colon, number = event.actor.partition(":")
    name = names.account(int(number)) if kind == "account" else ""
    parts = (name, role_label(event.role), names.units.get(event.unit or "", ""))
    return " · ".join(part for part in parts if part)


def _all(event: Event, names: Names) -> str:
    return "\n".join(told(name, value, names) for name, value in event.public.items() if name not in _SILENT)
