"""The golden sheet, and twenty thousand invented cases, on a real Spark with two executors: equal to the last case."""

import os
import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.review import golden
from tests.review.golden import AS_OF, NOVEMBER, TZ, UNITS

from huiyin.kernel.facts import aggregate, members
from huiyin.kernel.measures import MEASURES
from huiyin.kernel.periods import parse_period

# Py4J leaves its sockets to the end of the process, and Spark's Python asks pandas in words of yesterday.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning:pyspark"),
]
BY_NUMBER = {number: unit for number, unit in enumerate(UNITS, start=1) if unit} | {None: ""}
MONTHS = [parse_period(f"2025-{month:02}", now=AS_OF, tz=TZ) for month in (9, 10, 11)]
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "512m",
    "spark.sql.shuffle.partitions": "4",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    # No task before both executors are there.
    "spark.scheduler.minRegisteredResourcesRatio": "1.0",
    "spark.scheduler.maxRegisteredResourcesWaitingTime": "120s",
}


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    """A cluster on this machine: a master, two workers, an executor process on each."""
    pyspark = pytest.importorskip("pyspark", reason="PySpark is not installed: huiyin[spark]")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Java is not installed: apt-get install openjdk-17-jre-headless")
    from pyspark.sql import SparkSession  # noqa: PLC0415 - optional

    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("huiyin-measures")
    builder = builder.config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()
    shutil.rmtree(Path(pyspark.__file__).parent / "work", ignore_errors=True)  # the executors' logs


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("facts")
    pq.write_table(golden.facts(), folder / "golden.parquet")
    pq.write_table(invented(20_000), folder / "many.parquet")
    return folder


def invented(count):
    """Any value beside any other, nulls among them: nothing a case could not be, and much that none is."""
    dice = random.Random(6)  # noqa: S311 a story, not a secret
    flags = ("dispatched", "accepted_in_time", "contacted_in_time", "repeated", "valid_callback", "contacted", "solved")
    counts = ("rounds", "objections", "redispatches", "checks", "mismatches")
    rows = []
    for number in range(count):
        came = datetime(2025, 8, 25, tzinfo=UTC) + timedelta(microseconds=dice.randrange(100 * 86_400 * 10**6))
        closed, due = (came + timedelta(hours=dice.randrange(500)) for _ in range(2))
        rows.append({
            "id": number, "number": f"MH-{number}", "channel": "phone", "lead_id": dice.choice((None, *range(1, 30))),
            "category_id": dice.choice((None, *range(1, 9))), "created_at": came,
            "closed_at": dice.choice((closed, closed, due, None)), "due_at": dice.choice((due, due, None)),
            "satisfaction": dice.choice((None, "satisfied", "basic", "dissatisfied")), "excluded": dice.random() < 0.1,
            **{name: dice.choice((True, True, False, None)) for name in flags},
            **{name: dice.choice((0, 0, 1, 2, 3, None)) for name in counts},
        })  # fmt: skip
    return pa.Table.from_pylist(rows, golden.ARROW)


@pytest.fixture(scope="module")
def engines(spark):
    return ibis.duckdb.connect(), ibis.pyspark.connect(spark)


def sums(engine, file, by, periods):
    counted = aggregate(engine.read_parquet(str(file)), by=by, periods=periods, as_of=AS_OF)
    rows = engine.to_pyarrow(counted).to_pylist()
    return sorted(rows, key=lambda row: (row["period"], *(row[name] or 0 for name in by)))


def test_two_executors_beside_the_driver(spark, engines):
    spark.range(1000).repartition(4).count()
    assert spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1 >= 2


def test_spark_gives_the_count_by_hand(engines, files):
    rows = sums(engines[1], files / "golden.parquet", ["lead_id"], [NOVEMBER])
    assert golden.counted(rows, BY_NUMBER) == golden.by_hand()


@pytest.mark.parametrize("by", [[], ["lead_id"], ["lead_id", "category_id"]])
def test_twenty_thousand_cases_are_summed_alike(engines, files, by):
    duckdb, on_spark = (sums(engine, files / "many.parquet", by, MONTHS) for engine in engines)
    assert on_spark == duckdb
    assert sum(row["received_all"] for row in on_spark) > 17_000


@pytest.mark.parametrize(("name", "variant"), [("satisfaction", "net"), ("close_in_time", "all"), ("closed", "net")])
def test_a_figure_opens_into_the_same_cases(engines, files, name, variant):
    duckdb, on_spark = (
        sorted(
            members(
                engine.read_parquet(str(files / "many.parquet")), MEASURES[name], "numerator",
                period=NOVEMBER, as_of=AS_OF, variant=variant,
            ).select("id").to_pyarrow()["id"].to_pylist()
        )
        for engine in engines
    )  # fmt: skip
    assert on_spark == duckdb
    assert len(on_spark) > 500
