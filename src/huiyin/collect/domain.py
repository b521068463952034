"""Receiving a request, from whichever door: mask what is said, keep the originals sealed, open the case."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from huiyin.cases import domain as cases
from huiyin.cases.attachments import attachments, removed_unless_stored
from huiyin.cases.draft import RESIDENT, Actor, Draft
from huiyin.cases.models import Case
from huiyin.cases.private import keyed, phone_index
from huiyin.language.mask import mask, mask_name, mask_phone

TITLE_CHARS = 40
_HEAD_CHARS = 400
PERSON_CHARS = 20
HIDDEN = "〔已隐去〕"
_SHORT_ADDRESS, _PHONE_DIGITS = 3, 7
# Digits however spaced. Compiled once: a pattern for every number cost more than all the masking of an import.
_DIGITS = re.compile(r"[0-9](?:[^0-9A-Za-z\u4e00-\u9fff]{0,3}[0-9])+")
_CUT_NUMBER = re.compile(r"[\d.,:/%-]+$")
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
    draft = receive_draft(message, actor=actor, at=at)
    secret = cases.give_secret(draft)
    cases.open_cases([draft])
    return Opened(draft.number, secret)


def receive_once(
    message: Message,
    *,
    press: str,
    actor: Actor = RESIDENT,
    pictures: Sequence[bytes] = (),
    registration: Mapping[str, Any] | None = None,
    lead_hint: str | None = None,
) -> Opened:
    """Open one case for one filled-in form, however often it is sent: sent again, the same number and secret.

    `press` is the form's own random word; the same words under another `press`, or others under this one, are a new
    case. `pictures` are JPEG bytes. With a `registration` (kind, category, urgency) it is registered at once.
    `lead_hint` is the code of the unit that the door suggests as lead.
    """
    mark = f"{press}\n{message.text}"
    # Neither the word nor the secret can be had from what is stored.
    message = replace(message, source="form", source_id=keyed("form", mark)[:32])
    draft = receive_draft(message, actor=actor, pictures=pictures)
    draft.lead_hint = lead_hint
    secret = cases.give_secret(draft, cases.secret_of(mark))
    if registration:
        draft.add("register", at=draft.entries[-1].event.at, actor=actor, public=registration)
    try:
        with removed_unless_stored(draft.extras):
            cases.open_cases([draft])
    except IntegrityError:
        first = Case.objects.filter(source=message.source, source_id=message.source_id).first()
        if first is None:
            raise
        return Opened(first.number, cases.secret_of(mark))
    return Opened(draft.number, secret)


def receive_draft(
    message: Message, *, actor: Actor = RESIDENT, at: datetime | None = None, pictures: Sequence[bytes] = ()
) -> Draft:
    """The draft of one new case, for a door that adds more moves before storing."""
    at = at or timezone.now()
    (draft,) = cases.new_drafts([at])
    rows = attachments(draft.id, pictures, by=actor.name)
    draft.extras.extend(rows)
    return compose(draft, message, actor=actor, at=at, pictures=[row.sha256 for row in rows])


def compose(draft: Draft, message: Message, *, actor: Actor, at: datetime, pictures: Sequence[str] = ()) -> Draft:
    """Draft the move `receive`: public what is masked, private the originals and whatever names the person."""
    hide = partial(without_person, message)
    text = mask(hide(message.text)).text
    title = headline(mask(hide(message.title)).text if message.title else text)
    place = mask(hide(message.place)).text
    said = {"title": title, "text": text, "place": place}
    person = {
        "person": mask_name(message.person)[:PERSON_CHARS] if message.person else "",
        "phone": mask_phone(message.phone) if message.phone else "",
        "name": message.person,
        "number": message.phone,
        "address": message.address,
        "original": message.text if message.text != text else "",
        "original_title": message.title if message.title != said["title"] else "",
        "original_place": message.place if message.place != said["place"] else "",
    }
    if message.lat is not None and message.lon is not None:
        person["pin"] = f"{message.lat:.6f},{message.lon:.6f}"
        said["lat_e3"], said["lon_e3"] = round(message.lat * 1000), round(message.lon * 1000)  # type: ignore[assignment]
    public = {
        "channel": message.channel, "kind": message.kind, "category": message.category, "urgency": message.urgency,
        "confidential": message.confidential, "area": message.area, "source": message.source,
        "source_id": message.source_id, "attachments": list(pictures) or None,
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


def without_person(message: Message, text: str) -> str:
    """What the person gave as name, number and address is masked wherever else they wrote it, however spaced.

    Where they asked for confidentiality not even its first and last signs stay.
    """
    if len(message.person) > 1 and message.person in text:
        text = text.replace(message.person, HIDDEN if message.confidential else mask_name(message.person))
    if len(message.address) > _SHORT_ADDRESS:
        text = text.replace(message.address, "*" * len(message.address))
    digits = "".join(filter(str.isdigit, message.phone))
    if len(digits) < _PHONE_DIGITS or digits[-1] not in text:
        return text
    return _DIGITS.sub(partial(_hidden, digits, HIDDEN if message.confidential else mask_phone(message.phone)), text)


def _hidden(digits: str, shown: str, run: re.Match[str]) -> str:
    """One run of digits, `shown` in the place of those that are looked for."""
    spelled = run.group()
    places = [at for at, char in enumerate(spelled) if "0" <= char <= "9"]
    found = "".join(spelled[at] for at in places).find(digits)
    if found < 0:
        return spelled
    last = places[found + len(digits) - 1]
    return spelled[: places[found]] + shown + _DIGITS.sub(partial(_hidden, digits, shown), spelled[last + 1 :])


def headline(masked: str) -> str:
    """The first sentence of a masked text, short enough for a list; not cut within a number, which would be another."""
    first = next((part.strip() for part in _SENTENCE.split(masked[:_HEAD_CHARS]) if part.strip()), "")
    if len(first) <= TITLE_CHARS:
        return first
    cut = first[: TITLE_CHARS - 1]
    return (_CUT_NUMBER.sub("", cut) or cut) + "…"


def compose_many(messages: Sequence[tuple[Message, datetime]], *, actor: Actor) -> list[Draft]:
    """Drafts for a batch: ids are reserved once."""
    drafts = cases.new_drafts([at for _, at in messages])
    return [compose(draft, message, actor=actor, at=at) for draft, (message, at) in zip(drafts, messages, strict=True)]
