"""Who was given cases like this one: the second opinion beside the catalogue, with the cases it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.alike.queries import Alike, alike
from huiyin.cases.models import Case
from huiyin.people.models import Unit

_LOOKED_AT = 20
_SHOWN = 3
# From here on two texts tell the same matter at the same place (docs/language/similar.md).
_CLEARLY = 0.25


@dataclass(frozen=True, slots=True)
class PastUnit:
    """A unit that leads cases alike; `share` (0..1) of their likeness is its own. `cases` are the likeliest."""

    unit: Unit
    share: float
    cases: Sequence[Alike]
    answered: int
    solved: int

    @property
    def percent(self) -> int:
        return round(100 * self.share)


def past_of(case: Case) -> list[PastUnit]:
    """For a case that waits: the units that lead its like, the likeliest first."""
    others = Case.objects.exclude(pk=case.pk)
    dispatched = others.filter(lead__isnull=False)
    return past_units(alike(case.told, case.place or None, case.created_at, among=dispatched, k=_LOOKED_AT))


def past_units(found: Sequence[Alike]) -> list[PastUnit]:
    """Of cases alike the units that lead them, each with what speaks for it; cases hardly alike say nothing."""
    clear = [one for one in found if one.score >= _CLEARLY and one.case.lead]
    total = sum(one.score for one in clear)
    by_unit: dict[Unit, list[Alike]] = {}
    for one in clear:
        by_unit.setdefault(one.case.lead, []).append(one)  # type: ignore[arg-type]  # filtered above
    units = [
        PastUnit(
            unit,
            sum(one.score for one in cases) / total,
            cases[:_SHOWN],
            sum(one.case.replied_at is not None for one in cases),
            sum(one.case.solved is True for one in cases),
        )
        for unit, cases in by_unit.items()
    ]
    return sorted(units, key=lambda one: (-one.share, one.unit.code))


def similar_to(text: str, place: str, at: datetime) -> list[Alike]:
    """The ten likeliest of all cases, for a text that is none yet."""
    return alike(text, place or None, at)
