"""Hold every stored case against its events: fold them again, follow the hashes, compare each column.

Two cursors run side by side through cases and events in the order of their ids, so memory stays what one case takes.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
from django.db import connection, transaction

from huiyin.cases import codes
from huiyin.cases.private import phone_index
from huiyin.cases.projection import NAMES, to_values
from huiyin.kernel.chain import Event, event_hash, private_digest
from huiyin.kernel.fold import Row, apply, blank
from huiyin.people.sealing import open_sealed

_EVENTS = """
SELECT e.case_id, e.seq, e.kind, e.at, e.actor, e.role, e.unit, e.public::text, e.private_digest, e.prev, e.hash,
       p.salt, p.sealed
FROM cases_event e LEFT JOIN cases_privatepayload p ON p.case_id = e.case_id AND p.seq = e.seq
WHERE e.case_id BETWEEN %s AND %s ORDER BY e.case_id, e.seq
"""
_CASES = f"""
SELECT c.id, c.number, c.phone_index, t.text, t.reply,
       ARRAY(SELECT unit_id FROM cases_casepart h WHERE h.case_id = c.id), {", ".join(f"c.{name}" for name in NAMES)}
FROM cases_case c LEFT JOIN cases_casetext t ON t.case_id = c.id
WHERE c.id BETWEEN %s AND %s ORDER BY c.id
"""  # noqa: S608 column names of our own model
_LAST = 2**63 - 1
_AT_A_TIME = 2000
# What only the private payload may hold; once it is erased, the rest is compared.
_PERSONAL = ("title", "text", "place", "lat_e3", "lon_e3", "person", "phone")


class _Stored(NamedTuple):
    id: int
    number: str
    phone_index: str
    text: str | None
    reply: str | None
    helpers: list[int]
    columns: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """One case held against its events. `differs`: columns, or what is wrong with the chain; empty when all agrees."""

    number: str
    events: int
    differs: tuple[str, ...]


def check_cases(*, first: int = 1, last: int = _LAST) -> Iterator[Checked]:
    """Every case with an id from `first` to `last`, in order, as of one moment. Writes nothing."""
    with ExitStack() as stack:
        stack.enter_context(_one_moment())
        cases, events = (stack.enter_context(connection.chunked_cursor()) for _ in range(2))
        cases.cursor.itersize = events.cursor.itersize = _AT_A_TIME
        cases.execute(_CASES, [first, last])
        events.execute(_EVENTS, [first, last])
        groups = groupby(events, itemgetter(0))
        found = next(groups, None)
        for row in cases:
            stored = _Stored._make((*row[:6], row[6:]))
            own = found[1] if found and found[0] == stored.id else ()
            yield _check(stored, own)
            if found and found[0] == stored.id:
                found = next(groups, None)


def _one_moment() -> AbstractContextManager[Any]:
    """A snapshot, so that work going on meanwhile does not look like a difference."""
    outermost = not connection.in_atomic_block
    block = transaction.atomic()
    if not outermost:
        return block
    stack = ExitStack()
    stack.enter_context(block)
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
    return stack


def _check(stored: _Stored, rows: Any) -> Checked:
    folding = _Folding(stored.number)
    for row in rows:
        folding.add(row)
    return Checked(stored.number, folding.row["seq"], tuple(folding.wrong) + tuple(folding.compare(stored)))


class _Folding:
    """The row that a case's events mean, and whatever is wrong on the way there."""

    def __init__(self, number: str) -> None:
        self.row: Row = blank()
        self.wrong: list[str] = []
        self._number = number
        self._erased: set[str] = set()
        self._phone_index: str | None = ""

    def add(self, stored: Sequence[Any]) -> None:
        _, seq, kind, at, actor, role, unit, public, digest, prev, hashed, salt, sealed = stored
        event = Event(self._number, seq, kind, at, actor, role, unit, orjson.loads(public), digest, prev)
        private = self._open(event, salt, sealed)
        if event.prev != self.row["head"]:
            self.wrong.append(f"event {seq}: does not point to the event before it")
        if event_hash(event) != hashed:
            self.wrong.append(f"event {seq}: content does not match its hash")
        try:
            apply(self.row, event, private, hashed)
        except ValueError as error:
            self.wrong.append(str(error))

    def _open(self, event: Event, salt: bytes | None, sealed: bytes | None) -> dict[str, Any] | None:
        if event.private_digest is None:
            return None
        if salt is None or sealed is None:
            self._erased |= {name for name in _PERSONAL if name not in event.public}
            self._phone_index = None
            return None
        try:
            plain = open_sealed(bytes(sealed))
        except ValueError as error:
            self.wrong.append(f"event {event.seq}: {error}")
            return None
        if private_digest(plain, bytes(salt)) != event.private_digest:
            self.wrong.append(f"event {event.seq}: private payload does not match its digest")
        private: dict[str, Any] = orjson.loads(plain)
        if event.kind == "receive":
            self._phone_index = phone_index(str(private.get("number", "")))
        return private

    def _others(self) -> tuple[str, ...]:
        return (*(self.row["helpers"] or ()), *(self.row["called"] or ()))

    def compare(self, stored: _Stored) -> Iterator[str]:
        """Names of the columns that say something else than the events."""
        pairs = dict(zip(NAMES, zip(to_values(self.row), stored.columns, strict=True), strict=True))
        pairs["text"] = (self.row["text"], stored.text)
        pairs["reply"] = (self.row["reply"], stored.reply)
        pairs["helpers"] = ({codes.units().id(code) for code in self._others()}, set(stored.helpers))
        for name, (meant, found) in pairs.items():
            if meant != found and name not in self._erased:
                yield name
        if self._phone_index not in (None, stored.phone_index):
            yield "phone_index"
