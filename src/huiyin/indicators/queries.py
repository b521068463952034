"""What the pages show: a period of an indicator unit by unit, and each unit's course."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiyin.indicators import scoring, spans
from huiyin.indicators.choices import Kind, Light
from huiyin.indicators.models import Indicator, Load, ScoringRule, Value
from huiyin.indicators.scoring import Rule
from huiyin.kernel.roles import Role
from huiyin.people.effective import in_force
from huiyin.people.models import Unit

SEE: Final = (Role.LEADER, Role.SUPERVISOR, Role.REVIEWER, Role.ANALYST, Role.ADMIN)
BRING: Final = (Role.SUPERVISOR, Role.ANALYST, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit in one period. What is not known is None; `change` is to the period before, + is more."""

    unit: Unit
    value: Decimal
    target: Decimal | None
    gap: Decimal | None
    score: Decimal | None
    light: Light | None
    rank: int
    change: Decimal | None
    load: Load
    was: Decimal | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One period of one indicator, the best unit first. `of`: how many units have a value."""

    indicator: Indicator
    start: date
    said: str
    rows: list[Standing]
    loads: list[Load]

    @property
    def of(self) -> int:
        return len(self.rows)

    @property
    def last(self) -> date:
        """Its last day: rule and targets are those of that day."""
        return spans.holding(self.indicator.cycle, self.start).end - timedelta(days=1)


def periods(indicator: Indicator) -> list[date]:
    """First days of the periods that have values, the latest first."""
    starts = indicator.values.filter(superseded_at=None).order_by("-start").values_list("start", flat=True)
    return list(dict.fromkeys(starts))


def current(indicator: Indicator) -> QuerySet[Value]:
    return indicator.values.filter(superseded_at=None).select_related("unit", "load")


def sheet(indicator: Indicator, start: date, rule: Rule | None = None) -> Sheet:
    """`rule`: another one than is in force, to see what it would do."""
    values = list(current(indicator).filter(start=start).select_related("supersedes"))
    last = spans.holding(indicator.cycle, start).end - timedelta(days=1)
    before = dict(
        current(indicator).filter(start=spans.before(indicator.cycle, start).start).values_list("unit", "value")
    )
    targets, rule = _targets(indicator, last), rule or rule_on(indicator, last)
    ranks = scoring.ranks({value.unit_id: value.value for value in values}, indicator.better)
    rows = [_standing(value, targets, rule, ranks[value.unit_id], before) for value in values]
    rows.sort(key=lambda row: (row.rank, row.unit.path))
    return Sheet(
        indicator,
        start,
        spans.said(indicator.cycle, start),
        rows,
        list({row.load.pk: row.load for row in rows}.values()),
    )


def _standing(
    value: Value, targets: dict[int | None, Decimal], rule: Rule | None, rank: int, before: dict[int, Decimal]
) -> Standing:
    target = targets.get(value.unit_id, targets.get(None))
    reached: Fraction | None = rule.score(value.value, target) if rule else None
    earlier = before.get(value.unit_id)
    return Standing(
        unit=value.unit, value=scoring.plain(value.value), target=None if target is None else scoring.plain(target),
        gap=scoring.printed(scoring.gap(value.value, target, value.indicator.better)), score=scoring.printed(reached),
        light=rule.light(reached) if rule else None, rank=rank,
        change=None if earlier is None else scoring.printed(value.value - earlier), load=value.load,
        was=scoring.plain(value.supersedes.value) if hasattr(value, "supersedes") else None,
    )  # fmt: skip


def rule_on(indicator: Indicator, day: date) -> Rule | None:
    rule = version_on(indicator, day)
    return rule.reckoned if rule else None


def version_on(indicator: Indicator, day: date) -> ScoringRule | None:
    return indicator.rules.filter(in_force(day)).first()


def _targets(indicator: Indicator, day: date) -> dict[int | None, Decimal]:
    return {target.unit_id: target.value for target in indicator.targets.filter(in_force(day))}


@dataclass(frozen=True, slots=True)
class Board:
    """Indicators of one kind side by side: each one's latest period, a line a unit."""

    kind: Kind
    sheets: list[Sheet]
    lines: list[tuple[Unit, list[Standing | None]]]


def board(kind: Kind) -> Board:
    found = [(one, periods(one)) for one in Indicator.objects.filter(kind=kind)]
    sheets = [sheet(indicator, starts[0]) for indicator, starts in found if starts]
    by_unit = [{row.unit.pk: row for row in one.rows} for one in sheets]
    return Board(kind, sheets, [(unit, [of.get(unit.pk) for of in by_unit]) for unit in _units(sheets)])


def _units(sheets: Iterable[Sheet]) -> Sequence[Unit]:
    units = {row.unit.pk: row.unit for one in sheets for row in one.rows}
    return sorted(units.values(), key=lambda unit: unit.path)


def kinds() -> list[Kind]:
    """Those that some indicator is of, in the order of the menu."""
    used = set(Indicator.objects.values_list("kind", flat=True))
    return [kind for kind in Kind if kind in used]


def course(indicator: Indicator, unit: Unit | None, most: int = 24) -> dict[str, object]:
    """For the chart: the unit beside the mean of all that have a value; None is a gap."""
    starts = sorted(periods(indicator)[:most])
    values = list(current(indicator).filter(start__in=starts).values_list("start", "unit", "value"))
    means = [_mean([value for at, _of, value in values if at == start]) for start in starts]
    series: list[dict[str, object]] = [{"name": _("mean of all units"), "data": means, "soft": True}]
    if unit:
        own = {at: float(value) for at, of, value in values if of == unit.pk}
        series.append({"name": str(unit), "data": [own.get(start) for start in starts]})
    return {"kind": "line", "x": [spans.said(indicator.cycle, start) for start in starts], "series": series}


def _mean(values: Sequence[Decimal]) -> float | None:
    return float(scoring.printed(sum(values, Decimal(0)) / len(values)) or 0) if values else None


def corrections(indicator: Indicator) -> QuerySet[Value]:
    """What was superseded, by which file, the latest first."""
    replaced = indicator.values.filter(superseded_by__isnull=False)
    return replaced.select_related("unit", "load", "superseded_by__load").order_by("-superseded_at", "pk")
