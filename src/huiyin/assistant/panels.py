"""A summary is offered on the page of a case that is long to read."""

from collections.abc import Sequence
from typing import Final

from huiyin.assistant.endpoint import configured
from huiyin.assistant.queries import stays_inside, words_of
from huiyin.cases.models import Case, Event
from huiyin.cases.panels import Panel

_LONG: Final = 500  # characters


def long_story(case: Case, events: Sequence[Event]) -> Panel | None:
    if not configured() or stays_inside(case) or sum(map(len, words_of(case, events))) < _LONG:
        return None
    return Panel("assistant/_summary.html", {"case": case})
