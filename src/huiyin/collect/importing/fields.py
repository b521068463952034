"""What a column can be paired with."""

from typing import Any, Literal, NamedTuple

from django.utils.translation import gettext_lazy as _

Type = Literal["text", "time", "yes", "choice", "category", "area", "unit"]


class ImportField(NamedTuple):
    label: Any
    type: Type = "text"
    # Characters allowed; 0 where the type itself is the limit.
    longest: int = 0


TEXT_CHARS = 20_000
FIELDS: dict[str, ImportField] = {
    "source_id": ImportField(_("Number in the source"), longest=80),
    "created_at": ImportField(_("Received"), "time"),
    "title": ImportField(_("Title"), longest=1000),
    "text": ImportField(_("What it says"), longest=TEXT_CHARS),
    "kind": ImportField(_("Kind of request"), "choice"),
    "category": ImportField(_("Category"), "category"),
    "urgency": ImportField(_("Urgency"), "choice"),
    "channel": ImportField(_("Channel"), "choice"),
    "confidential": ImportField(_("Confidential"), "yes"),
    "area": ImportField(_("Street, community or estate"), "area"),
    "place": ImportField(_("Place"), longest=100),
    "address": ImportField(_("Exact address"), longest=200),
    "person": ImportField(_("Name of the person"), longest=60),
    "phone": ImportField(_("Phone"), longest=20),
    "lead": ImportField(_("Lead unit"), "unit"),
    "due_at": ImportField(_("Due"), "time"),
    "accepted_at": ImportField(_("Accepted by the unit"), "time"),
    "first_contact_at": ImportField(_("First contact"), "time"),
    "reply": ImportField(_("Reply"), longest=TEXT_CHARS),
    "result": ImportField(_("What was done"), longest=TEXT_CHARS),
    "replied_at": ImportField(_("Replied"), "time"),
    "closed_at": ImportField(_("Closed"), "time"),
    "evaluated_at": ImportField(_("Evaluated"), "time"),
    "contacted": ImportField(_("Did the unit get in touch?"), "yes"),
    "solved": ImportField(_("Is it solved?"), "yes"),
    "satisfaction": ImportField(_("Satisfied?"), "choice"),
    "valid_callback": ImportField(_("Valid callback"), "yes"),
}
