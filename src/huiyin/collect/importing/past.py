"""What happened to a request before it was imported, written as the moves it was, at the times it was."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from huiyin.cases.draft import Actor, Draft
from huiyin.collect.importing.maps import History
from huiyin.kernel.chain import stamp
from huiyin.kernel.roles import Role
from huiyin.language.mask import mask

# What another system recorded is taken as it stands.
SOURCE = Actor("import", Role.SYSTEM)
TIMES = ("accepted_at", "first_contact_at", "replied_at", "closed_at", "evaluated_at")
_BASIS = "来源系统已办理"
_NO_REPLY = "（来源系统没有给出答复内容）"
_NO_CONTACT = "（来源系统没有记录）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    due_at: datetime | None = None
    accepted_at: datetime | None = None
    first_contact_at: datetime | None = None
    reply: str = ""
    result: str = ""
    replied_at: datetime | None = None
    closed_at: datetime | None = None
    evaluated_at: datetime | None = None
    contacted: bool | None = None
    solved: bool | None = None
    satisfaction: str | None = None
    valid_callback: bool | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Past | None":
        """None for a request that nobody has worked on."""
        found = cls(
            **{field.name: values[field.name] for field in fields(cls) if values.get(field.name) not in (None, "")}
        )
        return found if found.accepted_at or found.answered else None

    @property
    def answered(self) -> bool:
        return bool(self.reply or self.replied_at or self.closed_at)


def replay(draft: Draft, past: Past, last_resort: History) -> bool:
    """Draft the moves that the past was. False, and nothing drafted, where no category or unit is known."""
    if draft.row["state"] in ("received", "registered") and not _dispatch(draft, past, last_resort):
        return False
    _add(draft, "accept", past.accepted_at)
    if past.answered:
        _answer(draft, past)
        _evaluate(draft, past)
    return True


def _dispatch(draft: Draft, past: Past, last_resort: History) -> bool:
    row = draft.row
    lead, category = draft.lead_hint or last_resort.lead, row["category"] or last_resort.category
    if not lead or not category:
        return False
    if row["state"] == "received":
        named = {"kind": row["kind"] or "help", "category": category, "urgency": row["urgency"]}
        _add(draft, "register", None, **named)
    start = draft.entries[-1].event.at
    due_at = max(past.due_at or start + timedelta(days=last_resort.due_days), start)
    _add(draft, "dispatch", None, lead=lead, due_at=stamp(due_at), basis=_BASIS, reason=_BASIS)
    return True


def _answer(draft: Draft, past: Past) -> None:
    replied_at = past.replied_at or past.closed_at
    _add(draft, "first_contact", past.first_contact_at or replied_at, result=_NO_CONTACT)
    reply, result = mask(past.reply).text, mask(past.result).text
    _add(draft, "submit", replied_at, text=reply or result or _NO_REPLY, action=result or _BASIS)
    _add(draft, "approve", past.closed_at)


def _evaluate(draft: Draft, past: Past) -> None:
    """The verdict, where the file gives the whole of it; an unsolved one waits for a reviewer."""
    verdict = {"contacted": past.contacted, "solved": past.solved, "satisfaction": past.satisfaction}
    if past.valid_callback is False:
        _add(draft, "close_unreached", past.evaluated_at, reason="来源系统记为无效回访")
    elif None not in verdict.values():
        _add(draft, "evaluate", past.evaluated_at, **verdict, means="import")
    else:
        return
    if draft.row["solved"] is not False:
        _add(draft, "archive", None)


def _add(draft: Draft, kind: str, at: datetime | None, /, **public: Any) -> None:
    """At its own time, never before the move it follows."""
    last = draft.entries[-1].event.at
    draft.add(kind, at=max(at, last) if at else last, actor=SOURCE, public=public)
