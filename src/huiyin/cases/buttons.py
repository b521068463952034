"""The buttons of a case: every move of the table that an account may make now, most likely first."""

from dataclasses import dataclass

from django.utils import timezone

from huiyin.cases.domain import actor_for
from huiyin.cases.draft import why_not
from huiyin.cases.forms import asked
from huiyin.cases.labels import say
from huiyin.cases.models import Case
from huiyin.cases.projection import to_row
from huiyin.kernel.moves import Move, Refused, moves_from
from huiyin.people.models import Account

KEYS = {
    "accept": "a", "approve": "p", "first_contact": "c", "submit": "r", "send_back": "b", "object": "o",
    "ask_extension": "e", "whistle": "w", "draft_whistle": "h", "answer_whistle": "a", "report_in": "r",
    "note": "m", "correct": "x", "redispatch": "d", "extend": "y", "evaluate": "v",
}  # fmt: skip
# The usual way forward comes first; the rest keeps the table's order.
_FORWARD = (
    "accept",
    "approve",
    "submit",
    "first_contact",
    "send_back",
    "help",
    "object",
    "redispatch",
    "extend",
    "evaluate",
)
# Made where its parent, unit and date are at hand, or where it was drawn; never typed here.
_ELSEWHERE = frozenset({"merge", "verify", "call_again"})
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Button:
    """`at_once`: one press is enough; else the button opens a form."""

    kind: str
    label: str
    key: str
    at_once: bool


def buttons(case: Case, account: Account) -> list[Button]:
    usual = {kind: place for place, kind in enumerate(_FORWARD)}
    here = (move for move in moves_from(case.state) if move.kind not in _ELSEWHERE)
    possible = (move for move in here if refused_now(move, case, account) is None)
    return [_button(move) for move in sorted(possible, key=lambda move: usual.get(move.kind, len(usual)))]


def refused_now(move: Move, case: Case, account: Account) -> Refused | None:
    """Why this account cannot make the move, whatever it would write; None when it can."""
    try:
        actor = actor_for(account, move, case)
    except Refused as refused:
        return refused
    return why_not(to_row(case), move.kind, actor, timezone.now())


def _button(move: Move) -> Button:
    return Button(move.kind, say(move), KEYS.get(move.kind, ""), at_once(move))


def at_once(move: Move) -> bool:
    """Nothing to say: a note without words, say, would be pointless, an acceptance is not."""
    return not move.needs and "text" not in asked(move)


def in_two(found: list[Button]) -> tuple[list[Button], list[Button]]:
    """Those beside one another, and those behind "more"."""
    return found[:_SHOWN], found[_SHOWN:]
