"""What `huiyin facts` writes can be counted again without the database."""

import json
from datetime import date

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
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
        (lambda folder: (folder / "definitions.json").write_text("[1]"), "is no object with names"),
        (lambda folder: (folder / "definitions.json").write_text("{'period'"), "it is no JSON in UTF-8"),
        (lambda folder: (folder / "definitions.json").write_text("[" * 100_000), "it is no JSON in UTF-8"),
        (lambda folder: (folder / "definitions.json").write_bytes("{}".encode("utf-16")), "it is no JSON in UTF-8"),
        (lambda folder: (folder / "facts.parquet").write_bytes(b"PAR1"), "facts.parquet cannot be read"),
        (lambda folder: (folder / "facts.parquet").write_bytes(b""), "facts.parquet cannot be read"),
        (lambda folder: (folder / "facts.parquet").unlink(), "facts.parquet cannot be read"),
        (lambda folder: [file.unlink() for file in folder.iterdir()], "definitions.json cannot be read"),
    ],
)
def test_a_folder_that_is_none_is_one_sentence(folder, spoil, sentence):
    spoil(folder)
    assert sentence in refusal(folder)


def refusal(folder):
    """What is said, on one line; it names what to do, and the command ends as one that was asked wrongly."""
    result = CliRunner().invoke(cli, ["rates", "--facts", str(folder)], terminal_width=10_000)
    words = " ".join(result.output.replace("│", " ").split())
    assert (result.exit_code, isinstance(result.exception, SystemExit)) == (2, True), result.output
    assert "huiyin facts" in words
    return words


def respelt(folder, *place, value):
    """The definitions with another value at that place."""
    path = folder / "definitions.json"
    said = json.loads(path.read_text("utf-8"))
    inner = said
    for name in place[:-1]:
        inner = inner[name]
    if value is GONE:
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
    path.write_text(json.dumps(said), "utf-8")


GONE = object()
SCORE = ("measures", "score")


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (("period",), "2025-11", "no object with names at 'period'"),
        (("period", "end"), GONE, "does not say 'period.end'"),
        (("period", "end"), "2025-11-31", "no time with its zone at 'period.end'"),
        (("period", "end"), "2025-11-30T00:00:00", "no time with its zone at 'period.end'"),
        (("period", "end"), "2020-01-01T00:00:00+08:00", "a period that ends before it starts"),
        (("period", "start"), 20251101, "no time with its zone at 'period.start'"),
        (("as_of",), "0001-01-01T00:00:00+08:00", "no time with its zone at 'as_of'"),
        (("residents",), "many", "no whole number at 'residents'"),
        (("residents",), True, "no whole number at 'residents'"),
        (("measures",), [], "no object with names at 'measures'"),
        (SCORE, GONE, "does not say 'measures.score'"),
        ((*SCORE, "zh"), None, "no text at 'measures.score.zh'"),
        ((*SCORE, "scale"), "10", "no whole number at 'measures.score.scale'"),
        ((*SCORE, "scale"), 0, "no whole number above 0 at 'measures.score.scale'"),
        ((*SCORE, "unit"), "marks", "no word out of percent, points, cases, times, per_10k at 'measures.score.unit'"),
        ((*SCORE, "unit"), [], "no word out of percent"),
        ((*SCORE, "numerator"), 7, "no object with names at 'measures.score.numerator'"),
        ((*SCORE, "numerator", "solved"), 2.5, "no whole number at 'measures.score.numerator.solved'"),
        ((*SCORE, "numerator", "sovled"), 1, "counts 'sovled' at 'measures.score.numerator'"),
        ((*SCORE, "denominator"), [1], "no object with names at 'measures.score.denominator'"),
        (("groups",), {"unit": []}, "does not say 'groups.category'"),
        (("groups", "unit"), {}, "no list at 'groups.unit'"),
        (("groups", "unit", 0), "A", "no object with names at 'groups.unit[0]'"),
        (("groups", "unit", 0, "ids"), 7, "no list at 'groups.unit[0].ids'"),
        (("groups", "unit", 0, "ids"), ["7"], "no whole number at 'groups.unit[0].ids[0]'"),
        (("groups", "unit", 0, "name"), "\ud800", "no text at 'groups.unit[0].name'"),
    ],
)
def test_a_definition_of_another_shape_is_one_sentence(folder, place, value, sentence):
    respelt(folder, *place, value=value)
    assert sentence in refusal(folder)


def recast(folder, name, kind=None):
    """The facts without a column, or with another type in it."""
    path = folder / "facts.parquet"
    table = pq.read_table(path)
    at = table.schema.get_field_index(name)
    kept = table.remove_column(at)
    pq.write_table(kept if kind is None else kept.append_column(name, pa.nulls(len(table), kind)), path)


@pytest.mark.parametrize(
    ("name", "kind", "sentence"),
    [
        ("excluded", None, "no column 'excluded'"),
        ("lead_id", None, "no column 'lead_id'"),
        ("excluded", pa.string(), "string in the column 'excluded', where boolean belongs"),
        ("rounds", pa.float64(), "float64 in the column 'rounds', where int32 belongs"),
        ("created_at", pa.timestamp("us"), "in the column 'created_at', where timestamp('UTC') belongs"),
        ("due_at", pa.string(), "string in the column 'due_at'"),
        ("lead_id", pa.list_(pa.int64()), "in the column 'lead_id', where int64 belongs"),
        ("redispatches", pa.int32(), "a case without 'redispatches'"),
        ("excluded", pa.bool_(), "a case without 'excluded'"),
    ],
)
def test_facts_with_other_columns_are_one_sentence(folder, name, kind, sentence):
    recast(folder, name, kind)
    assert sentence in refusal(folder)


def test_facts_broken_in_the_middle_are_one_sentence(folder):
    path = folder / "facts.parquet"
    body = path.read_bytes()
    path.write_bytes(body[:8] + bytes(len(body) // 2 - 8) + body[len(body) // 2 :])
    assert "facts.parquet cannot be read" in refusal(folder)


def test_facts_without_a_case_count_to_nothing(folder):
    pq.write_table(pq.read_table(folder / "facts.parquet").slice(0, 0), folder / "facts.parquet")
    found = asked("--facts", str(folder))["pooled"]["all"]
    assert (found["received"]["value"], found["score"]["value"]) == (0, None)


def test_a_name_in_brackets_is_printed_as_it_stands(folder):
    respelt(folder, "groups", "unit", 0, "name", value="[/red]甲")
    result = CliRunner().invoke(cli, ["rates", "--facts", str(folder)], catch_exceptions=False)
    assert (result.exit_code, "[/red]" in result.output) == (0, True)


def test_the_table_of_a_folder_is_printed(folder):
    result = CliRunner().invoke(cli, ["rates", "--facts", str(folder)], catch_exceptions=False)
    assert (result.exit_code, "Σ" in result.output, PERIOD in result.output) == (0, True, True)
