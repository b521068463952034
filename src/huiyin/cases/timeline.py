"""What happened to a case, in words, for the person who brought it: moves that the table calls public, never names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from huiyin.cases.labels import say
from huiyin.cases.models import Case, Event
from huiyin.kernel.effects import BACK, SAME
from huiyin.kernel.moves import MOVES
from huiyin.kernel.roles import Role
from huiyin.kernel.states import STATES, Stage
from huiyin.people.models import Unit

# What an entry shows of an event, in this order, where it is there.
_TOLD = ("reason", "text", "action", "result", "where", "law")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of `site/components/timeline.html`."""

    stage: str
    label: str
    at: datetime
    actor_label: str
    text: str
    tone: str = ""


def public_timeline(case: Case) -> list[Entry]:
    """Oldest first. Two queries."""
    return list(_entries(case.events.order_by("seq"), {unit.code: str(unit) for unit in Unit.objects.all()}))


def _entries(events: Iterable[Event], units: dict[str, str]) -> Iterator[Entry]:
    state = "received"
    for event in events:
        move = MOVES[event.kind]
        state = state if move.target in (SAME, BACK) else move.target
        if move.public:
            stage = STATES[state].stage
            yield Entry(
                stage=(Stage.EVALUATE if stage is Stage.DONE else stage).value,
                label=say(move),
                at=event.at,
                actor_label=_who(event, units),
                text="" if event.kind == "receive" else _told(event, units),
                tone="late" if event.kind == "redo" else "",
            )


def _who(event: Event, units: dict[str, str]) -> str:
    if event.role == Role.RESIDENT:
        return _("you")
    if event.role == Role.SYSTEM:
        return _("by rule")
    return units.get(event.unit or "", "")


def _told(event: Event, units: dict[str, str]) -> str:
    public: dict[str, Any] = event.public
    lines = [units.get(str(public.get("lead")), ""), *(str(public.get(name) or "") for name in _TOLD)]
    return "\n".join(line for line in lines if line)
