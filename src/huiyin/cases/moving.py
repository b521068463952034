"""Making a move from a form: who, which pictures, as one transaction.

A stage whose move has rules beyond the table (a callback, an external check) registers its own verb in
`AppConfig.ready`, so that the general form and the API are no second door around them.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from huiyin.cases.attachments import attachments, removed_unless_stored
from huiyin.cases.buttons import refused_now
from huiyin.cases.domain import act
from huiyin.cases.filling import reckoned_for
from huiyin.cases.forms import MoveForm
from huiyin.cases.models import Case
from huiyin.cases.recording import step
from huiyin.cases.seen import look
from huiyin.cases.store import Conflict
from huiyin.kernel.moves import Move, Refused
from huiyin.people.models import Account


class Verb(Protocol):
    """Makes one move: field → value as the form gave them, pictures as JPEG bytes. Raises `Refused`, `Conflict`."""

    def __call__(
        self, *, case: Case, account: Account, kind: str, values: Mapping[str, Any], pictures: list[bytes]
    ) -> Case: ...


WhyNot = Callable[[Case], Refused | None]
_verbs: dict[str, Verb] = {}
_reasons: dict[str, WhyNot] = {}


def made_by(verb: Verb, *kinds: str, why_not: WhyNot | None = None) -> None:
    """Moves of these kinds are made by `verb`, from whichever door; `why_not` says of a case, before anybody fills in
    a form, that the stage has nothing to do there.
    """
    _verbs.update(dict.fromkeys(kinds, verb))
    if why_not:
        _reasons.update(dict.fromkeys(kinds, why_not))


def refused_here(move: Move, case: Case, account: Account) -> Refused | None:
    """The table's reason why this account cannot make the move, else that of the stage whose move it is."""
    why_not = _reasons.get(move.kind)
    return refused_now(move, case, account) or (why_not(case) if why_not else None)


def perform(*, move: Move, case: Case, account: Account, form: MoveForm) -> Case:
    """Make `move` with a valid `form`. Raises `Refused`; `Conflict` when the case moved since it was shown."""
    if form.cleaned_data["seq"] != case.seq:
        raise Conflict(case.number)
    verb = _verbs.get(move.kind, record)
    if verb is not record and (refused := refused_here(move, case, account)):
        raise refused
    return verb(case=case, account=account, kind=move.kind, values=form.recorded(), pictures=form.pictures)


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
