"""What `huiyin facts` writes can be counted again without the database."""

import json
from datetime import date

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
from huiyin.review.models import ScoreRule


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


@pytest.mark.parametrize("by", ["unit", "category"])
def test_the_folder_counted_again_is_what_the_district_says(folder, by, monkeypatch):
    said = asked("--by", by, "--period", PERIOD)
    with monkeypatch.context() as patch:
        patch.setattr("huiyin.cli.commands.rates.setup", lambda: pytest.fail("The database was asked."))
        again = asked("--by", by, "--facts", str(folder))
    by_code = {line["code"]: line for line in again["lines"]}
    lines = [by_code[line["code"]] for line in said["lines"]]
    assert (lines, again["pooled"], again["mean"]) == (said["lines"], said["pooled"], said["mean"])


def test_the_score_of_the_folder_has_the_district_s_weights(folder):
    ScoreRule.objects.create(
        response=20, satisfaction=40, resolution=40, basis="评议办〔2025〕1号", valid_from=date(2025, 1, 1)
    )
    CliRunner().invoke(cli, ["facts", str(folder), "--period", PERIOD], catch_exceptions=False)
    said = asked("--by", "unit", "--period", PERIOD)["pooled"]["all"]["score"]
    assert asked("--by", "unit", "--facts", str(folder))["pooled"]["all"]["score"] == said


def asked(*options):
    result = CliRunner().invoke(cli, ["rates", "--json", *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda folder: (folder / "definitions.json").unlink(), "definitions.json cannot be read"),
        (lambda folder: (folder / "definitions.json").write_text("{}"), "does not say 'as_of'"),
        (lambda folder: (folder / "definitions.json").write_text("[1]"), "cannot be read"),
        (lambda folder: (folder / "facts.parquet").write_bytes(b"PAR1"), "facts.parquet cannot be read"),
        (lambda folder: (folder / "facts.parquet").unlink(), "facts.parquet cannot be read"),
    ],
)
def test_a_folder_that_is_none_is_one_sentence(folder, spoil, sentence):
    spoil(folder)
    result = CliRunner().invoke(cli, ["rates", "--facts", str(folder)])
    assert (result.exit_code, sentence in result.output.replace("\n", "").replace("│", "")) == (2, True), result.output


def test_the_table_of_a_folder_is_printed(folder):
    result = CliRunner().invoke(cli, ["rates", "--facts", str(folder)], catch_exceptions=False)
    assert (result.exit_code, "Σ" in result.output, PERIOD in result.output) == (0, True, True)
