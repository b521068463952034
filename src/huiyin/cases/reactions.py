"""What later stages do in the same transaction when cases open or move. A stage registers in `AppConfig.ready`:
imports keep pointing down, and a batch of one walks the same way as a batch of ten thousand.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from huiyin.cases.draft import Draft
from huiyin.kernel.fold import Row


class Due(NamedTuple):
    """A date with the reckoning that led to it, line by line."""

    at: datetime
    trace: tuple[str, ...]


Reaction = Callable[[Sequence[Draft]], None]
DueRule = Callable[[Row, datetime], Due | None]
_due_rules: list[DueRule] = []
_opened: list[Reaction] = []
_moved: list[Reaction] = []


def on_opened(reaction: Reaction) -> Reaction:
    """`reaction` may add moves and extras to the drafts before they are stored."""
    if reaction not in _opened:
        _opened.append(reaction)
    return reaction


def on_moved(reaction: Reaction) -> Reaction:
    """`reaction` may add moves and extras; `draft.entries` holds only what is new."""
    if reaction not in _moved:
        _moved.append(reaction)
    return reaction


def opened(drafts: Sequence[Draft]) -> None:
    for reaction in _opened:
        reaction(drafts)


def moved(drafts: Sequence[Draft]) -> None:
    for reaction in _moved:
        reaction(drafts)


def on_due(rule: DueRule) -> DueRule:
    """`rule` says when a case that starts anew must be answered; None where it does not know."""
    if rule not in _due_rules:
        _due_rules.append(rule)
    return rule


def due_again(row: Row, start: datetime) -> Due | None:
    """The due date of another round that starts at `start`, by the rules of the stage that assigns."""
    answers = (rule(row, start) for rule in _due_rules)
    return next((found for found in answers if found), None)
