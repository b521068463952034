"""What each engine of `bench.measures` does, in a process of its own: seconds, sums, and the most memory it took."""

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import ibis  # type: ignore[import-untyped]

from bench import data, year
from bench.table import clock, peak_mb
from huiyin.kernel import duck
from huiyin.kernel.facts import COUNTERS, SCHEMA, aggregate, counters_of
from huiyin.kernel.measures import MEASURES
from huiyin.kernel.periods import parse_period

AS_OF: Final = datetime(year.YEAR + 1, 1, 20, tzinfo=UTC)
MONTHS: Final = [
    parse_period(f"{year.YEAR}-{month:02}", now=AS_OF, tz=ZoneInfo("Asia/Shanghai")) for month in range(1, 13)
]
RATES: Final = counters_of(MEASURES[name] for name in ("response", "satisfaction", "resolution"))
ASKED: Final = {"all": set(COUNTERS), "rates": RATES}
_TYPES: Final = {
    "int64": "bigint", "int32": "integer", "string": "text", "boolean": "boolean", "timestamp('UTC')": "timestamptz",
}  # fmt: skip
Rows = list[dict[str, Any]]
Sums = dict[tuple[int, int], dict[str, int]]
Told = tuple[dict[str, list[float]], Sums, float]  # seconds of each question, the sums, MB at its peak


def duckdb(files: Sequence[str], times: int) -> Told:
    engine = ibis.duckdb.connect()
    engine.raw_sql("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
    table = engine.read_parquet(list(files))
    return _told(lambda counters: duck.rows(engine, _expression(table, counters)), times)


def spark(files: Sequence[str], times: int) -> Told | str:
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        return "Java is not installed (scripts/system.sh)"
    from pyspark.sql import SparkSession  # type: ignore[import-not-found,unused-ignore]

    settings = {
        "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "3g", "spark.sql.shuffle.partitions": "4", "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": str(data.HOME / "spark"),
    }  # fmt: skip
    builder = SparkSession.builder.master("local-cluster[2,1,4096]").appName("huiyin-bench")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    table = ibis.pyspark.connect(session).read_parquet(files[0])
    told = _told(lambda counters: _expression(table, counters).to_pyarrow().to_pylist(), times)
    session.stop()
    return told


def postgres(files: Sequence[str], times: int) -> Told:
    import psycopg
    from psycopg.rows import dict_row

    from huiyin.config.database import database_url

    os.environ.pop("DATABASE_URL", None)
    data.hold()
    url = data.database(database_url(), f"bench_facts_{year.CASES}", fresh=False)
    with psycopg.connect(url, autocommit=True, row_factory=dict_row) as connection:
        _load(connection, files[0])
        table = ibis.table(dict(SCHEMA), name="facts")

        def count(counters: set[str]) -> Rows:
            sql = str(ibis.to_sql(_expression(table, counters), dialect="postgres"))
            return connection.execute(sql).fetchall()

        return _told(count, times)


def pandas(files: Sequence[str], times: int) -> Told:
    from bench import measures_pandas

    frame = measures_pandas.read(files[0])
    return _told(lambda counters: measures_pandas.sums(frame, MONTHS, AS_OF, counters), times)


def _expression(table: Any, counters: set[str]) -> Any:
    return aggregate(table, by=["lead_id"], periods=MONTHS, as_of=AS_OF, counters=counters)


def _told(count: Callable[[set[str]], Rows], times: int) -> Told:
    spent: dict[str, list[float]] = {}
    for name, counters in ASKED.items():
        count(counters)
        spent[name] = [_timed(count, counters) for _ in range(times)]
    return spent, _by_key(count(ASKED["all"])), peak_mb()


def _timed(count: Callable[[set[str]], Rows], counters: set[str]) -> float:
    with clock() as spent:
        count(counters)
    return spent[0]


def _by_key(rows: Iterable[dict[str, Any]]) -> Sums:
    return {
        (int(row.pop("lead_id")), int(row.pop("period"))): {name: int(value) for name, value in sorted(row.items())}
        for row in rows
    }


def _load(connection: Any, file: str) -> None:
    """Once; DuckDB hands the rows over as CSV."""
    if connection.execute("SELECT to_regclass('facts') AS known").fetchone()["known"]:
        return
    import duckdb as engine

    print("  … loading PostgreSQL", flush=True)
    columns = ", ".join(f"{name} {_TYPES[kind]}" for name, kind in SCHEMA.items())
    path = data.HOME / "facts.csv"
    with engine.connect() as source:
        source.execute("SET TimeZone = 'UTC'")
        source.execute(f"COPY (SELECT {', '.join(SCHEMA)} FROM '{file}') TO '{path}' (FORMAT csv, HEADER false)")
    connection.execute(f"CREATE UNLOGGED TABLE loading ({columns})")
    with path.open("rb") as lines, connection.cursor().copy("COPY loading FROM STDIN (FORMAT csv)") as copy:
        while block := lines.read(1 << 20):
            copy.write(block)
    path.unlink()
    connection.execute("ALTER TABLE loading RENAME TO facts")
    connection.execute("VACUUM ANALYZE facts")
