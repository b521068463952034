"""Cut-offs: the facts of a period, and of the one before it, kept as one Parquet file and counted from it by DuckDB."""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import ibis  # type: ignore[import-untyped]  # ships no py.typed
import pyarrow as pa  # type: ignore[import-untyped]  # as above
import pyarrow.parquet as pq  # type: ignore[import-untyped]  # as above
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone

from huiyin.kernel import duck
from huiyin.kernel.facts import SCHEMA, aggregate, members
from huiyin.review import beside, facts, periods
from huiyin.review.models import Freeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from typing import TypeAlias

    from huiyin.kernel.measures import Part, Variant
    from huiyin.kernel.periods import Period
    from huiyin.people.models import Account

    Within: TypeAlias = tuple[str, Sequence[int | str | None]]

_ROWS: Final = 20_000
_TYPES: Final = {
    "int64": pa.int64(), "int32": pa.int32(), "string": pa.string(), "boolean": pa.bool_(),
    "timestamp('UTC')": pa.timestamp("us", "UTC"),
}  # fmt: skip
ARROW: Final = pa.schema([(name, _TYPES[kind]) for name, kind in SCHEMA.items()])


def freeze(period: Period, *, by: Account) -> Freeze:
    """Keep the facts as they stand now. Asked twice, there are two cut-offs; each says when it was counted."""
    as_of, last = timezone.now(), periods.before(period)
    out = BytesIO()
    rows = 0
    with pq.ParquetWriter(out, ARROW, compression="zstd") as writer:
        for batch in batches(last.start, period.end, as_of):
            rows += batch.num_rows
            writer.write_batch(batch)
    body = out.getvalue()
    made = Freeze(label=period.label, starts_at=period.start, ends_at=period.end, as_of=as_of, rows=rows, by=by)
    made.beside = beside.told(period, periods.compared(period, as_of))
    made.sha256 = hashlib.sha256(body).hexdigest()
    made.file.save(f"{period.label.replace(':', '-')}-{made.sha256[:12]}.parquet", ContentFile(body), save=False)
    made.save()
    return made


def batches(start: datetime, end: datetime, as_of: datetime) -> Iterator[pa.RecordBatch]:
    """The facts of all cases received or closed in [start, end), in Arrow."""
    source = facts.source(as_of.isoformat())
    sql = f"""SELECT * FROM {source} AS f WHERE (created_at >= %s AND created_at < %s)
        OR (closed_at >= %s AND closed_at < %s) ORDER BY created_at, id"""  # noqa: S608 names of `kernel.facts`
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, [start, end, start, end])
        while rows := cursor.fetchmany(_ROWS):
            columns = zip(*rows, strict=True)
            yield pa.record_batch([pa.array(one, kind) for one, kind in zip(columns, ARROW.types, strict=True)], ARROW)


def sums(frozen: Freeze, *, by: Sequence[str], periods: Sequence[Period]) -> list[dict[str, Any]]:
    """Rows of `kernel.facts.aggregate` from the kept file."""
    engine, table = duck.of_memory(read(frozen))
    return duck.rows(engine, aggregate(table, by=by, periods=periods, as_of=frozen.as_of))


def ids(
    frozen: Freeze, name: str, part: Part, variant: Variant, *, period: Period, within: Within | None = None
) -> list[int]:
    """The cases that one part of a figure counted in the kept file, those with these values of a column alone."""
    measure, table = beside.of_freeze(frozen).measures[name], _table(frozen)
    table = table if within is None else table.filter(_among(table[within[0]], within[1]))
    counted = members(table, measure, part, period=period, as_of=frozen.as_of, variant=variant)
    found: list[int] = counted.select("id").to_pyarrow()["id"].to_pylist()
    return found


def read(frozen: Freeze) -> pa.Table:
    """The kept facts."""
    with frozen.file.open() as file:
        return pq.read_table(BytesIO(file.read()))


def _table(frozen: Freeze) -> Any:
    return ibis.memtable(read(frozen))


def _among(column: Any, values: Sequence[int | str | None]) -> Any:
    return column.isnull() if tuple(values) == (None,) else column.isin(list(values))
