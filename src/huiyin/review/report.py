"""A table of figures as one JSON object, with the definitions: what `huiyin rates --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from huiyin.kernel.plain import plain, plain_means

if TYPE_CHECKING:
    from huiyin.kernel.measures import Measure
    from huiyin.review.figures import Table


def report(table: Table) -> dict[str, Any]:
    """`value`: percent, points or cases to one decimal, null without a valid callback."""
    return told(table) | {
        "lines": [{"code": line.code, "name": line.name, "figures": plain(line.figures)} for line in table.lines],
        "pooled": plain(table.pooled),
        "mean": plain_means(table.mean),
    }


def told(table: Table) -> dict[str, Any]:
    """What a file says of itself: period, time of counting, cut-off, definitions."""
    period = table.period
    return {
        "period": {"label": period.label, "start": period.start.isoformat(), "end": period.end.isoformat()},
        "by": table.by,
        "as_of": table.as_of.isoformat(),
        "cut_off": table.frozen.sha256 if table.frozen else None,
        "definitions": {name: _definition(measure) for name, measure in table.measures.items()},
    }


def _definition(measure: Measure) -> dict[str, str | int]:
    return {
        "zh": measure.label_zh,
        "en": measure.label_en,
        "unit": measure.unit,
        "scale": measure.scale,
        "period_column": measure.period_column,
        "exclusions_zh": measure.exclusions_zh,
        "exclusions_en": measure.exclusions_en,
        "source": measure.source,
    }
