"""Import of hotline exports end to end: parse, mask, seal, store, hash, triage, assign.

Baseline: the same rows inserted by Django's bulk_create into one plain table, nothing else done.
"""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from bench import data
from bench.apart import apart
from bench.table import Table, clock, peak_mb

# Columns of a hotline's export that tell what became of an order; without them it has just come in.
PAST = (
    "办结时间",
    "主办单位",
    "二级承办单位",
    "处理受理方式",
    "办理结果",
    "回复内容",
    "状态",
    "是否联系",
    "是否解决",
    "是否满意",
    "是否有效回访",
)
SIZES = {"×1": 1_000, "×10": 10_000, "×100": 100_000}


def run(table: Table) -> None:
    for name, rows in SIZES.items():
        for past in (False, True):
            _one(table, f"{name} {rows:,}", rows, past=past)


def _one(table: Table, size: str, rows: int, *, past: bool) -> None:
    facts = apart(measure, rows, past)
    what = "finished orders, whole past" if past else "fresh orders"
    bound = 2_000 if rows == max(SIZES.values()) and not past else None
    table.add("import", size, f"{what}: end to end", facts["rate"], "rows/s", at_least=bound, note=facts["note"])
    table.add("import", size, f"{what}: events hashed", facts["events"], "events/s")
    table.add("import", size, f"{what}: peak memory", facts["peak_mb"], "MB")
    note = f"ours ×{facts['rate'] / facts['plain']:.2f}"
    table.add("import", size, f"{what}: baseline, bulk_create of bare rows", facts["plain"], "rows/s", note=note)


def measure(rows: int, past: bool) -> dict[str, Any]:  # noqa: FBT001 a process takes no keywords
    data.ensure(data.SIZES["×1"], name="bench_import")
    from django.db import connection

    from huiyin.cases.models import Case, Event
    from huiyin.cli.simulate import write_export
    from huiyin.collect.importing import find_map
    from huiyin.collect.importing import run as run_import

    file = Path(data.HOME) / f"export-{rows}-{'past' if past else 'fresh'}.csv"
    if not file.exists():
        write_export(file, rows, 7)
        if not past:
            whole = pl.read_csv(file, infer_schema=False)
            whole.select([name for name in whole.columns if name not in PAST]).write_csv(file)
    # A source of its own each time, so that nothing is known already.
    source = f"bench-{time.time_ns()}"
    cases, events = Case.objects.count(), Event.objects.count()
    with clock() as spent:
        result = run_import(file, replace(find_map("hotline12345"), source=source))
    made, written = Case.objects.count() - cases, Event.objects.count() - events
    return {
        "rate": made / spent[0],
        "events": written / spent[0],
        "peak_mb": peak_mb(),
        "plain": _plain(connection, rows),
        "note": f"{made:,} of {rows:,} rows in {spent[0]:.1f} s; {result}"[:120],
    }


def _plain(connection: object, rows: int) -> float:
    """Bare rows per second through the ORM: six text columns, no index but the key, nothing else done."""
    from django.db import models

    fields = {name: models.TextField() for name in ("number", "title", "text", "place", "person", "phone")}
    meta = type("Meta", (), {"app_label": "bench", "db_table": "bench_plain"})
    plain: Any = type("Plain", (models.Model,), {**fields, "Meta": meta, "__module__": __name__})
    with connection.schema_editor() as editor:  # type: ignore[attr-defined]
        editor.create_model(plain)
    made = [
        plain(number=str(n), title="暖气不热", text="家里只有十五度" * 20, place="东里", person="张**", phone="139")
        for n in range(rows)
    ]
    with clock() as spent:
        plain._default_manager.bulk_create(made, batch_size=2_000)
    with connection.schema_editor() as editor:  # type: ignore[attr-defined]
        editor.delete_model(plain)
    return rows / spent[0]
