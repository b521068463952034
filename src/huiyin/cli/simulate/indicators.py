"""Invented numbers from elsewhere: air every half month, waste and road dust every month, the economy every quarter."""

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from random import Random
from typing import Final, NamedTuple

from django.utils import timezone

from huiyin.indicators import domain, spans
from huiyin.indicators.models import Indicator
from huiyin.people.models import Account, Unit

_BACK: Final = {"half": 12, "month": 8, "quarter": 4}
_LATE: Final = timedelta(days=3)


class _Told(NamedTuple):
    code: str
    name: str
    name_en: str
    kind: str
    measured_in: str
    better: str
    cycle: str
    source: str
    caveat: str
    middle: int
    spread: int
    target: int
    points: list[list[str]]
    basis: str = "value"


_TOLD: Final = (
    _Told("pm25", "PM2.5浓度", "PM2.5", "air", "µg/m³", "down", "half", "沐河区生态环境局《空气质量半月报》（演示）",
          "随天气和采暖季起伏，和去年同期比更公平。", 31, 5, 30, [["25", "100"], ["45", "40"], ["75", "0"]]),
    _Told("tsp", "TSP浓度", "TSP", "air", "µg/m³", "down", "half", "沐河区生态环境局《空气质量半月报》（演示）",
          "大风天和集中开工时偏高。", 92, 18, 90, [["60", "100"], ["160", "0"]]),
    _Told("waste", "垃圾分类点位合格率", "Waste points in order", "waste", "%", "up", "month",
          "沐河区城管委分类检查（演示）", "每月抽查的点位不同。", 88, 6, 90, [["60", "0"], ["95", "100"]]),
    _Told("dust", "道路积尘", "Road dust", "environment", "g/m²", "down", "month", "首都环境考评式计分（演示）",
          "x≤10得100分，70以上得0分，其间按直线。", 24, 9, 20, [["10", "100"], ["70", "0"]]),
    _Told("investment", "固定资产投资", "Fixed investment", "economy", "亿元", "up", "quarter",
          "沐河区统计局季度快报（演示）", "季度累计数，受开工早晚影响。", 12, 4, 12, [["60", "0"], ["100", "100"]],
          "target"),
)  # fmt: skip


def bring() -> None:
    """Every ranked unit has its numbers; one of the last values was corrected."""
    by, chance = Account.objects.filter(username="analyst").first(), Random(7)
    units = list(Unit.objects.filter(ranked=True))
    for position, told in enumerate(_TOLD):
        indicator = _indicator(told, position)
        for start in reversed(_starts(told.cycle)):
            values = {(unit.code, start): _value(told, chance, index) for index, unit in enumerate(units)}
            _load(indicator, values, by)
    first = Indicator.objects.get(code="waste")
    last = _starts("month")[0]
    _load(first, {(units[0].code, last): Decimal("91.5")}, by)


def _indicator(told: _Told, position: int) -> Indicator:
    known = {name: getattr(told, name) for name in told._fields[1:9]}
    indicator = Indicator.objects.create(code=told.code, position=position, **known)
    begins = timezone.localdate() - timedelta(days=800)
    domain.set_target(indicator=indicator, unit=None, value=Decimal(told.target), valid_from=begins)
    domain.set_rule(
        indicator=indicator, by=None, points=told.points, basis=told.basis, green=Decimal(75), yellow=Decimal(60),
        valid_from=begins, ground="演示计分规则",
    )  # fmt: skip
    return indicator


def _starts(cycle: str) -> list[date]:
    """Periods that are over and reported, the latest first."""
    span = spans.before(cycle, spans.holding(cycle, timezone.localdate() - _LATE).start)
    found = [span.start]
    while len(found) < _BACK[cycle]:
        found.append(spans.before(cycle, found[-1]).start)
    return found


def _value(told: _Told, chance: Random, index: int) -> Decimal:
    """A unit's own level, with a little chance each time."""
    own = told.middle + told.spread * ((index * 7) % 11 - 5) / 6
    return Decimal(str(round(max(own + chance.gauss(0, told.spread / 3), 0.5), 1)))


def _load(indicator: Indicator, values: dict[tuple[str, date], Decimal], by: Account | None) -> None:
    starts = {start for _unit, start in values}
    ends = {start: spans.holding(indicator.cycle, start).end for start in starts}
    lines = domain.ended_lines(values, ends)
    cut_off = max(ends.values()) - timedelta(days=1)
    filename = f"{indicator.code}-{max(starts)}.xlsx"
    digest = sha256(repr(sorted(values.items())).encode()).hexdigest()
    domain.take_in(
        indicator=indicator, lines=lines, by=by, filename=filename, sha256=digest, source=indicator.source,
        cut_off=cut_off,
    )  # fmt: skip
