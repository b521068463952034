"""The golden table, through the page, the file and the command."""

import csv
import json
from io import BytesIO, StringIO

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook
from tests.review import november
from tests.review.november import GOLDEN, GOLDEN_NET, MEAN, MEAN_NET, NAMES, PERIOD, POOLED

from huiyin.cases.models import Case
from huiyin.cli.main import cli
from huiyin.kernel.measures import MEASURES
from huiyin.review import figures, periods
from huiyin.review.counting import sums_by


@pytest.fixture
def cases():
    return november.load()


def counted(lines):
    """Lines that hold a case: code → text and parts of every column."""
    found = {line.code: [(cell.text, cell.parts) for _label, cell in cells] for line, cells in lines}
    return {code: row for code, row in found.items() if row[0][0] != "0"}


def test_the_page_shows_the_golden_table(cases, enter):
    context = enter("supervisor").get(f"/rates/?period={PERIOD}").context
    assert counted(context["lines"]) == GOLDEN
    net = {line.code: [(cell.net, cell.net_parts) for _label, cell in cells] for line, cells in context["lines"]}
    assert {code: net[code] for code in GOLDEN_NET} == GOLDEN_NET
    assert [(cell.text, cell.parts) for _label, cell in context["pooled"]] == POOLED
    assert {name: pair[0].text for name, pair in zip(NAMES, context["mean"], strict=True) if pair[0]} == MEAN
    assert {name: pair[1].text for name, pair in zip(NAMES, context["mean"], strict=True) if pair[1]} == MEAN_NET


def test_every_ranked_unit_has_a_line_and_a_dash(cases, enter):
    context = enter("supervisor").get(f"/rates/?period={PERIOD}").context
    texts = {line.code: cells[-1][1].text for line, cells in context["lines"]}
    assert (len(texts), texts["beizhuang"]) == (28, "—")


def test_by_score_then_volume_and_what_has_no_unit_last(cases):
    lines = figures.table("unit", periods.read(PERIOD)).lines
    assert [line.code for line in lines][:3] == ["citymgmt", "heyan", "qingyuan"]
    assert lines[-1].code == ""


@pytest.mark.parametrize(
    ("sort", "first"), [("-overdue", "qingyuan"), ("resolution", "qingyuan"), ("-resolution", "citymgmt")]
)
def test_the_page_sorts_and_keeps_dashes_last(cases, enter, sort, first):
    lines = enter("supervisor").get(f"/rates/?period={PERIOD}&sort={sort}").context["lines"]
    assert lines[0][0].code == first
    if "resolution" in sort:
        assert {cells[4][1].text for _line, cells in lines[3:]} == {"—"}


def test_by_category_takes_in_what_is_below(cases, enter):
    context = enter("supervisor").get(f"/rates/?by=category&period={PERIOD}").context
    parking = ["7", "6", "2", "100.0%", "75.0%", "97.5%", "86.5"]
    rows = counted(context["lines"])
    assert (rows["03"], rows[""]) == (GOLDEN["qingyuan"], GOLDEN[""])
    assert [text for text, _parts in rows["02"]] == parking
    assert [(cell.text, cell.parts) for _label, cell in context["pooled"]] == POOLED


def test_a_category_opens_into_its_children_and_itself(cases, enter):
    Case.objects.filter(pk=cases[1].pk).update(category=cases[1].category.parent)
    context = enter("supervisor").get(f"/rates/?by=category&under=03&period={PERIOD}").context
    received = {line.code: cells[0][1].text for line, cells in context["lines"] if cells[0][1].text != "0"}
    assert received == {"03.01": "7", "03.-": "1"}


def test_the_command_says_the_same(cases):
    result = CliRunner().invoke(cli, ["rates", "--period", PERIOD, "--json"], catch_exceptions=False)
    said = json.loads(result.output)
    assert (said["period"]["label"], said["by"]) == (PERIOD, "unit")
    for variant, golden in (("all", GOLDEN), ("net", GOLDEN_NET)):
        lines = {line["code"]: line["figures"][variant] for line in said["lines"] if line["code"] in golden}
        found = {code: [in_words(name, figure[name]) for name in NAMES] for code, figure in lines.items()}
        assert found == golden
    assert [in_words(name, said["pooled"]["all"][name]) for name in NAMES] == POOLED
    means = said["mean"]["all"]
    assert {name: in_words(name, means[name], mean=True)[0] for name in MEAN} == MEAN
    assert list(said["definitions"]) == list(MEASURES)


def in_words(name, figure, *, mean=False):
    """A figure of the command as the page writes it."""
    value = figure["value"]
    if "denominator" not in figure and not mean:
        return f"{value:.0f}", ""
    text = "—" if value is None else f"{value:.1f}{'' if name == 'score' else '%'}"
    return text, "" if mean else f"{figure['numerator']} / {figure['denominator']}"


def test_the_command_prints_a_table(cases):
    result = CliRunner().invoke(cli, ["rates", "--period", PERIOD, "--by", "category"], catch_exceptions=False)
    assert (result.exit_code, "2025-11-01 – 2025-11-30" in result.output) == (0, True)


def test_the_command_says_what_a_period_is():
    result = CliRunner().invoke(cli, ["rates", "--period", "gestern"])
    assert (result.exit_code, "2026-11 (month)" in result.output.replace("\n", " ")) == (2, True)


def test_the_csv_carries_period_and_definitions(cases, enter):
    response = enter("supervisor").get(f"/rates/export.csv?period={PERIOD}")
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert response.headers["Content-Disposition"] == 'attachment; filename="rates-unit-2025-11.csv"'
    line = next(row for row in rows if row[0] == "qingyuan")
    assert line[2:11] == ["8", "7", "3", "83.3", "5.0", "6.0", "50.0", "3.0", "6.0"]
    assert next(row for row in rows if row[:1] == ["heyan"])[2] == "4"
    assert [row[1] for row in rows if row[:1] == ["周期"]] == ["2025-11-01 – 2025-11-30"]
    assert [row[2] for row in rows if row[:1] == ["满意率"]] == [
        "《北京市接诉即办工作条例》第23、32条；公式 docs/measures"
    ]


def test_the_workbook_says_the_same(cases, enter):
    response = enter("supervisor").get(f"/rates/export.xlsx?period={PERIOD}")
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    rows = book.get_sheet_by_index(0).to_python()
    line = next(row for row in rows if row[0] == "qingyuan")
    assert line[2:8] == [8, 7, 3, 83.3, 5, 6]
    definitions = book.get_sheet_by_index(1).to_python()
    assert definitions[0] == ["周期", "2025-11-01 – 2025-11-30", ""]


def test_no_other_file_format(enter):
    assert enter("supervisor").get("/rates/export.pdf").status_code == 404


def test_a_free_period_counts_both_days(cases, enter):
    context = enter("supervisor").get("/rates/?first=2025-11-02&last=2025-11-03").context
    assert counted(context["lines"])["qingyuan"][0] == ("3", "")


@pytest.mark.parametrize("query", ["period=gestern", "first=2025-11-02", "first=2025-11-20&last=2025-11-02"])
def test_a_period_nobody_can_read_is_said_and_the_assessment_month_shown(enter, query):
    context = enter("supervisor").get(f"/rates/?{query}").context
    assert (len(context["form"].non_field_errors()), context["period"].kind) == (1, "assess")


def test_figures_are_kept_for_a_minute(cases, django_assert_num_queries):
    period = periods.read(PERIOD)
    with django_assert_num_queries(1):
        figures.sums_by("unit", period)
        figures.sums_by("unit", period)


def test_the_compiled_text_waits_for_moments_only():
    compiled = sums_by("lead_id")
    assert set(compiled.names) == {"start", "end", "as_of"}
    assert compiled.sql.count("%s") == len(compiled.names)
    assert [year in compiled.sql for year in ("1901", "1902", "1903")] == [False] * 3
