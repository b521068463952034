"""Cut-offs on pages: kept, shown with a mark, opened, compared with today. Exclusions by reason. More measures."""

import json
from io import BytesIO

import pyarrow.parquet as pq
import pytest
from django.core.cache import cache
from tests import roads
from tests.district import account
from tests.review import november
from tests.review.november import GOLDEN, PERIOD, A, B
from tests.review.test_figures import counted

from huiyin.cases.models import Case
from huiyin.kernel.measures import MEASURES
from huiyin.people.models import Area, Unit
from huiyin.review import freezing, periods
from huiyin.review.columns import MAIN, MORE
from huiyin.review.models import Freeze


@pytest.fixture
def cases():
    return november.load()


@pytest.fixture
def frozen(cases):
    return freezing.freeze(periods.read(PERIOD), by=account("supervisor"))


@pytest.mark.parametrize(
    ("who", "status", "count"), [("supervisor", 302, 1), ("analyst", 302, 1), ("handler.heyan", 403, 0)]
)
def test_supervisor_and_analyst_keep_a_cut_off(cases, enter, who, status, count):
    response = enter(who).post("/rates/cut-offs/keep/", {"period": PERIOD})
    assert (response.status_code, Freeze.objects.filter(label=PERIOD).count()) == (status, count)


def test_what_is_no_period_keeps_nothing(enter):
    for text in ("gestern", ""):
        enter("supervisor").post("/rates/cut-offs/keep/", {"period": text})
    assert Freeze.objects.count() == 0


def test_kept_figures_stay_and_open_into_the_cases_of_then(frozen, enter):
    Case.objects.update(solved=False, excluded=True)
    Case.objects.filter(lead__code=A).update(lead=Unit.objects.get(code=B))
    client = enter("supervisor")
    context = client.get(f"/rates/?frozen={frozen.pk}").context
    assert counted(context["lines"]) == GOLDEN
    cells = {line.code: {cell.name: cell for _label, cell in row} for line, row in context["lines"]}
    opened = client.get(cells[A]["resolution"].href + "&part=numerator").context
    assert (opened["figure"].text, opened["counted"], len(opened["rows"])) == ("50.0%", 3, 3)


def test_an_outsider_opens_only_its_own_cases_of_a_kept_figure(frozen, enter, client):
    url = f"/figures/received/?frozen={frozen.pk}"
    found = enter("handler.heyan").get(url).context
    assert (found["counted"], found["readable"]) == (17, 4)
    assert client.get(url).url.startswith("/login/")
    assert enter("supervisor").get("/figures/received/?frozen=999999").status_code == 404


def test_what_changed_since_is_listed_then_and_now(frozen, enter):
    Case.objects.filter(pk=cases_pk(9)).update(solved=False)
    context = enter("supervisor").get(f"/rates/cut-offs/{frozen.pk}/changes/").context
    moved = {(one.unit, one.then.name): (one.then.parts, one.now.parts) for one in context["moved"]}
    assert moved[name_of(B), "resolution"] == ("2 / 3", "1 / 3")
    assert [(case.pk, [(fact.then, fact.now) for fact in facts]) for case, facts in context["cases"]] == [
        (cases_pk(9), [("是", "否")])
    ]
    hidden = enter("handler.qingyuan").get(f"/rates/cut-offs/{frozen.pk}/changes/").context
    assert (hidden["cases"], hidden["count"], hidden["hidden"]) == ([], 1, 1)


def cases_pk(number):
    return Case.objects.get(number__endswith=f"{number:05}").pk


def name_of(code):
    return Unit.objects.get(code=code).name


def test_nothing_changed_is_said(frozen, enter):
    context = enter("supervisor").get(f"/rates/cut-offs/{frozen.pk}/changes/").context
    assert (context["moved"], context["count"]) == ([], 0)


def test_the_list_names_each_cut_off(frozen, enter):
    rows = enter("handler.qingyuan").get("/rates/cut-offs/").context["rows"]
    assert [(row.pk, said) for row, said in rows] == [(frozen.pk, "2025-11-01 – 2025-11-30")]


@pytest.mark.parametrize(("path", "queries"), [("cut-offs/", 4), ("exclusions/", 2)])
def test_queries(frozen, enter, django_assert_num_queries, path, queries):
    client = enter("supervisor")
    client.get(f"/rates/{path}")
    with django_assert_num_queries(queries):
        client.get(f"/rates/{path}")


def test_all_measures_are_columns_and_residents_have_no_cases_to_open(cases, enter):
    area = Area.objects.filter(unit__code=A, parent=None).get()
    Area.objects.update(population=None)
    area.population = 20_000
    area.save()
    client = enter("supervisor")
    context = client.get(f"/rates/?period={PERIOD}&sort=-per_10k&{'&'.join(f'more={name}' for name in MORE)}").context
    line, row = context["lines"][0]
    found = {cell.name: cell for _label, cell in row}
    assert (set(MAIN) | set(MORE), line.code) == (set(MEASURES), A)
    assert (found["per_10k"].text, found["per_10k"].parts) == ("4.0", "8 / 20,000")
    opened = client.get(found["per_10k"].href).context
    assert (opened["counted"], opened["asked"].part) == (8, "numerator")
    assert client.get(found["per_10k"].href + "&part=denominator").status_code == 404


def test_every_column_opens(cases, enter):
    client = enter("supervisor")
    context = client.get(f"/rates/?period={PERIOD}&{'&'.join(f'more={name}' for name in MORE)}").context
    assert {client.get(cell.href).status_code for _label, cell in context["pooled"]} == {200}


def test_the_change_stands_beside_each_figure(cases, enter):
    context = enter("supervisor").get(f"/rates/?period={PERIOD}&change=on").context
    assert {cell.name: cell.change for _label, cell in context["pooled"]}["received"] == "+750.0%"
    assert {cell.change for _label, cell in enter("supervisor").get(f"/rates/?period={PERIOD}").context["pooled"]} == {
        ""
    }


def test_parquet_holds_every_measure_and_what_it_means(cases, enter):
    table = pq.read_table(BytesIO(enter("supervisor").get(f"/rates/export.parquet?period={PERIOD}").content))
    told = json.loads(table.schema.metadata[b"huiyin"])
    row = next(row for row in table.to_pylist() if row["code"] == A)
    assert (row["response_all_numerator"], row["response_all_denominator"]) == (5, 6)
    assert list(told["definitions"]) == list(MEASURES)


def test_a_period_without_cases_says_so(enter):
    assert enter("supervisor").get("/rates/?period=2019-01").context["empty"] is True


def test_exclusions_by_reason_open_into_their_cases(enter):
    case = roads.at("archived")
    excluded = roads.at("exclusion")
    Case.objects.filter(pk=excluded.pk).update(excluded=True)
    client = enter("supervisor")
    context = client.get("/rates/exclusions/").context
    assert [(count, share.denominator) for _code, _name, count, share in context["lines"]] == [(1, 2)]
    code = context["lines"][0][0]
    opened = client.get(f"/rates/exclusions/?reason={code}").context
    assert [found.pk for found in opened["page"].rows] == [excluded.pk]
    outside = enter("handler.heyan").get(f"/rates/exclusions/?reason={code}").context
    assert (outside["page"].rows, outside["hidden"], case.excluded) == ([], 1, False)


def by_reason(client, query):
    """What the page counts by reason, and how many cases each opens into."""
    found = client.get(f"/rates/exclusions/?{query}").context
    opened = {code: client.get(f"/rates/exclusions/?{query}&reason={code}").context for code, *_rest in found["lines"]}
    rows = {code: len(page["page"].rows) + page["hidden"] for code, page in opened.items()}
    total = client.get(found["total_href"]).context
    assert (rows, total["counted"]) == (
        {code: n for code, _name, n, _share in found["lines"]},
        found["total"].numerator,
    )
    return rows


def test_kept_exclusions_stay_when_one_is_decided_later(enter):
    early, late = roads.at("exclusion"), roads.at("exclusion")
    reason = early.events.get(kind="apply_exclusion").public["category_of_reason"]
    Case.objects.filter(pk=early.pk).update(excluded=True)
    frozen = freezing.freeze(periods.read("this-month"), by=account("supervisor"))
    client, kept = enter("supervisor"), f"frozen={frozen.pk}"
    assert by_reason(client, kept) == by_reason(client, "period=this-month") == {reason: 1}
    Case.objects.filter(pk=late.pk).update(excluded=True)
    cache.clear()
    assert (by_reason(client, kept), by_reason(client, "period=this-month")) == ({reason: 1}, {reason: 2})
    Case.objects.filter(pk=early.pk).update(excluded=False)
    cache.clear()
    opened = client.get(f"/rates/exclusions/?{kept}&reason={reason}")
    assert [found.pk for found in opened.context["page"].rows] == [early.pk]
    assert ("此后不变" in opened.content.decode(), f'value="{frozen.pk}"' in opened.content.decode()) == (True, True)


def test_kept_exclusions_without_a_reason_open_too(frozen, enter):
    kept = by_reason(enter("supervisor"), f"frozen={frozen.pk}")
    Case.objects.update(excluded=True)
    cache.clear()
    assert by_reason(enter("supervisor"), f"frozen={frozen.pk}") == kept == {"none": 2}


@pytest.mark.parametrize("path", ["rates/?frozen=99999", "rankings/?frozen=abc", "rates/exclusions/?frozen=99999"])
def test_a_cut_off_that_is_not_there_is_said(enter, path):
    form = enter("supervisor").get(f"/{path}").context["form"]
    assert (len(form.non_field_errors()), form.kept) == (1, None)
