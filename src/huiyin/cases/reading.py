"""What the resident would read of a move that is not made yet."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from huiyin.cases.labels import say
from huiyin.cases.models import Event
from huiyin.cases.recording import step
from huiyin.cases.timeline import for_resident
from huiyin.cases.values import Names
from huiyin.kernel.moves import MOVES


class Reads(NamedTuple):
    label: str
    text: str


def resident_reads(kind: str, values: Mapping[str, Any]) -> Reads | None:
    """As the resident's timeline will say it, masked; None for a move that stays inside."""
    if not MOVES[kind].public:
        return None
    event = Event(kind=kind, public=step(kind, values).public)
    return Reads(say(MOVES[kind]), for_resident(event, Names()))
