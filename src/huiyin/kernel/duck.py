"""DuckDB asked in its own words: it counts a condition a seventh faster than it adds up a CASE of 1 and 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis  # type: ignore[import-untyped]  # ships no py.typed
import sqlglot
from sqlglot import exp

if TYPE_CHECKING:
    import ibis.expr.types as ir  # type: ignore[import-untyped]  # as above
    import pyarrow as pa  # type: ignore[import-untyped]  # as above


def of_memory(facts: pa.Table) -> tuple[Any, ir.Table]:
    """An engine of its own, and the facts as its table, which is not copied."""
    engine = ibis.duckdb.connect()
    engine.con.register("facts", facts)
    return engine, engine.table("facts")


def rows(engine: Any, expression: ir.Table) -> list[dict[str, Any]]:
    """Of an expression over the tables of `engine` (Ibis on DuckDB)."""
    tree = sqlglot.parse_one(str(engine.compile(expression)), dialect="duckdb")
    found: list[dict[str, Any]] = engine.raw_sql(tree.transform(_counted).sql("duckdb")).fetch_arrow_table().to_pylist()
    return found


def _counted(node: exp.Expression) -> exp.Expression:
    """`SUM(CASE WHEN x THEN 1 ELSE 0 END)` → `COUNT_IF(x)`, which is null, not 0, where every x is."""
    case = node.this if isinstance(node, exp.Sum) else None
    if not isinstance(case, exp.Case) or len(case.args["ifs"]) != 1:
        return node
    when = case.args["ifs"][0]
    one, zero = when.args["true"], case.args.get("default")
    if one == exp.Literal.number(1) and zero == exp.Literal.number(0):
        return exp.Coalesce(this=exp.CountIf(this=when.this), expressions=[exp.Literal.number(0)])
    return node
