"""The figures of a folder that `huiyin facts` wrote, counted again from its two files: no database is asked."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import ibis  # type: ignore[import-untyped]  # ships no py.typed

from huiyin.kernel import duck
from huiyin.kernel.facts import SCHEMA, aggregate
from huiyin.kernel.figures import figures, mean_of_units, pooled, residents_row
from huiyin.kernel.measures import COLUMNS, Measure
from huiyin.kernel.periods import Period
from huiyin.kernel.plain import plain, plain_means

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from huiyin.kernel.figures import Figures
    from huiyin.kernel.measures import By

FACTS: Final = "facts.parquet"
DEFINITIONS: Final = "definitions.json"


def recount(folder: Path, by: By) -> dict[str, Any]:
    """Lines, pooled figures and the mean of the lines in the form of `review.report`, by the folder's definitions.

    Raises ValueError, saying what the folder lacks.
    """
    told = _told(folder)
    period, measures = _period(told["period"]), {name: _measure(name, one) for name, one in told["measures"].items()}
    sums = _sums(folder, by, period, datetime.fromisoformat(told["as_of"]))
    groups = told["groups"][by]
    rows = [_row(group, [one for one in sums if one[COLUMNS[by]] in group["ids"]]) for group in groups]
    whole = pooled([*sums, residents_row(told["residents"])], measures)
    return {
        "period": told["period"],
        "by": by,
        "as_of": told["as_of"],
        "lines": [_line(group, figures(row, measures)) for group, row in zip(groups, rows, strict=True)],
        "pooled": plain(whole),
        "mean": plain_means(mean_of_units(rows, measures)),
    }


def _told(folder: Path) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads((folder / DEFINITIONS).read_text("utf-8"))
        missing = {"period", "as_of", "measures", "groups", "residents"} - told.keys()
    except (OSError, ValueError, AttributeError) as error:
        raise ValueError(
            f"{folder / DEFINITIONS} cannot be read: {error}. Write the folder with `huiyin facts`."
        ) from error
    if missing:
        raise ValueError(
            f"{folder / DEFINITIONS} does not say {min(missing)!r}. Write the folder again with `huiyin facts`."
        )
    return told


def _period(told: Mapping[str, str]) -> Period:
    start, end = (datetime.fromisoformat(told[name]) for name in ("start", "end"))
    return Period(start, end, told["label"], "range")


def _measure(name: str, told: Mapping[str, Any]) -> Measure:
    return Measure(
        name, told["zh"], told["en"], told["unit"], told["numerator"], told["denominator"], told["exclusions_zh"],
        told["exclusions_en"], scale=told["scale"], period_column=told["period_column"], source=told["source"],
    )  # fmt: skip


def _sums(folder: Path, by: By, period: Period, as_of: datetime) -> list[dict[str, Any]]:
    engine = ibis.duckdb.connect()
    try:
        table = engine.read_parquet(folder / FACTS)
    except Exception as error:  # DuckDB has a class for every way in which a file can be no Parquet
        raise ValueError(f"{folder / FACTS} cannot be read: {error}") from error
    if missing := SCHEMA.keys() - set(table.columns):
        raise ValueError(f"{folder / FACTS} has no column {min(missing)!r}. Write it again with `huiyin facts`.")
    return duck.rows(engine, aggregate(table, by=[COLUMNS[by]], periods=[period], as_of=as_of))


def _row(group: Mapping[str, Any], sums: list[dict[str, Any]]) -> dict[str, int]:
    """A category's line is that of all below it."""
    names = {name for one in sums for name in one} - {*COLUMNS.values(), "period"}
    return {name: sum(one[name] for one in sums) for name in names} | residents_row(group["residents"])


def _line(group: Mapping[str, Any], counted: Figures) -> dict[str, Any]:
    return {"code": group["code"], "name": group["name"], "figures": plain(counted)}
