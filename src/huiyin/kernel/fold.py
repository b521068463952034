"""Fold events into the row they mean: `Case` is a projection of its events (design.md 4)."""

from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.kernel.chain import GENESIS, Event, stamp
from huiyin.kernel.effects import BACK, SAME, UNCHANGED, Moment
from huiyin.kernel.moves import MOVES, NEW

# Every field of the projection and its value before the first event. Times are UTC stamps (`chain.stamp`).
BLANK: Mapping[str, Any] = {
    "state": NEW, "seq": 0, "head": GENESIS,
    "channel": "", "kind": "", "title": "", "text": "", "category": None, "urgency": "normal", "confidential": False,
    "area": None, "place": "", "lat_e3": None, "lon_e3": None, "source": "", "source_id": None,
    "person": "", "phone": "",
    "lead": None, "helpers": (), "parts": (), "called": (),
    "assignee": None, "asked_by": None, "replied_by": None, "back_to": None,
    "created_at": None, "registered_at": None, "dispatched_at": None, "lead_at": None, "accepted_at": None,
    "first_contact_at": None, "due_at": None, "replied_at": None, "closed_at": None, "evaluated_at": None,
    "verified_at": None, "archived_at": None, "next_call_at": None, "next_report_on": None, "changed_at": None,
    "reply": "", "attempts": 0, "objections": 0, "redispatches": 0, "extensions": 0, "rounds": 1, "reopened": 0,
    "sent_back": 0, "urged": 0, "withdrawn": False, "excluded": False, "deferral_confirmed": False,
    "long_term": "", "light": None,
    "valid_callback": None, "contacted": None, "solved": None, "satisfaction": None, "verified": None,
    "parent": None, "emergency": False, "mismatches": 0, "rebounds": 0, "whistles": 0,
    "evaluated_by": None, "second_solved": None,
}  # fmt: skip
Row = dict[str, Any]


def blank() -> Row:
    return dict(BLANK)


def apply(row: Row, event: Event, private: Mapping[str, Any] | None = None, digest: str = "") -> Row:
    """The row after one more event, in place and returned. `private` are the originals, when they still exist.

    Raises ValueError when the event does not continue the row.
    """
    if event.seq != row["seq"] + 1:
        raise ValueError(f"Case {event.case}: event {event.seq} does not follow event {row['seq']}.")
    move = MOVES[event.kind]
    before, at = row["state"], stamp(event.at)
    payload = {**private, **event.public} if private else event.public
    changes = {}
    for name, effect in move.sets.items():
        value = effect(Moment(row[name], payload, name, at, event.actor, before))
        if value is not UNCHANGED:
            changes[name] = value
    row.update(changes)
    row["state"] = _target(move.target, before, row)
    row["seq"], row["head"], row["changed_at"] = event.seq, digest, at
    return row


def _target(target: str, before: str, row: Row) -> str:
    if target == SAME:
        return before
    return str(row["back_to"]) if target == BACK else target


def fold(events: Iterable[tuple[Event, Mapping[str, Any] | None, str]]) -> Row:
    """The row that (event, private originals or None, hash) triples in order mean."""
    row = blank()
    for event, private, digest in events:
        apply(row, event, private, digest)
    return row
