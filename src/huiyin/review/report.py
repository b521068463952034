"""A table of figures as one JSON object, with the definitions: what `huiyin rates --json` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from huiyin.kernel.figures import rounded
from huiyin.review import cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from huiyin.kernel.figures import Figure, Mean
    from huiyin.kernel.measures import Measure, Variant
    from huiyin.review.figures import Table


def report(table: Table) -> dict[str, Any]:
    """`value`: percent, points or cases to one decimal, null without a valid callback."""
    return told(table) | {
        "lines": [{"code": line.code, "name": line.name, "figures": _figures(line.figures)} for line in table.lines],
        "pooled": _figures(table.pooled),
        "mean": {variant: {name: _mean(mean) for name, mean in means.items()} for variant, means in table.mean.items()},
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


def _figures(figures: Mapping[Variant, Mapping[str, Figure]]) -> dict[str, Any]:
    return {variant: {name: _figure(one) for name, one in of.items()} for variant, of in figures.items()}


def _figure(figure: Figure) -> dict[str, Any]:
    found: dict[str, Any] = {"value": _value(figure), "numerator": _number(cells.numerator(figure))}
    if figure.denominator is not None:
        found["denominator"] = _number(cells.denominator(figure))
    return found


def _mean(mean: Mean) -> dict[str, Any]:
    return {"value": _value(mean), "lines": mean.units}


def _value(figure: Figure | Mean) -> float | None:
    value = rounded(figure.value)
    return None if value is None else float(value)


def _number(text: str) -> float:
    number = float(text.replace(",", ""))
    return int(number) if number.is_integer() else number


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
