"""The row of the fact table that a case's ledger means: events and clocks in, `kernel.facts.SCHEMA` out. Pure.

Whoever has the exported events (public payloads) and clocks can count every figure again, without the database.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from huiyin.kernel.chain import Event
from huiyin.kernel.fold import Row, fold

_SAME = (
    "channel", "rounds", "objections", "redispatches", "mismatches", "valid_callback", "contacted", "solved",
    "satisfaction", "excluded",
)  # fmt: skip
_TIMES = ("created_at", "closed_at", "due_at")
# Column ← when it was done, which clock judges it.
_CLOCKED = {"accepted_in_time": ("accepted_at", "accept"), "contacted_in_time": ("first_contact_at", "first_contact")}
_CODED = ("lead", "category", "area")


class Clock(NamedTuple):
    """A clock as it was set by the event `seq`."""

    step: str
    seq: int
    due_at: datetime


def fact(
    events: Sequence[Event], *, clocks: Iterable[Clock], as_of: datetime, pk: int, ids: Mapping[str, Mapping[str, int]]
) -> Row:
    """`events`: all of one case, in order. `ids`: "lead", "category" and "area", each code → the table's number."""
    row = fold((event, None, "") for event in events)
    last = {clock.step: clock.due_at for clock in sorted(clocks, key=lambda one: one.seq)}
    return {
        "id": pk,
        "number": events[0].case,
        **{name: row[name] for name in _SAME},
        **{f"{name}_id": ids[name].get(row[name]) for name in _CODED},
        **{name: _moment(row[name]) for name in _TIMES},
        **{name: _in_time(_moment(row[done]), last.get(step), as_of) for name, (done, step) in _CLOCKED.items()},
        "dispatched": row["dispatched_at"] is not None,
        "repeated": row["parent"] is not None,
        "checks": sum(event.kind == "verify" for event in events),
        "exclusion_reason": _reason(events) if row["excluded"] else None,
    }


def _moment(stamped: str | None) -> datetime | None:
    return datetime.fromisoformat(stamped) if stamped else None


def _in_time(done: datetime | None, due: datetime | None, as_of: datetime) -> bool | None:
    """None while it is neither done nor late, and where no clock was ever set."""
    if due is None:
        return None
    if done is not None:
        return done <= due
    return False if as_of > due else None


def _reason(events: Sequence[Event]) -> Any:
    asked = [event.public.get("category_of_reason") for event in events if event.kind == "apply_exclusion"]
    return asked[-1] if asked else None
