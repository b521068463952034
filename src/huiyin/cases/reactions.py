"""What later stages do in the same transaction when cases open or move. A stage registers in `AppConfig.ready`:
imports keep pointing down, and a batch of one walks the same way as a batch of ten thousand.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from huiyin.cases.draft import Draft
from huiyin.kernel.fold import Row
from huiyin.kernel.moves import Refused


class Due(NamedTuple):
    """A date with the reckoning that led to it, line by line."""

    at: datetime
    trace: tuple[str, ...]


Reaction = Callable[[Sequence[Draft]], None]
DueRule = Callable[[Row, datetime], Due | None]
StepRule = Callable[[Row, datetime, str], Due | None]
_step_rules: list[StepRule] = []
_due_rules: list[DueRule] = []
_opened: list[Reaction] = []
_moved: list[Reaction] = []
_written: list[Reaction] = []
_refused: list[Callable[[Refused], None]] = []


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


def on_written(reaction: Reaction) -> Reaction:
    """`reaction` keeps rows of its own beside the events (a projection): it may add extras, no moves any more."""
    if reaction not in _written:
        _written.append(reaction)
    return reaction


def written(drafts: Sequence[Draft]) -> None:
    for reaction in _written:
        reaction(drafts)


def on_refused(reaction: Callable[[Refused], None]) -> Callable[[Refused], None]:
    """`reaction` is told why a move was refused while it was stored, after its transaction is gone."""
    if reaction not in _refused:
        _refused.append(reaction)
    return reaction


def refused(reason: Refused) -> None:
    for reaction in _refused:
        reaction(reason)


def on_due(rule: DueRule) -> DueRule:
    """`rule` says when a case that starts anew must be answered; None where it does not know."""
    if rule not in _due_rules:
        _due_rules.append(rule)
    return rule


def due_again(row: Row, start: datetime) -> Due | None:
    """The due date of another round that starts at `start`, by the rules of the stage that assigns."""
    answers = (rule(row, start) for rule in _due_rules)
    return next((found for found in answers if found), None)


def on_step(rule: StepRule) -> StepRule:
    """`rule` says when one step of a case (`report_in`, `review`…) must be done; None where it does not know."""
    if rule not in _step_rules:
        _step_rules.append(rule)
    return rule


def due_of_step(row: Row, start: datetime, step: str) -> Due | None:
    """When `step`, begun at `start`, must be done, by the rules of the stage that assigns."""
    answers = (rule(row, start, step) for rule in _step_rules)
    return next((found for found in answers if found), None)
