"""The hash chain of events (design.md 4): canonical JSON (RFC 8785), SHA-256, private parts by salted digest.

The public copy verifies without the private part, and erasing the private part keeps the chain whole.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson

GENESIS = "0" * 64
VERSION = 1
# datetimes and dataclasses must be turned to text by whoever writes the event, never silently here.
_OPTIONS = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_STRICT_INTEGER
    | orjson.OPT_PASSTHROUGH_DATETIME
    | orjson.OPT_PASSTHROUGH_DATACLASS
)


@dataclass(frozen=True, slots=True)
class Event:
    """One fact in the life of a case. `seq` counts from 1 within the case; `at` is aware."""

    case: str
    seq: int
    kind: str
    at: datetime
    actor: str
    role: str
    unit: str | None
    public: Mapping[str, Any]
    private_digest: str | None
    prev: str


def canonical(value: Mapping[str, Any]) -> bytes:
    """RFC 8785 bytes of a JSON object with ASCII keys and no fractions.

    orjson writes the same bytes as RFC 8785 for that subset (the tests hold it against the reference library):
    numbers with a fraction are refused, since the two print them differently. Raises TypeError, ValueError.
    """
    _check(value)
    try:
        return orjson.dumps(value, option=_OPTIONS)
    except orjson.JSONEncodeError as error:
        raise ValueError(f"This cannot be written as canonical JSON: {error}") from error


def _check(value: Any) -> None:
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return
    if kind is dict:
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                raise TypeError(f"Keys of an event are ASCII text; got {key!r}.")
            _check(item)
    elif kind is list or kind is tuple:
        for item in value:
            _check(item)
    else:
        raise TypeError(f"An event carries text, whole numbers, truth values, lists and objects; got {kind.__name__}.")


@lru_cache(maxsize=4096)  # checking, hashing and folding an event each ask for the same moment, batch after batch
def stamp(at: datetime) -> str:
    """UTC with microseconds and Z, e.g. 2026-11-23T00:16:00.000000Z."""
    if at.tzinfo is None:
        raise ValueError(f"The time {at.isoformat()} has no zone; pass an aware datetime.")
    # isoformat, not strftime: a third of the time, and stamps are half of what hashing costs.
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def private_digest(private: bytes, salt: bytes) -> str:
    """SHA-256(salt ‖ private), hex."""
    return hashlib.sha256(salt + private).hexdigest()


def event_hash(event: Event) -> str:
    """SHA-256, hex, over the canonical JSON of all of the event, the private payload by its digest."""
    return hashlib.sha256(
        canonical(
            {
                "v": VERSION,
                "case": event.case,
                "seq": event.seq,
                "kind": event.kind,
                "at": stamp(event.at),
                "actor": event.actor,
                "role": event.role,
                "unit": event.unit,
                "public": event.public,
                "private": event.private_digest,
                "prev": event.prev,
            }
        )
    ).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain stops being whole, and why."""

    seq: int
    reason: str


def verify(chain: Iterable[tuple[Event, str]]) -> Break | None:
    """The first place where (event, stored hash) pairs in order do not chain; None when whole."""
    prev, expected = GENESIS, 1
    for event, stored in chain:
        if event.seq != expected:
            return Break(expected, f"expected event {expected}, found {event.seq}")
        if event.prev != prev:
            return Break(event.seq, "does not point to the event before it")
        if event_hash(event) != stored:
            return Break(event.seq, "content does not match its hash")
        prev, expected = stored, expected + 1
    return None
