"""One move on many cases: first what would happen to each, then each in its own transaction, with what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from huiyin.cases.buttons import refused_now
from huiyin.cases.forms import MoveForm, move_form
from huiyin.cases.labels import say
from huiyin.cases.models import Case
from huiyin.cases.moving import perform
from huiyin.cases.store import Conflict
from huiyin.kernel.effects import SAME
from huiyin.kernel.moves import MOVES, Refused
from huiyin.kernel.states import STATES
from huiyin.people.models import Account

# Not the first contact: one text for many people would say that each was talked to.
KINDS = ("accept", "reassign", "note")


@dataclass(frozen=True, slots=True)
class Line:
    """One case: its state afterwards in words, or why not; after doing it, the same."""

    case: Case
    after: str = ""
    why_not: str = ""


def preview(*, cases: Iterable[Case], kind: str, account: Account) -> list[Line]:
    """What the move would do to each. Writes nothing."""
    move = MOVES[kind]
    lines = []
    for case in cases:
        refused = refused_now(move, case, account)
        lines.append(Line(case, why_not=say(refused)) if refused else Line(case, after=_after(case, kind)))
    return lines


def form_for(lines: Iterable[Line], kind: str, account: Account, data: QueryDict | None = None) -> MoveForm | None:
    """What is asked once for all, by the first case that can be moved; None where none can."""
    first = next((line.case for line in lines if not line.why_not), None)
    return _form(first, kind, account, data, first.seq) if first else None


def do(*, cases: Iterable[tuple[Case, int]], kind: str, account: Account, data: QueryDict) -> list[Line]:
    """Each (case, version that was looked at) by itself: one that cannot be moved does not hold up the others."""
    return [_do(case, seq, kind, account, data) for case, seq in cases]


def _do(case: Case, seq: int, kind: str, account: Account, data: QueryDict) -> Line:
    form = _form(case, kind, account, data, seq)
    if not form.is_valid():
        return Line(case, why_not=" ".join(str(error) for errors in form.errors.values() for error in errors))
    try:
        perform(move=MOVES[kind], case=case, account=account, form=form)
    except Conflict:
        return Line(case, why_not=_("Somebody was faster: look again."))
    except Refused as refused:
        return Line(case, why_not=say(refused))
    return Line(case, after=case.state_label)


def _form(case: Case, kind: str, account: Account, data: QueryDict | None, seq: int) -> MoveForm:
    if data is None:
        return move_form(MOVES[kind], case, account)
    sent: Any = data.copy()
    sent["seq"] = str(seq)
    return move_form(MOVES[kind], case, account, sent)


def _after(case: Case, kind: str) -> str:
    target = MOVES[kind].target
    return case.state_label if target == SAME else say(STATES[target])
