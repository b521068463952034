"""Panels that later stages add to the case page. A stage registers in `AppConfig.ready`: imports keep pointing down."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from huiyin.cases.models import Case, Event


class Panel(NamedTuple):
    """A template, and what it is drawn with."""

    template: str
    context: dict[str, Any]


Maker = Callable[[Case, Sequence[Event]], Panel | None]
_makers: list[Maker] = []


def on_case_page(maker: Maker) -> Maker:
    """`maker` gets the case and its events in order; None where it has nothing to say."""
    if maker not in _makers:
        _makers.append(maker)
    return maker


def panels(case: Case, events: Sequence[Event]) -> Iterator[Panel]:
    for maker in _makers:
        if panel := maker(case, events):
            yield panel
