"""Rankings for the house: order, change, classes, peer groups; weights in force; what a reader may open."""

import csv
import json
from datetime import date, timedelta
from io import BytesIO, StringIO

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.utils import timezone
from tests.district import account
from tests.review import november
from tests.review.november import PERIOD, A, B, C

from huiyin.kernel.measures import ScoreWeights
from huiyin.people.kept import kept
from huiyin.people.models import Unit
from huiyin.review import domain_rules, freezing, periods, ranking
from huiyin.review.models import ClassRule, PeerGroup, ScoreRule
from huiyin.review.ranking import Asked

URL = f"/rankings/?period={PERIOD}"
EARLY = date(2025, 1, 1)


@pytest.fixture
def cases():
    return november.load()


def ranked(response):
    return [(row.place.line.code, row.place.rank, row.main.text) for row in response.context["rows"] if row.place.rank]


def test_by_score_each_with_its_rank(cases, enter):
    assert ranked(enter("supervisor").get(URL)) == [(B, 1, "82.0"), (A, 2, "52.7")]


def test_after_exclusions_by_resolution(cases, enter):
    found = ranked(enter("supervisor").get(f"{URL}&by=resolution&variant=net"))
    assert found == [(B, 1, "66.7%"), (A, 2, "60.0%")]


def test_a_small_unit_is_drawn_to_its_group_and_nobody_loses_the_plain_figure(cases):
    found = {place.line.code: place for place in ranking.rank(Asked(periods.read(PERIOD)), ()).places}
    assert found[B].shrunk.own < found[A].shrunk.own
    assert found[A].line.figures["all"]["score"].text == "52.7"
    assert float(found[A].line.figures["all"]["score"].value) / 100 < found[A].shrunk.value < found[B].shrunk.value
    assert (found["beizhuang"].rank, found["beizhuang"].shrunk.own) == (None, 0)


def test_the_change_is_against_the_month_before(cases, enter):
    rows = {row.place.line.code: row.place.rise for row in enter("supervisor").get(URL).context["rows"]}
    assert (rows[A], rows[B]) == (-1, 0)  # in October both had a score of 100 and one case: both were first


def test_only_the_group_is_ranked(cases, enter):
    group = PeerGroup.objects.create(name="街道", valid_from=EARLY)
    group.units.set(Unit.objects.filter(code__in=(A, C)))
    assert ranked(enter("supervisor").get(f"{URL}&group={group.pk}")) == [(C, 1, "100.0"), (A, 2, "52.7")]


def test_a_bureau_is_not_among_the_ranked_units_unless_a_group_names_it(cases, enter):
    assert C not in {row.place.line.code for row in enter("supervisor").get(URL).context["rows"]}


def test_the_first_class_that_fits_is_the_units(cases, enter):
    ClassRule.objects.create(name="先进", order=1, first_percent=10, valid_from=EARLY)
    ClassRule.objects.create(name="治理", order=2, score_below=60, valid_from=EARLY)
    ClassRule.objects.create(name="旧", order=0, valid_from=EARLY, valid_to=date(2025, 11, 30))
    rows = enter("supervisor").get(URL).context["rows"]
    assert {row.place.line.code: str(row.place.klass) for row in rows if row.place.klass} == {B: "先进", A: "治理"}


def test_weights_of_the_periods_last_day(cases, enter):
    ScoreRule.objects.create(
        response=0, satisfaction=0, resolution=100, basis="试", valid_from=EARLY, valid_to=date(2025, 12, 1)
    )
    client = enter("supervisor")
    assert ranked(client.get(URL)) == [(B, 1, "66.7"), (A, 2, "50.0")]
    figure = client.get(f"/figures/score/?period={PERIOD}&unit={B}&part=numerator").context
    assert (figure["figure"].text, figure["counted"]) == ("66.7", 2)


def test_sorted_by_volume(cases, enter):
    rows = enter("supervisor").get(f"{URL}&sort=-volume").context["rows"]
    assert [row.place.line.code for row in rows][:2] == [A, B]


def test_a_period_without_cases_says_so_and_ranks_nobody(enter):
    response = enter("supervisor").get("/rankings/?period=2019-01")
    assert (ranked(response), response.context["found"].count) == ([], 0)
    assert {row.main.text for row in response.context["rows"]} == {"—"}


@pytest.mark.parametrize("who", ["supervisor", "handler.qingyuan", "handler.heyan"])
def test_all_the_house_reads_it_and_opens_its_own_cases(cases, enter, who):
    client = enter(who)
    rows = {row.place.line.code: row for row in client.get(URL).context["rows"]}
    readable = client.get(rows[A].received.href).context["readable"]
    assert (rows[A].place.rank, readable) == (2, 0 if who == "handler.heyan" else 8)


@pytest.mark.parametrize("url", ["/rankings/", "/rankings/export.csv", "/rates/cut-offs/", "/rates/rules/"])
def test_strangers_are_led_to_the_sign_in(url):
    assert Client().get(url).url.startswith(resolve_url(settings.LOGIN_URL))


def test_the_files_carry_the_method(cases, enter):
    client = enter("supervisor")
    rows = list(csv.reader(StringIO(client.get(f"/rankings/export.csv?period={PERIOD}").content.decode("utf-8-sig"))))
    assert next(row for row in rows if row[0] == B)[2:3] == ["1"]
    table = pq.read_table(BytesIO(client.get(f"/rankings/export.parquet?period={PERIOD}").content))
    told = json.loads(table.schema.metadata[b"huiyin"])
    assert (table.to_pylist()[0]["code"], told["ranked_by"], len(told["method"])) == (B, "score", 6)
    assert client.get("/rankings/export.pdf").status_code == 404


def test_a_merged_unit_keeps_its_line_and_a_renamed_one_shows_its_present_name(cases, enter):
    Unit.objects.filter(code=B).update(active=False)
    Unit.objects.filter(code="beizhuang").update(active=False)
    Unit.objects.filter(code=A).update(name="清源新街道")
    kept(Unit).forget()
    lines = {line.code: line for line, _cells in enter("supervisor").get(f"/rates/?period={PERIOD}").context["lines"]}
    assert (lines[B].figures["all"]["received"].text, lines[A].name) == ("4", "清源新街道")
    assert "beizhuang" not in lines
    assert [code for code, _rank, _text in ranked(enter("supervisor").get(URL))] == [B, A]


def test_a_cut_off_ranks_as_it_did_by_the_names_of_then(cases, enter):
    frozen = freezing.freeze(periods.read(PERIOD), by=account("supervisor"))
    cases[9].__class__.objects.update(solved=False)
    Unit.objects.filter(code=A).update(name="清源新街道")
    client = enter("supervisor")
    response = client.get(f"/rankings/?frozen={frozen.pk}")
    assert ranked(response) == [(B, 1, "82.0"), (A, 2, "52.7")]
    assert {row.place.line.name for row in response.context["rows"] if row.place.line.code == A} == {"清源街道"}


def test_queries_of_a_ranking(cases, enter, django_assert_num_queries):
    client = enter("supervisor")
    client.get(URL)
    with django_assert_num_queries(6):
        client.get(URL)


@pytest.mark.django_db
def test_a_rule_ends_the_one_before_and_none_is_made_back_in_time():
    who, ahead = account("supervisor"), timezone.localdate() + timedelta(days=30)
    later = ahead + timedelta(days=30)
    domain_rules.weigh(weights=ScoreWeights(20, 30, 50), valid_from=ahead, basis="甲", by=who)
    domain_rules.weigh(weights=ScoreWeights(), valid_from=later, basis="乙", by=who)
    found = list(ScoreRule.objects.order_by("valid_from").values_list("valid_from", "valid_to"))
    assert found == [(ahead, later), (later, None)]
    for day, said in ((later, "更晚的日期"), (EARLY, "不追溯")):
        with pytest.raises(ValueError, match=said):
            domain_rules.weigh(weights=ScoreWeights(), valid_from=day, basis="丙", by=who)


@pytest.mark.parametrize("url", ["/rankings/", "/rankings/export.csv", "/rates/"])
@pytest.mark.parametrize("period", ["0001", "0001-01", "assess:0001-02", "0001-01-03..0001-06-01"])
def test_a_period_with_none_before_it_is_not_read(enter, url, period):
    response = enter("supervisor").get(url, {"change": "on", "period": period})
    assert response.status_code == 200


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
@pytest.mark.parametrize("url", ["/rates/export.csv", "/rankings/export.csv"])
def test_no_name_in_a_file_is_a_formula(enter, url, sign):
    """Full-width signs too: spreadsheets in Chinese take them for the narrow ones."""
    Unit.objects.filter(code=A).update(name=f"{sign}cmd|' /C calc'!A0")
    text = enter("supervisor").get(url).content.decode()
    assert (f",'{sign}cmd" in text, f",{sign}cmd" in text) == (True, False)
