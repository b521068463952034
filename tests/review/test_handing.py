"""What `huiyin facts` writes can be counted again without the database."""

import json

import ibis
import pytest
from click.testing import CliRunner
from tests.review import november
from tests.review.november import PERIOD

from huiyin.cli.main import cli
from huiyin.kernel.facts import SCHEMA, aggregate
from huiyin.kernel.figures import pooled
from huiyin.kernel.measures import MEASURES
from huiyin.review import figures, periods


@pytest.fixture
def folder(tmp_path):
    november.load()
    result = CliRunner().invoke(cli, ["facts", str(tmp_path / "new"), "--period", PERIOD], catch_exceptions=False)
    assert (result.exit_code, "18 cases" in result.output) == (0, True), result.output
    return tmp_path / "new"


def test_the_file_gives_the_figures_of_the_page(folder):
    period = periods.read(PERIOD)
    said = json.loads((folder / "definitions.json").read_text("utf-8"))
    table = ibis.duckdb.connect().read_parquet(folder / "facts.parquet")
    rows = aggregate(table, by=["lead_id"], periods=[period], as_of=periods_as_of(said)).to_pyarrow().to_pylist()
    live = figures.table("unit", period).pooled
    assert told(pooled(rows)) == told(live)


def told(counted):
    """But for the residents, who are no cases."""
    return {v: {n: f.text for n, f in of.items() if n != "per_10k"} for v, of in counted.items()}


def periods_as_of(said):
    from datetime import datetime  # noqa: PLC0415

    return datetime.fromisoformat(said["as_of"])


def test_every_measure_and_column_is_defined_beside_it(folder):
    said = json.loads((folder / "definitions.json").read_text("utf-8"))
    assert (list(said["measures"]), said["schema"]) == (list(MEASURES), dict(SCHEMA))
    assert said["measures"]["satisfaction"]["numerator"] == {"satisfied": 10, "basic": 9}
    assert said["measures"]["closed"]["period_rule"] == "start <= closed_at < end"


def test_a_period_nobody_can_read_is_one_sentence(tmp_path):
    result = CliRunner().invoke(cli, ["facts", str(tmp_path), "--period", "gestern"])
    assert (result.exit_code, "2026-11 (month)" in result.output.replace("\n", " ")) == (2, True)
