"""The only writer of cases and events. COPY for both: a batch of one walks the same way as ten thousand."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import orjson
from django.db import connection, transaction
from django.db.models import Model

from huiyin.cases import codes
from huiyin.cases.draft import Draft
from huiyin.cases.models import Case, CasePart, CaseText, PrivatePayload, Receipt
from huiyin.cases.projection import NAMES, to_changes, to_values
from huiyin.cases.terms import vector
from huiyin.kernel.fold import Row

_CASE = ("id", "number", "phone_index", *NAMES)
_EVENT = ("case_id", "seq", "kind", "at", "actor", "role", "unit", "public", "private_digest", "prev", "hash")
_PART = ("case_id", "unit_id", "part", "due_at")


class Conflict(Exception):  # noqa: N818 somebody else was faster: an answer, not a fault
    """Another hand moved this case between reading and writing; nothing was written."""


def reserve(count: int) -> list[int]:
    """Ids for new cases, from the table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_case_id_seq') FROM generate_series(1, %s)", [count])
        return [row[0] for row in cursor.fetchall()]


def _copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    # Before the COPY begins: a code not in memory is looked up on this very connection, which would wait for ever.
    ready = list(rows)
    with (
        connection.wrap_database_errors,  # Django's own wrapper ends before a COPY does
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy,  # identifiers are ours, never input
    ):
        for row in ready:
            copy.write_row(row)


def insert(drafts: Sequence[Draft]) -> None:
    """Store new cases with all that was drafted. The caller holds the transaction."""
    _copy("cases_case", _CASE, ((d.id, d.number, d.phone_index, *to_values(d.row)) for d in drafts))
    _copy("cases_casetext", ("case_id", "text", "reply", "terms"), map(_text, drafts))
    _write_events(drafts)
    receipts = [(draft.id, draft.secret_digest) for draft in drafts if draft.secret_digest]
    if receipts:
        _copy("cases_receipt", ("case_id", "secret_digest"), receipts)
    parts = [part for draft in drafts for part in _parts(draft)]
    if parts:
        _copy("cases_casepart", _PART, parts)
    _write_extras(drafts)


def advance(draft: Draft, before: Row) -> dict[str, Any]:
    """Store what was drafted on a case that stands; `seq` decides who was first. Raises `Conflict`.

    The columns of the case that changed, with their new values.
    """
    changes = to_changes(before, draft.row)
    if Case.objects.filter(pk=draft.id, seq=before["seq"]).update(**changes) != 1:
        raise Conflict(draft.number)
    _write_events([draft])
    if draft.row["reply"] != before["reply"]:
        CaseText.objects.filter(pk=draft.id).update(reply=draft.row["reply"])
    if draft.row["helpers"] is not None:
        CasePart.objects.filter(case_id=draft.id).delete()
    parts = [CasePart(**dict(zip(_PART, part, strict=True))) for part in _parts(draft)]
    CasePart.objects.bulk_create(parts, ignore_conflicts=True)
    _write_extras([draft])
    return changes


def _parts(draft: Draft) -> list[tuple[int, int | None, str, datetime | None]]:
    """Who else works on it, as `_PART`: helpers, each with its part and date, and the units a whistle called."""
    told = {part["unit"]: part for part in draft.row["parts"] or ()}
    units = dict.fromkeys((*(draft.row["helpers"] or ()), *(draft.row["called"] or ())))
    return [
        (
            draft.id,
            codes.units().id(code),
            told.get(code, {}).get("part", ""),
            _moment(told.get(code, {}).get("due_at")),
        )
        for code in units
    ]


def _moment(stamped: str | None) -> datetime | None:
    return datetime.fromisoformat(stamped) if stamped else None


def _text(draft: Draft) -> tuple[int, str, str, str]:
    row = draft.row
    return draft.id, row["text"], row["reply"], vector(title=row["title"], text=row["text"], place=row["place"])


def _write_events(drafts: Sequence[Draft]) -> None:
    _copy("cases_event", _EVENT, (_event_values(draft.id, entry) for draft in drafts for entry in draft.entries))
    sealed = [(draft.id, *item) for draft in drafts for item in draft.sealed]
    if sealed:
        _copy("cases_privatepayload", ("case_id", "seq", "salt", "sealed"), sealed)


def _event_values(case_id: int, entry: Any) -> tuple[Any, ...]:
    event, digest = entry
    public = orjson.dumps(event.public).decode()
    return (
        case_id, event.seq, event.kind, event.at, event.actor, event.role, event.unit, public,
        event.private_digest, event.prev, digest,
    )  # fmt: skip


def _write_extras(drafts: Sequence[Draft]) -> None:
    by_model: dict[type[Model], list[Model]] = {}
    for draft in drafts:
        for extra in draft.extras:
            by_model.setdefault(type(extra), []).append(extra)
    for model, rows in by_model.items():
        if all(row.pk for row in rows):  # nothing has to come back from the database
            fields = model._meta.local_concrete_fields
            _copy(model._meta.db_table, [str(field.column) for field in fields], (_saved(row) for row in rows))
        else:
            model._default_manager.bulk_create(rows, batch_size=5000)


def _saved(row: Model) -> list[Any]:
    fields = row._meta.local_concrete_fields
    return [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]


def erase_private(ids: Sequence[int]) -> None:
    """Erase whatever names a person from these cases, in one transaction; their events stay untouched."""
    cases = Case.objects.filter(pk__in=ids)
    with transaction.atomic():
        PrivatePayload.objects.filter(case_id__in=ids).delete()
        Receipt.objects.filter(case_id__in=ids).delete()
        cases.update(person="", phone="", phone_index="")
        confidential = cases.filter(confidential=True)
        CaseText.objects.filter(case__in=confidential).update(text="", terms="")
        confidential.update(title="", place="", lat_e3=None, lon_e3=None)
