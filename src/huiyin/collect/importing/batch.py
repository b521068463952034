"""A few thousand checked rows → cases, in one transaction with the run's progress: all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, OperationalError, transaction
from django.db.models import F
from psycopg import errors

from huiyin.cases.domain import open_cases
from huiyin.cases.draft import Draft
from huiyin.cases.models import Case
from huiyin.collect.domain import compose_many
from huiyin.collect.importing.maps import History
from huiyin.collect.importing.past import SOURCE, replay
from huiyin.collect.importing.rows import Incoming
from huiyin.collect.models import ImportRun

# Another import of the same file may be faster for a batch; then its rows are known and the next try skips them.
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Order:
    """What holds for every batch of a run."""

    run: int
    source: str
    last_resort: History
    assign: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a batch. `waiting`: rows whose past could not be written."""

    rows: int
    created: int
    known: int
    refused: int
    waiting: tuple[int, ...] = ()


def store(order: Order, batch: Sequence[Incoming], refused: int) -> Stored:
    """Safe to repeat and safe beside another import of the same rows."""
    for _ in range(_TRIES - 1):
        try:
            return _store(order, batch, refused)
        except (IntegrityError, OperationalError) as error:
            if not _somebody_was_faster(error):
                raise
    return _store(order, batch, refused)


def known_ids(source: str, batch: Sequence[Incoming]) -> set[str]:
    ids = [row.message.source_id for row in batch]
    found = Case.objects.filter(source=source, source_id__in=ids).values_list("source_id", flat=True)
    return set(filter(None, found))


@transaction.atomic
def _store(order: Order, batch: Sequence[Incoming], refused: int) -> Stored:
    known = known_ids(order.source, batch)
    fresh = [row for row in batch if row.message.source_id not in known]
    waiting = _open(order, fresh) if fresh else []
    stored = Stored(len(batch) + refused, len(fresh), len(known), refused, tuple(waiting))
    advance(order.run, stored)
    return stored


def _open(order: Order, fresh: Sequence[Incoming]) -> list[int]:
    drafts = compose_many([(row.message, row.at) for row in fresh], actor=SOURCE)
    rows = {draft.id: row for draft, row in zip(drafts, fresh, strict=True)}
    waiting: list[int] = []
    for draft, row in zip(drafts, fresh, strict=True):
        draft.auto_dispatch, draft.lead_hint = order.assign, row.lead

    def then(draft: Draft) -> None:
        row = rows[draft.id]
        if row.past and not replay(draft, row.past, order.last_resort):
            waiting.append(row.row)

    open_cases(drafts, then=then)
    return waiting


def advance(run: int, stored: Stored) -> None:
    """Last in the transaction: the row of the run is locked only while it commits."""
    ImportRun.objects.filter(pk=run).update(
        done=F("done") + stored.rows,
        created=F("created") + stored.created,
        known=F("known") + stored.known,
        refused=F("refused") + stored.refused,
    )


def _somebody_was_faster(error: Exception) -> bool:
    cause = error.__cause__
    if isinstance(cause, errors.UniqueViolation):
        return cause.diag.constraint_name == "cases_once_a_source"
    return isinstance(cause, errors.DeadlockDetected)
