"""The verbs that open and move a case. Nothing else changes one."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from huiyin.cases import codes, private, reactions, store
from huiyin.cases.draft import Actor, Draft
from huiyin.cases.models import AccessLog, Case, Category, PrivatePayload
from huiyin.cases.projection import to_row
from huiyin.kernel.moves import APART, MOVES, Move, Refused
from huiyin.kernel.roles import UNIT_BOUND, Role
from huiyin.packs.shapes import Pack
from huiyin.people.models import Account
from huiyin.people.queries import current_district

# Letters and digits that nobody confuses on paper or by phone.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_SECRET_LENGTH = 10
# Moves that a helping or called unit makes on somebody else's case.
_HELPERS_MOVES = frozenset({"help", "answer_whistle", "report_in", "refuse_whistle", "rate_partner", "note"})


@dataclass(frozen=True, slots=True)
class Step:
    """One move to make, with what it records."""

    kind: str
    public: Mapping[str, Any] = field(default_factory=dict)
    private: Mapping[str, Any] | None = None


def new_drafts(received: Sequence[datetime]) -> list[Draft]:
    """Empty drafts with id and number, one for each time of receipt."""
    district = current_district()
    prefix = district.prefix if district else "HY"
    zone = ZoneInfo(settings.TIME_ZONE)
    return [
        Draft(pk, f"{prefix}-{at.astimezone(zone):%y%m}-{pk:05d}")
        for pk, at in zip(store.reserve(len(received)), received, strict=True)
    ]


def open_cases(drafts: Sequence[Draft], *, then: Callable[[Draft], None] | None = None) -> None:
    """Store new cases: the reactions of later stages, rows, events and their extras in one transaction.

    `then` drafts what came after (an import's history), once the reactions have had their say.
    """
    with transaction.atomic():
        reactions.opened(drafts)
        if then:
            for draft in drafts:
                then(draft)
        reactions.written(drafts)
        store.insert(drafts)


def give_secret(draft: Draft, secret: str | None = None) -> str:
    """The secret that opens the case for the person who brought it; only its keyed hash is kept."""
    secret = secret or "".join(secrets.choice(_ALPHABET) for _ in range(_SECRET_LENGTH))
    draft.secret_digest = secret_digest(draft.number, secret)
    return secret


def secret_of(press: str) -> str:
    """The secret that belongs to one press of a button: pressing twice gives the same one."""
    number = int(private.keyed("press", press), 16)
    return "".join(_ALPHABET[number // len(_ALPHABET) ** place % len(_ALPHABET)] for place in range(_SECRET_LENGTH))


def secret_digest(number: str, secret: str) -> str:
    return private.keyed("receipt", f"{number}:{secret.strip().upper()}")


def actor_for(account: Account, move: Move, case: Case) -> Actor:
    """In which of its roles an account makes this move on this case. Raises `Refused`."""
    apart = next((guard for guard in APART if guard in move.guards), None)
    if apart and not account.every_unit_id.isdisjoint(owner_ids(case)):
        raise Refused("guard", apart.zh, apart.en)
    for role in move.by:
        units = account.roles.get(role)
        if units and (role not in UNIT_BOUND or _reaches(account, move, case)):
            return Actor(f"account:{account.pk}", role, codes.units().code(min(units)))
    raise Refused("role", f"您的角色不能“{move.zh}”这件事。", f"Your role may not “{move.en}” on this case.")


def owner_ids(case: Case) -> set[int]:
    """The units that answer for a case: its lead, its helpers and whom a whistle called."""
    return {unit_id for unit_id in (case.lead_id, *(part.unit_id for part in case.parts.all())) if unit_id}


def _reaches(account: Account, move: Move, case: Case) -> bool:
    if Role.CHECKER in move.by or case.lead_id in account.unit_ids:
        return True
    return move.kind in _HELPERS_MOVES and any(part.unit_id in account.unit_ids for part in case.parts.all())


def act(*, case: Case, steps: Sequence[Step], account: Account, extras: Sequence[Model] = ()) -> Case:
    """Moves by a person of the house: checks role and reach, then as `advance`. Raises `Refused`, `Conflict`.

    `extras` are rows that come with the moves (pictures), stored in the same transaction.
    """
    draft, before = begin(case)
    draft.extras.extend(extras)
    at = timezone.now()
    for step in steps:
        draft.add(
            step.kind, at=at, actor=actor_for(account, MOVES[step.kind], case), public=step.public, private=step.private
        )
    return finish(case, draft, before)


def act_as(*, case: Case, steps: Sequence[Step], actor: Actor, at: datetime | None = None) -> Case:
    """Moves by the resident or the system. Raises `Refused`, `Conflict`."""
    draft, before = begin(case)
    for step in steps:
        draft.add(step.kind, at=at or timezone.now(), actor=actor, public=step.public, private=step.private)
    return finish(case, draft, before)


def begin(case: Case) -> tuple[Draft, dict[str, Any]]:
    """A draft on a stored case, and the row it starts from. Texts are not read: a move that sets them says so."""
    before = {**to_row(case), "helpers": None, "parts": None, "called": None}
    return Draft(case.pk, case.number, dict(before)), before


def finish(case: Case, draft: Draft, before: dict[str, Any]) -> Case:
    """Store the drafted moves in one transaction and bring `case` up to date. Raises `Refused`, `Conflict`."""
    try:
        with transaction.atomic():
            reactions.moved([draft])
            reactions.written([draft])
            changes = store.advance(draft, before)
    except Refused as refused:
        reactions.refused(refused)
        raise
    _bring_up_to_date(case, changes)
    return case


def _bring_up_to_date(case: Case, changes: Mapping[str, Any]) -> None:
    """As stored, without reading it again: nobody else can have moved it meanwhile. What hangs on it is read anew."""
    for name, value in changes.items():
        setattr(case, name, value)
    case._state.fields_cache.clear()  # noqa: SLF001 what refresh_from_db does, without its query
    vars(case).pop("_prefetched_objects_cache", None)


def unmask(*, case: Case, account: Account, purpose: str, words: str = "") -> dict[str, Any]:
    """The person's originals, for a stated purpose, logged before they are shown. Raises `Refused`.

    A confidential case hides its person from the handling unit, whoever asks there.
    """
    if not may_unmask(case, account):
        raise Refused(
            "private",
            "这件事的当事人信息对您保密。需要联系时请通过热线转达。",
            "This person's details are closed to you. Ask the hotline to pass a message on.",
        )
    with transaction.atomic():
        AccessLog.objects.create(case=case, account=account, purpose=purpose, words=words[:200])
        return originals(case)


def may_unmask(case: Case, account: Account) -> bool:
    district_wide = account.has_role(Role.AGENT, Role.CALLER, Role.REVIEWER)
    if case.confidential:
        return district_wide
    unit_role = account.has_role(Role.HANDLER, Role.LEADER)
    own = case.lead_id in account.unit_ids and case.lead is not None and case.lead.kind != "company"
    return district_wide or (unit_role and own)


def originals(case: Case) -> dict[str, Any]:
    """What the case's private payloads hold, later ones winning. Not for showing without `unmask`."""
    found: dict[str, Any] = {}
    for payload in PrivatePayload.objects.filter(case=case).order_by("seq"):
        found.update(private.unseal(bytes(payload.sealed)))
    return found


@transaction.atomic
def load_categories(pack: Pack) -> None:
    """The pack's taxonomy: new and changed rows; rows that cases use are never removed."""
    for row in sorted(pack.categories, key=lambda row: row.code):
        Category.objects.update_or_create(
            code=row.code,
            defaults={
                "name": row.name,
                "name_en": row.name_en,
                "parent": Category.objects.filter(code=row.parent).first() if row.parent else None,
                "words": " ".join(row.words),
                "codes": row.codes,
                "urgency_default": row.urgency_default,
                "confidential_default": row.confidential_default,
            },
        )
    codes.reload()
