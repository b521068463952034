"""Opinions that came on paper or at a door: a batch is all of its lines or none."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from django.db import transaction

from huiyin.townhall import domain
from huiyin.townhall.choices import Via
from huiyin.townhall.models import Meeting, Question

MOST_LINES = 300
VIAS = (Via.PAPER, Via.VISIT, Via.GRID)


@transaction.atomic
def take(meeting: Meeting, *, via: Via, lines: Sequence[str], press: str) -> list[Question]:
    """Each line a question of the meeting, in order. The same press with the same lines again adds nothing.

    Raises ValueError with a line that has no words. `press`: 16 letters and digits of one form.
    """
    return [
        domain.ask(meeting, text=line, press=line_press, via=via)
        for line, line_press in zip(lines, _presses(lines, press), strict=True)
    ]


def _presses(lines: Sequence[str], press: str) -> Iterator[str]:
    """By what a line says, and the how-manieth that says it: two people may say the same, one press does not."""
    times: Counter[str] = Counter()
    for line in lines:
        times[line] += 1
        digest = hashlib.sha256(f"{times[line]} {line}".encode()).hexdigest()
        yield f"{press}-{digest[:15]}"
