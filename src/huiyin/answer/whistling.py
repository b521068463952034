"""What a case's events say of its whistles: who called whom, who came when, how each judged the other.

Draft → whistle → answer or refusal → report in → result → both rate (domain.md 3.6). Pure: events in, records out.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

_LEADS = ("dispatch", "redispatch", "rule")
# (unit that acts, codes of the units called) → the called one it speaks for, or None.
SpeaksFor = Callable[[str, Iterable[str]], str | None]


class Happened(Protocol):
    """A stored event or a drafted one."""

    @property
    def seq(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def public(self) -> Mapping[str, Any]: ...


@dataclass(slots=True)
class Called:
    """One called unit: times are aware, `arrive_by` None where no rule says when."""

    unit: str
    arrive_by: datetime | None = None
    answered_at: datetime | None = None
    arrived_at: datetime | None = None
    refused_at: datetime | None = None
    refused_reason: str = ""
    rating_given: str = ""
    rating_received: str = ""


@dataclass(slots=True)
class Blown:
    """One whistle, or a draft of one while `called_at` is None. Units are codes."""

    seq: int
    street: str
    kind: str
    reason: str
    place: str = ""
    meet_at: datetime | None = None
    drafted_at: datetime | None = None
    called_at: datetime | None = None
    result: str = ""
    resulted_at: datetime | None = None
    calls: dict[str, Called] = field(default_factory=dict)


def exactly(unit: str, called: Iterable[str]) -> str | None:
    return unit if unit in called else None


class Whistling:
    """Folds a case's events, in order, into its whistles."""

    def __init__(self, speaks_for: SpeaksFor = exactly) -> None:
        self.blown: list[Blown] = []
        self._lead = ""
        self._speaks_for = speaks_for

    def add(self, event: Happened) -> None:
        """One more event; those that have nothing to do with whistles change nothing."""
        if event.kind in _LEADS:
            self._lead = event.public.get("lead", self._lead)
        elif event.kind in KINDS:
            KINDS[event.kind](self, event)

    @property
    def standing(self) -> Blown | None:
        """The latest whistle that was blown."""
        return next((one for one in reversed(self.blown) if one.called_at), None)

    def call_of(self, unit: str | None) -> Called | None:
        """The part that a unit has in the standing whistle."""
        standing = self.standing
        code = self._speaks_for(unit or "", standing.calls) if standing else None
        return standing.calls[code] if standing and code else None

    def draft(self, event: Happened) -> None:
        self._drop_draft()
        self.blown.append(self._blown(event, drafted_at=event.at))

    def blow(self, event: Happened) -> None:
        drafted = self._drop_draft()
        blown = self._blown(event, drafted_at=drafted.drafted_at if drafted else None)
        blown.called_at = event.at
        self.blown.append(blown)

    def _drop_draft(self) -> Blown | None:
        """A later draft, or the whistle itself, stands for the draft before it."""
        return self.blown.pop() if self.blown and self.blown[-1].called_at is None else None

    def _blown(self, event: Happened, *, drafted_at: datetime | None) -> Blown:
        said, by = event.public, _moment(event.public.get("arrive_by"))
        return Blown(
            seq=event.seq,
            street=self._lead or event.unit or "",
            kind=said["whistle_kind"],
            reason=said["reason"],
            place=said.get("place", ""),
            meet_at=_moment(said.get("at")),
            drafted_at=drafted_at,
            calls={code: Called(code, arrive_by=by) for code in said["called"]},
        )

    def answer(self, event: Happened) -> None:
        if call := self.call_of(event.unit):
            call.answered_at = event.at

    def arrive(self, event: Happened) -> None:
        if call := self.call_of(event.unit):
            call.arrived_at = _moment(event.public["arrived_at"])
            call.answered_at = call.answered_at or event.at

    def refuse(self, event: Happened) -> None:
        if call := self.call_of(event.unit):
            call.refused_at, call.refused_reason = event.at, event.public["reason"]

    def conclude(self, event: Happened) -> None:
        if standing := self.standing:
            standing.result, standing.resulted_at = event.public["result"], event.at

    def rate(self, event: Happened) -> None:
        standing, rated = self.standing, event.public["rated"]
        if standing and rated in standing.calls:
            standing.calls[rated].rating_received = event.public["score"]
        elif standing and rated == standing.street and (call := self.call_of(event.unit)):
            call.rating_given = event.public["score"]


KINDS: dict[str, Callable[[Whistling, Happened], None]] = {
    "draft_whistle": Whistling.draft,
    "whistle": Whistling.blow,
    "answer_whistle": Whistling.answer,
    "report_in": Whistling.arrive,
    "refuse_whistle": Whistling.refuse,
    "whistle_result": Whistling.conclude,
    "rate_partner": Whistling.rate,
}
# Everything `Whistling` reads.
READ = (*KINDS, *_LEADS)


def _moment(stamped: str | None) -> datetime | None:
    return datetime.fromisoformat(stamped) if stamped else None
