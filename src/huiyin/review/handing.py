"""The fact table handed out: Parquet, and in words what each column and each measure is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow.parquet as pq  # type: ignore[import-untyped]  # ships no py.typed
from django.utils import timezone

from huiyin.kernel.facts import SCHEMA
from huiyin.kernel.measures import COLUMNS, VARIANT_LABELS
from huiyin.review import beside, figures
from huiyin.review.freezing import ARROW, batches
from huiyin.review.groups import categories_of, units_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from huiyin.kernel.measures import By, Measure
    from huiyin.kernel.periods import Period


class Handed(NamedTuple):
    rows: int
    as_of: datetime


def write(path: Path, period: Period) -> Handed:
    """The facts of the cases received or closed in the period, as they stand now, by time of receipt."""
    as_of, rows = timezone.now(), 0
    with pq.ParquetWriter(path, ARROW, compression="zstd") as writer:
        for batch in batches(period.start, period.end, as_of):
            rows += batch.num_rows
            writer.write_batch(batch)
    return Handed(rows, as_of)


def definitions(period: Period, as_of: datetime) -> dict[str, Any]:
    return {
        "period": {"label": period.label, "start": period.start.isoformat(), "end": period.end.isoformat()},
        "as_of": as_of.isoformat(),
        "variants": dict(VARIANT_LABELS),
        "schema": dict(SCHEMA),
        "measures": {name: _definition(measure) for name, measure in beside.of(period).measures.items()},
        "residents": beside.of(period).district,
        "groups": {"unit": _groups("unit", period), "category": _groups("category", period)},
    }


def _groups(by: By, period: Period) -> list[dict[str, Any]]:
    """The lines of a table; `ids` are the values of the column that belong to one. A category's residents are all."""
    known = {row[COLUMNS[by]] for row in figures.sums_by(by, period).rows}
    groups, told = units_of(known) if by == "unit" else categories_of(known), beside.of(period)
    own = {group: sum(told.residents.get(pk or 0, 0) for pk in group.ids) for group in groups}
    return [
        {
            "code": group.code,
            "name": group.name,
            "ids": list(group.ids),
            "residents": own[group] if by == "unit" else told.district,
        }
        for group in groups
    ]


def _definition(measure: Measure) -> dict[str, Any]:
    """Weights are whole; divided, numerator and denominator give the figure, `scale` drops out."""
    return {
        "zh": measure.label_zh,
        "en": measure.label_en,
        "unit": measure.unit,
        "numerator": dict(measure.numerator),
        "denominator": None if measure.denominator is None else dict(measure.denominator),
        "scale": measure.scale,
        "exclusions_zh": measure.exclusions_zh,
        "exclusions_en": measure.exclusions_en,
        "period_column": measure.period_column,
        "period_rule": f"start <= {measure.period_column} < end",
        "source": measure.source,
    }
