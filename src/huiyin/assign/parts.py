"""Who else owes what by when: the parts of a case that several units answer for together."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from huiyin.kernel.chain import stamp
from huiyin.kernel.moves import Refused
from huiyin.language.mask import mask

_DAY = timedelta(days=1)


class Part(NamedTuple):
    """What a helping unit (its code) does, and by when; None: as usual."""

    unit: str
    part: str = ""
    due_at: datetime | None = None


def usual_due(start: datetime, due_at: datetime) -> datetime:
    """A day before the lead must answer, or a quarter of its time where that is less: it has to join the results."""
    return due_at - min(_DAY, max(due_at - start, timedelta()) / 4)


def recorded(
    helpers: Iterable[str], parts: Sequence[Part], *, start: datetime, due_at: datetime
) -> list[dict[str, Any]]:
    """The parts of the helping units as a move records them, one each. Raises `Refused` for a date that cannot be.

    A date that lies behind is possible only where the lead's does too: the clock of the case is never reset.
    """
    given = {part.unit: part for part in parts}
    usual = usual_due(start, due_at)
    told = [given.get(code, Part(code)) for code in helpers]
    for part in told:
        if part.due_at and not min(start, due_at) < part.due_at <= due_at:
            raise Refused(
                "parts",
                "协办单位的时限要晚于现在、不晚于主办单位的期限：请改协办日期。",
                "A helping unit's date lies ahead and not after the lead's: change that date.",
            )
    return [
        {
            "unit": part.unit,
            "part": mask(part.part).text,
            "due_at": stamp(part.due_at or usual),
        }
        for part in told
    ]
