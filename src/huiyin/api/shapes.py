"""What a case looks like to a program: masked, codes rather than ids."""

from collections.abc import Iterable
from typing import Any

from huiyin.cases import codes
from huiyin.cases.models import Case
from huiyin.kernel.chain import stamp

_TIMES = ("created_at", "registered_at", "dispatched_at", "accepted_at", "first_contact_at", "due_at", "replied_at",
          "closed_at", "evaluated_at", "archived_at")  # fmt: skip
_PLAIN = ("number", "seq", "state", "channel", "kind", "title", "urgency", "confidential", "place", "person", "phone",
          "solved", "satisfaction", "contacted", "valid_callback", "verified", "excluded", "rounds")  # fmt: skip

EVENT = ("seq", "kind", "at", "role", "unit", "public", "private_digest", "prev", "hash")


def brief(case: Case) -> dict[str, Any]:
    shape: dict[str, Any] = {name: getattr(case, name) for name in _PLAIN}
    for name in _TIMES:
        value = getattr(case, name)
        shape[name] = stamp(value) if value else None
    shape["ring"], shape["late"] = case.ring, case.is_late
    shape["category"] = codes.categories().code(case.category_id)
    shape["area"] = codes.areas().code(case.area_id)
    shape["lead"] = codes.units().code(case.lead_id)
    return shape


def full(case: Case, events: Iterable[tuple[Any, ...]]) -> dict[str, Any]:
    """`events`: rows of `EVENT`, in order."""
    told = [
        {"seq": seq, "kind": kind, "at": stamp(at), "role": role, "unit": unit, "public": public, "private": private,
         "prev": prev, "hash": own}
        for seq, kind, at, role, unit, public, private, prev, own in events
    ]  # fmt: skip
    return {**brief(case), "text": case.body.text, "reply": case.body.reply, "events": told}


def point(number: str, state: str, category_id: int | None, *pin_e3: int | None) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [(degrees_e3 or 0) / 1000 for degrees_e3 in reversed(pin_e3)]},
        "properties": {"number": number, "state": state, "category": codes.categories().code(category_id)},
    }
