"""What a paper tells of numbers that others measured: each unit's value, place and target, as plain values to keep."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from huiyin.bulletins.counting import NOTHING
from huiyin.bulletins.numbers import unmarked
from huiyin.indicators import queries, spans
from huiyin.indicators.choices import Light
from huiyin.indicators.models import Indicator
from huiyin.indicators.scoring import printed
from huiyin.review import periods

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from huiyin.indicators.queries import Sheet, Standing
    from huiyin.kernel.periods import Period


def told(kind: str, period: Period) -> dict[str, Any]:
    """{"sheets": …} of the indicators of this kind. Raises ValueError with a sentence where none has a value."""
    with translation.override("zh-hans"):
        found = [_sheet(one) for one in _sheets(kind, period)]
    if not found:
        raise ValueError(
            _("No indicator of this kind has values of a period that ended in these days. Bring them in first.")
        )
    return {"sheets": found}


def _sheets(kind: str, period: Period) -> Iterator[Sheet]:
    """Each of an indicator's own periods that ended within `period`: two half months in a month."""
    first, end = (at.astimezone(periods.zone()).date() for at in (period.start, period.end))
    for indicator in Indicator.objects.filter(kind=kind):
        for start in reversed(queries.periods(indicator)):
            if first < spans.holding(indicator.cycle, start).end <= end:
                yield queries.sheet(indicator, start)


def _sheet(found: Sheet) -> dict[str, Any]:
    indicator, rows = found.indicator, found.rows
    reached = [row.gap >= 0 for row in rows if row.gap is not None]
    return {
        "code": indicator.code,
        "start": found.start.isoformat(),
        "name": unmarked(indicator.name),
        "said": said(indicator.cycle, found.start),
        "measured_in": unmarked(indicator.measured_in),
        "better": indicator.better,
        "caveat": unmarked(indicator.caveat),
        "source": unmarked("、".join(sorted({load.source for load in found.loads}))),
        "cut_off": max(load.cut_off for load in found.loads).isoformat(),
        "files": sorted(load.sha256 for load in found.loads),
        "known": str(found.of),
        "mean": _mean(found),
        "targeted": str(len(reached)),
        "reached": str(sum(reached)),
        "lights": _lights(rows),
        "corrected": str(sum(row.was is not None for row in rows)),
        "units": [_unit(row) for row in rows],
    }


def said(cycle: str, start: date) -> str:
    """As a paper writes it: 2026年10月上半月."""
    span = spans.holding(cycle, start)
    months = {"half": f"{start.month}月{'上' if start.day == 1 else '下'}半月", "month": f"{start.month}月"}
    last = span.end - timedelta(days=1)
    return f"{start.year}年{months.get(cycle) or f'第{last.month // 3}季度'}"


def _mean(found: Sheet) -> dict[str, str]:
    """Of the units that have a value, each counting once; beside the same of the period before."""
    before = spans.before(found.indicator.cycle, found.start).start
    earlier = list(queries.current(found.indicator).filter(start=before).values_list("value", flat=True))
    now, then = _middle([row.value for row in found.rows]), _middle(earlier)
    moved = None if now is None or then is None else now - then
    return {"text": written(now), "before": written(then), "change": signed(moved)}


def _middle(values: list[Decimal]) -> Decimal | None:
    return printed(sum(values, start=values[0] * 0) / len(values)) if values else None


def _lights(rows: list[Standing]) -> dict[str, str]:
    """Empty where no rule held."""
    shown = [row.light for row in rows if row.light is not None]
    return {light.value: str(shown.count(light)) for light in Light} if shown else {}


def _unit(row: Standing) -> dict[str, str]:
    return {
        "code": row.unit.code,
        "name": unmarked(str(row.unit)),
        "place": str(row.rank),
        "value": written(row.value),
        "target": written(row.target),
        "gap": signed(row.gap),
        "score": written(row.score),
        "light": str(row.light.label) if row.light else NOTHING,
        "change": signed(row.change),
        "red": "1" if row.light is Light.RED else "",
    }


def written(value: Decimal | None) -> str:
    return NOTHING if value is None else f"{value:f}"


def signed(value: Decimal | None) -> str:
    return NOTHING if value is None else f"{value:+f}" if value else "0"
