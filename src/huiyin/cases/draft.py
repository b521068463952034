"""A case with events not stored yet: every change is drafted here, checked by the move table, then stored as one."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Model

from huiyin.cases import private as privacy
from huiyin.kernel.chain import Event, event_hash, private_digest, stamp
from huiyin.kernel.fold import Row, apply, blank
from huiyin.kernel.moves import Facts, Refused, move_of, refusal
from huiyin.kernel.roles import Role
from huiyin.people.sealing import seal


class Actor(NamedTuple):
    """Who acts, as the event records it: never a name."""

    name: str
    role: Role
    unit: str | None = None


SYSTEM = Actor("system", Role.SYSTEM)
RESIDENT = Actor("resident", Role.RESIDENT)


class Sealed(NamedTuple):
    seq: int
    salt: bytes
    sealed: bytes


class Entry(NamedTuple):
    event: Event
    hash: str


@dataclass(slots=True)
class Draft:
    """`row` is the projection after all drafted events; `extras` are rows other rooms store in the same transaction."""

    id: int
    number: str
    row: Row = field(default_factory=blank)
    entries: list[Entry] = field(default_factory=list)
    sealed: list[Sealed] = field(default_factory=list)
    extras: list[Model] = field(default_factory=list)
    phone_index: str = ""
    secret_digest: str = ""
    # The lead that the source names, if any; and whether assign may dispatch at once when it is sure.
    lead_hint: str | None = None
    auto_dispatch: bool = False
    # What an earlier stage thinks it is about: the codes of "category" and "area", where it has an idea.
    guessed: dict[str, str | None] = field(default_factory=dict)

    def add(
        self,
        kind: str,
        *,
        at: datetime,
        actor: Actor,
        public: Mapping[str, Any] | None = None,
        private: Mapping[str, Any] | None = None,
    ) -> "Draft":
        """Draft one more event. Raises `Refused` when the table does not allow it, ValueError for a naive time."""
        shown, move = dict(public or {}), move_of(kind, self.row["kind"])
        if unknown := shown.keys() - move.fields:
            names = ", ".join(sorted(unknown))
            raise Refused("record", f"“{move.zh}”不记录：{names}。", f"“{move.en}” does not record: {names}.")
        facts = Facts(self.row, actor.name, actor.unit, {**(private or {}), **shown}, stamp(at))
        if refused := refusal(move, self.row["state"], actor.role, facts):
            raise refused
        salt = os.urandom(16) if private else b""
        plain = privacy.to_bytes(private) if private else b""
        event = Event(
            case=self.number,
            seq=self.row["seq"] + 1,
            kind=kind,
            at=at,
            actor=actor.name,
            role=actor.role.value,
            unit=actor.unit,
            public=shown,
            private_digest=private_digest(plain, salt) if private else None,
            prev=self.row["head"],
        )
        digest = event_hash(event)
        apply(self.row, event, private, digest)
        self.entries.append(Entry(event, digest))
        if private:
            self.sealed.append(Sealed(event.seq, salt, seal(plain)))
        return self


def why_not(case_row: Row, kind: str, actor: Actor, at: datetime) -> Refused | None:
    """Why a button for this move is not worth showing; needs that a form will ask for count as met."""
    move = move_of(kind, case_row["kind"])
    shown = dict.fromkeys(move.needs, "9999")
    facts = Facts(case_row, actor.name, actor.unit, shown, stamp(at))
    return refusal(move, case_row["state"], actor.role, facts)


def may(case_row: Row, kind: str, actor: Actor, at: datetime) -> bool:
    return why_not(case_row, kind, actor, at) is None
