"""What a figure needs that is no fact of a case: the weights of the score, the residents, the units' names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from huiyin.kernel.measures import MEASURES, ScoreWeights, score
from huiyin.kernel.periods import Period
from huiyin.people.kept import kept
from huiyin.people.models import Area, units
from huiyin.review import periods
from huiyin.review.models import ScoreRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from huiyin.kernel.measures import Measure
    from huiyin.review.models import Freeze

DEFAULT: Final = ScoreWeights()


@dataclass(frozen=True, slots=True)
class Beside:
    """`residents`: of each unit's areas by its id. `names`: of a cut-off, as the units were called then."""

    weights: ScoreWeights
    residents: Mapping[int, int]
    district: int
    names: Mapping[int, str]

    @property
    def measures(self) -> Mapping[str, Measure]:
        return measures(self.weights)


@lru_cache(maxsize=16)
def measures(weights: ScoreWeights) -> Mapping[str, Measure]:
    """All measures, the score with these weights."""
    return {**MEASURES, "score": score(weights)}


def rule_on(day: date) -> ScoreRule | None:
    """The rule whose weights hold on that day; without one they are the usual 10 / 40 / 50."""
    rules: Iterable[ScoreRule] = kept(ScoreRule).rows().values()  # type: ignore[assignment]
    return next((one for one in rules if one.valid_from <= day and (not one.valid_to or day < one.valid_to)), None)


def weights_of(period: Period) -> ScoreWeights:
    """In force on the period's last day."""
    rule = rule_on(periods.last_day(period))
    return rule.weights if rule else DEFAULT


def of(period: Period) -> Beside:
    """As it stands now."""
    areas: list[Area] = list(kept(Area).rows().values())  # type: ignore[arg-type]
    return Beside(weights_of(period), _residents(areas), sum(_top(area) for area in areas), {})


def of_freeze(frozen: Freeze) -> Beside:
    """As the cut-off kept it; an old one, that kept nothing beside its facts, as it stands now."""
    told: Mapping[str, Any] = frozen.beside
    if not told:
        return of(period_of(frozen))
    numbers, names = ({int(pk): value for pk, value in told[name].items()} for name in ("residents", "names"))
    return Beside(ScoreWeights(*told["weights"]), numbers, told["district"], names)


def told(period: Period, before: Period) -> dict[str, Any]:
    """For a cut-off to keep, as JSON."""
    now = of(period)
    return {
        "weights": [now.weights.response, now.weights.satisfaction, now.weights.resolution],
        "residents": dict(now.residents),
        "district": now.district,
        "names": {pk: unit.name for pk, unit in units().items()},
        "before": [before.start.isoformat(), before.end.isoformat(), before.label],
        "kind": period.kind,
    }


def period_of(frozen: Freeze) -> Period:
    """The period of a cut-off with the ends it had then."""
    start, end = (at.astimezone(periods.zone()) for at in (frozen.starts_at, frozen.ends_at))
    return Period(start, end, frozen.label, frozen.beside.get("kind") or periods.read(frozen.label).kind)


def compared(frozen: Freeze) -> Period:
    """What its figures are compared with, as it was fixed then."""
    if not frozen.beside:
        return periods.compared(period_of(frozen), frozen.as_of)
    start, end, label = frozen.beside["before"]
    first, last = (datetime.fromisoformat(at).astimezone(periods.zone()) for at in (start, end))
    return Period(first, last, label, periods.read(label).kind)


def _residents(areas: Iterable[Area]) -> dict[int, int]:
    """An area inside another one of the same unit is counted with it."""
    of_unit = {area.pk: area.unit_id for area in areas}
    found: dict[int, int] = {}
    for area in areas:
        if area.population and of_unit.get(area.parent_id or 0) != area.unit_id:
            found[area.unit_id] = found.get(area.unit_id, 0) + area.population
    return found


def _top(area: Area) -> int:
    return 0 if area.parent_id else area.population or 0
