"""What later stages do in the same transaction when cases open or move. A stage registers in `AppConfig.ready`:
imports keep pointing down, and a batch of one walks the same way as a batch of ten thousand.
"""

from collections.abc import Callable, Sequence

from huiyin.cases.draft import Draft

Reaction = Callable[[Sequence[Draft]], None]
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
