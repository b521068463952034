"""What a case looks like to a program: masked, codes rather than ids."""

from typing import Any

from huiyin.cases import codes
from huiyin.cases.models import Case
from huiyin.kernel.chain import stamp

_TIMES = ("created_at", "registered_at", "dispatched_at", "accepted_at", "first_contact_at", "due_at", "replied_at",
          "closed_at", "evaluated_at", "archived_at")  # fmt: skip
_PLAIN = ("number", "seq", "state", "channel", "kind", "title", "urgency", "confidential", "place", "person", "phone",
          "solved", "satisfaction", "contacted", "valid_callback", "verified", "excluded", "rounds")  # fmt: skip


def brief(case: Case) -> dict[str, Any]:
    shape: dict[str, Any] = {name: getattr(case, name) for name in _PLAIN}
    for name in _TIMES:
        value = getattr(case, name)
        shape[name] = stamp(value) if value else None
    shape["ring"], shape["late"] = case.ring, case.is_late
    shape["category"] = case.category.code if case.category else None
    shape["area"] = case.area.code if case.area else None
    shape["lead"] = case.lead.code if case.lead else None
    return shape


def full(case: Case) -> dict[str, Any]:
    body = case.body
    events = [
        {"seq": event.seq, "kind": event.kind, "at": stamp(event.at), "role": event.role, "unit": event.unit,
         "public": event.public, "private": event.private_digest, "prev": event.prev, "hash": event.hash}
        for event in case.events.all()
    ]  # fmt: skip
    return {**brief(case), "text": body.text, "reply": body.reply, "events": events}


def point(number: str, state: str, category_id: int | None, *pin_e3: int | None) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [(degrees_e3 or 0) / 1000 for degrees_e3 in reversed(pin_e3)]},
        "properties": {"number": number, "state": state, "category": codes.categories().code(category_id)},
    }
