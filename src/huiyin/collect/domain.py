"""Receiving a request, from whichever door: mask what is said, keep the originals sealed, open the case."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from huiyin.cases import domain as cases
from huiyin.cases.draft import RESIDENT, Actor, Draft
from huiyin.cases.private import phone_index
from huiyin.language.mask import mask, mask_name, mask_phone

TITLE_CHARS = 40
PERSON_CHARS = 20
_SENTENCE = re.compile(r"[。！？!?；;\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One request as it arrives. `lat` and `lon` are degrees (WGS-84); `area` and `category` are codes."""

    text: str
    channel: str
    title: str = ""
    kind: str = ""
    category: str | None = None
    urgency: str = "normal"
    confidential: bool = False
    area: str | None = None
    place: str = ""
    address: str = ""
    lat: float | None = None
    lon: float | None = None
    person: str = ""
    phone: str = ""
    source: str = ""
    source_id: str | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """What the person takes home: the number, and the secret that opens it. The secret is shown once."""

    number: str
    secret: str


def receive(message: Message, *, actor: Actor = RESIDENT, at: datetime | None = None) -> Opened:
    """Open one case. Raises `Refused` when the message lacks what the table asks for."""
    draft, secret = receive_draft(message, actor=actor, at=at)
    cases.open_cases([draft])
    return Opened(draft.number, secret)


def receive_draft(message: Message, *, actor: Actor = RESIDENT, at: datetime | None = None) -> tuple[Draft, str]:
    """The draft of one new case and its secret, for a door that adds more moves before storing."""
    at = at or timezone.now()
    (draft,) = cases.new_drafts([at])
    compose(draft, message, actor=actor, at=at)
    return draft, cases.give_secret(draft)


def compose(draft: Draft, message: Message, *, actor: Actor, at: datetime) -> Draft:
    """Draft the move `receive`: public what is masked, private the originals and whatever names the person."""
    text = mask(message.text).text
    said = {"title": title_of(message.title or message.text), "text": text, "place": mask(message.place).text}
    person = {
        "person": mask_name(message.person)[:PERSON_CHARS] if message.person else "",
        "phone": mask_phone(message.phone) if message.phone else "",
        "name": message.person,
        "number": message.phone,
        "address": message.address,
        "original": message.text if message.text != text else "",
    }
    if message.lat is not None and message.lon is not None:
        person["pin"] = f"{message.lat:.6f},{message.lon:.6f}"
        said["lat_e3"], said["lon_e3"] = round(message.lat * 1000), round(message.lon * 1000)  # type: ignore[assignment]
    public = {
        "channel": message.channel, "kind": message.kind, "category": message.category, "urgency": message.urgency,
        "confidential": message.confidential, "area": message.area, "source": message.source,
        "source_id": message.source_id,
    }  # fmt: skip
    private = {key: value for key, value in person.items() if value}
    if message.confidential:
        private |= said
    else:
        public |= said
    draft.add(
        "receive", at=at, actor=actor, public={k: v for k, v in public.items() if v not in ("", None)}, private=private
    )
    draft.phone_index = phone_index(message.phone)
    return draft


def title_of(text: str) -> str:
    """The first sentence, masked, short enough for a list."""
    first = next((part.strip() for part in _SENTENCE.split(text[:400]) if part.strip()), "")
    masked = mask(first).text
    return masked if len(masked) <= TITLE_CHARS else masked[: TITLE_CHARS - 1] + "…"


def compose_many(messages: Sequence[tuple[Message, datetime]], *, actor: Actor) -> list[Draft]:
    """Drafts for a batch: ids are reserved once."""
    drafts = cases.new_drafts([at for _, at in messages])
    return [compose(draft, message, actor=actor, at=at) for draft, (message, at) in zip(drafts, messages, strict=True)]
