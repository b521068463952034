"""Making a move from a form: who, which pictures, as one transaction."""

from collections.abc import Mapping
from typing import Any

from huiyin.cases.attachments import attachments, removed_unless_stored
from huiyin.cases.domain import act
from huiyin.cases.filling import reckoned_for
from huiyin.cases.forms import MoveForm
from huiyin.cases.models import Case
from huiyin.cases.recording import step
from huiyin.cases.seen import look
from huiyin.cases.store import Conflict
from huiyin.kernel.moves import Move
from huiyin.people.models import Account


def perform(*, move: Move, case: Case, account: Account, form: MoveForm) -> Case:
    """Make `move` with a valid `form`. Raises `Refused`; `Conflict` when the case moved since it was shown."""
    if form.cleaned_data["seq"] != case.seq:
        raise Conflict(case.number)
    return record(case=case, account=account, kind=move.kind, values=form.recorded(), pictures=form.pictures)


def record(
    *, case: Case, account: Account, kind: str, values: Mapping[str, Any], pictures: list[bytes] | None = None
) -> Case:
    """One move of the table with its texts masked and its pictures (JPEG bytes). Raises `Refused`, `Conflict`."""
    rows = attachments(case.pk, pictures or (), by=f"account:{account.pk}")
    shown = {**values, **reckoned_for(kind, case, values), "attachments": [row.sha256 for row in rows]}
    with removed_unless_stored(rows):
        moved = act(case=case, steps=[step(kind, shown)], account=account, extras=rows)
    look(account, moved)
    return moved
