"""Every figure opens into exactly the cases it counted, within the reader's rights."""

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from tests.district import account
from tests.review import november
from tests.review.november import PERIOD, A, B, C

from huiyin.cases.models import Case, CasePart
from huiyin.cases.queries import visible_among, visible_to

ADDRESS = f"period={PERIOD}"


@pytest.fixture
def cases():
    return november.load()


def numbers(response):
    return sorted(int(case.number[-5:]) for case in response.context["rows"])


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("received", "", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 19]),
        ("received", f"unit={A}", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("received", f"unit={A}&variant=net", [1, 2, 3, 4, 5, 6, 8]),
        ("received", "unit=none", [18, 19]),
        ("closed", f"unit={B}", [9, 10, 11, 12]),
        ("overdue", "", [3, 6, 7, 10, 15, 18, 19]),
        ("response", f"unit={A}", [1, 2, 3, 4, 7, 8]),
        ("response", f"unit={A}&part=numerator", [1, 2, 3, 7, 8]),
        ("resolution", "part=numerator", [1, 2, 8, 9, 10, 17]),
        ("resolution", "part=numerator&variant=net", [1, 2, 8, 9, 10]),
        ("satisfaction", "part=numerator", [1, 2, 8, 9, 10, 11, 17]),
        ("score", f"unit={C}&variant=net", []),
        ("received", "category=03", [1, 2, 3, 4, 5, 6, 7, 8]),
        ("received", "category=02.01", [9, 10, 11, 14, 15, 16, 17]),
        ("received", "category=none", [18, 19]),
    ],
)
def test_the_figure_lists_exactly_the_counted_cases(cases, enter, name, query, expected):
    response = enter("supervisor").get(f"/figures/{name}/?{ADDRESS}&{query}")
    assert numbers(response) == expected
    assert (response.context["counted"], response.context["readable"]) == (len(expected), len(expected))


def test_every_figure_of_the_table_opens_into_as_many_cases_as_it_says(cases, enter):
    client = enter("supervisor")
    for line, row in client.get(f"/rates/?{ADDRESS}").context["lines"]:
        if line.code not in november.GOLDEN:
            continue
        for _label, cell in row:
            found = client.get(cell.href).context
            assert (found["figure"].text, found["counted"]) == (cell.text, found["figure"].measure and listed(found))


def listed(context):
    """How many cases the opened part weighs: a count's numerator, a rate's denominator in whole cases."""
    figure = context["figure"]
    return figure.numerator if figure.denominator is None else int(context["denominator"])


def test_a_unit_reads_its_own_cases_behind_the_districts_figure(cases, enter):
    response = enter("handler.heyan").get(f"/figures/received/?{ADDRESS}")
    assert (numbers(response), response.context["counted"], response.context["readable"]) == ([9, 10, 11, 14], 17, 4)


def test_a_helper_reads_the_case_it_helps_with(cases, enter):
    CasePart.objects.create(case=cases[1], unit=cases[9].lead)
    assert numbers(enter("handler.heyan").get(f"/figures/received/?{ADDRESS}&unit={A}")) == [1]


@pytest.mark.parametrize("who", ["handler.qingyuan", "handler.heyan", "leader.citymgmt", "checker", "admin", "analyst"])
def test_row_by_row_the_rights_are_those_of_every_list(cases, who):
    CasePart.objects.create(case=cases[1], unit=cases[9].lead)
    found = visible_among(Case.objects.all(), account(who))
    assert set(found.values_list("pk")) == set(visible_to(account(who)).values_list("pk"))


def test_another_units_figure_opens_to_nothing_for_an_outsider(cases, enter):
    response = enter("handler.heyan").get(f"/figures/received/?{ADDRESS}&unit={A}")
    assert (numbers(response), response.context["counted"], response.context["readable"]) == ([], 8, 0)


def test_the_public_opens_the_districts_figure_masked(cases, client):
    response = client.get(f"/figures/received/?{ADDRESS}")
    shown = {case.title for case in response.context["rows"]}
    everything = {f"第{number}件" for number in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 15, 16, 17)}
    assert shown == everything - {f"第{november.CONFIDENTIAL}件", f"第{november.REPORT}件"}
    assert {type(case).__name__ for case in response.context["rows"]} == {"PublicCase"}
    assert "MH-2511" not in response.content.decode()


@pytest.mark.parametrize("query", [f"unit={A}", "category=03", "unit=none"])
def test_the_public_opens_no_units_or_categorys_figure(cases, client, query):
    address = f"/figures/received/?{ADDRESS}&{query}"
    response = client.get(address)
    assert response.url.startswith(f"{resolve_url(settings.LOGIN_URL)}?next=/figures/received/")


@pytest.mark.parametrize(
    ("period", "status"), [("2025-11", 200), ("assess:2025-11", 200), ("2025", 404), ("2025-11-01..2025-11-02", 404)]
)
def test_the_public_opens_months_only(client, period, status):
    assert client.get("/figures/received/", {"period": period}).status_code == status


@pytest.mark.parametrize(
    "address",
    [
        "/figures/nonsense/",
        "/figures/received/?part=denominator",
        "/figures/response/?part=half",
        "/figures/response/?variant=best",
        "/figures/response/?unit=nowhere",
        "/figures/response/?category=99",
        f"/figures/response/?unit={A}&category=03",
    ],
)
def test_what_is_not_a_figure_is_not_found(client, enter, address):
    assert enter("supervisor").get(address).status_code == 404


def test_a_period_nobody_can_read_is_said(enter):
    response = enter("supervisor").get("/figures/received/?period=gestern")
    assert [message.level_tag for message in response.context["messages"]] == ["warning"]


def test_queries_of_a_figure(cases, enter, django_assert_num_queries):
    client = enter("supervisor")
    client.get(f"/figures/resolution/?{ADDRESS}&unit={A}")
    with django_assert_num_queries(5):
        client.get(f"/figures/resolution/?{ADDRESS}&unit={A}")
