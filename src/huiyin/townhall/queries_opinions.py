"""A batch of opinions as it was taken, and which of them were there already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.db.models import QuerySet

from huiyin.language.similar import SimilarIndex
from huiyin.townhall.choices import State
from huiyin.townhall.likeness import ALIKE, printed
from huiyin.townhall.models import Meeting, Question

_COMPARED = 1000


@dataclass(frozen=True, slots=True)
class Taken:
    """An opinion, and the earlier one of the meeting that says the same, if any."""

    question: Question
    like: Question | None


def opinions(meeting: Meeting) -> QuerySet[Question]:
    """All that was said to the meeting and may stand, whenever it came: refused ones do not."""
    return meeting.questions.exclude(state=State.REFUSED)


def taken(meeting: Meeting, press: str) -> list[Taken]:
    """What one press of the form brought, each beside the likest of what was there before it (the newest 1,000)."""
    batch = list(opinions(meeting).filter(press__startswith=f"{press}-").order_by("pk")) if press else []
    if not batch:
        return []
    earlier = opinions(meeting).filter(pk__lt=batch[-1].pk).order_by("-pk")[:_COMPARED]
    return _compared(batch, {one.pk: one for one in (*earlier, *batch)}, meeting.venue)


def _compared(batch: Sequence[Question], known: Mapping[int, Question], venue: str) -> list[Taken]:
    """Each line joins the index after it was compared: the lines above count as earlier."""
    fresh = {one.pk for one in batch}
    index = SimilarIndex()
    _add(index, [one for pk, one in known.items() if pk not in fresh], venue)
    found = []
    for one in batch:
        best = index.query(one.text, venue, k=1)
        found.append(Taken(one, known[cast("int", best[0].id)] if best and best[0].score >= ALIKE else None))
        _add(index, [one], venue)
    return found


def _add(index: SimilarIndex, questions: Sequence[Question], venue: str) -> None:
    prints = [printed(one.text, venue) for one in questions]
    index.add_fingerprints([one.pk for one in questions], prints, [None] * len(questions))
