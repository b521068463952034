"""The figures of a folder that `huiyin facts` wrote, counted again from its two files: no database is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import ibis  # type: ignore[import-untyped]  # ships no py.typed

from huiyin.kernel import duck
from huiyin.kernel.facts import SCHEMA, aggregate
from huiyin.kernel.figures import figures, mean_of_units, pooled, residents_row
from huiyin.kernel.measures import COLUMNS
from huiyin.kernel.plain import plain, plain_means
from huiyin.review import definitions
from huiyin.review.definitions import AGAIN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from huiyin.kernel.figures import Figures
    from huiyin.kernel.measures import By
    from huiyin.review.definitions import Definitions

FACTS: Final = "facts.parquet"
# What every case has; a column that is null there would be left out of the sums in silence.
_ALWAYS: Final = (
    "id", "created_at", "dispatched", "rounds", "objections", "redispatches", "checks", "mismatches", "repeated",
    "excluded",
)  # fmt: skip


def recount(folder: Path, by: By) -> dict[str, Any]:
    """Lines, pooled figures and the mean of the lines in the form of `review.report`, by the folder's definitions.

    Raises ValueError, saying what the folder lacks.
    """
    told = definitions.read(folder)
    sums, groups = _sums(folder / FACTS, by, told), told.groups[by]
    rows = [_row(group, [one for one in sums if one[COLUMNS[by]] in group["ids"]]) for group in groups]
    whole = pooled([*sums, residents_row(told.residents)], told.measures)
    return {
        "period": dict(told.said),
        "by": by,
        "as_of": told.as_of.isoformat(),
        "lines": [_line(group, figures(row, told.measures)) for group, row in zip(groups, rows, strict=True)],
        "pooled": plain(whole),
        "mean": plain_means(mean_of_units(rows, told.measures)),
    }


def _sums(path: Path, by: By, told: Definitions) -> list[dict[str, Any]]:
    engine = ibis.duckdb.connect()
    try:
        table = engine.read_parquet(path)
        wrong = _lacking(table) or _null(table)
        sums = (
            []
            if wrong
            else duck.rows(engine, aggregate(table, by=[COLUMNS[by]], periods=[told.period], as_of=told.as_of))
        )
    except Exception as error:  # DuckDB has a class for every way in which a file can be no Parquet
        raise ValueError(f"{path} cannot be read: {_first_line(error)} {AGAIN}") from error
    if wrong:
        raise ValueError(f"{path} has {wrong}. {AGAIN}")
    return sums


def _lacking(table: Any) -> str:
    """The first column that is not there or holds something else; empty where all are as `SCHEMA` has them."""
    found = table.schema()
    for name, kind in SCHEMA.items():
        if name not in found:
            return f"no column {name!r}"
        if _family(found[name]) != _family(ibis.dtype(kind)):
            return f"{found[name]} in the column {name!r}, where {kind} belongs"
    return ""


def _family(kind: Any) -> str:
    """Of a column's type: how wide a whole number is, or how fine a time, is no matter; a time without a zone is."""
    if kind.is_timestamp():
        return "time" if kind.timezone else "time without a zone"
    return "whole" if kind.is_integer() else str(kind)


def _null(table: Any) -> str:
    """The first column that leaves a case out."""
    counted = table.aggregate(**{name: table[name].isnull().sum() for name in _ALWAYS}).to_pyarrow().to_pylist()[0]
    return next((f"a case without {name!r}" for name in _ALWAYS if counted[name]), "")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".") + "." if str(error) else "DuckDB gave it up."


def _row(group: Mapping[str, Any], sums: list[dict[str, Any]]) -> dict[str, int]:
    """A category's line is that of all below it."""
    names = {name for one in sums for name in one} - {*COLUMNS.values(), "period"}
    return {name: sum(one[name] for one in sums) for name in names} | residents_row(group["residents"])


def _line(group: Mapping[str, Any], counted: Figures) -> dict[str, Any]:
    return {"code": group["code"], "name": group["name"], "figures": plain(counted)}
