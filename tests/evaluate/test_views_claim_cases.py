"""Every number of the exclusions opens into its cases, and into no more than the reader may see."""

import re

import pytest
from tests.evaluate.test_claims import APPEALS, ASKS, claimed, judged

from huiyin.cases.models import Case
from huiyin.evaluate import asked, claims
from huiyin.people.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def month():
    """One of each, and one that somebody else leads now."""
    cases = [
        claimed(ASKS),
        claimed(ASKS, "exclude"),
        claimed(ASKS, "refuse_exclusion"),
        claimed(APPEALS, "uphold_appeal"),
    ]
    judged()
    Case.objects.filter(pk=cases[1].pk).update(lead=Unit.objects.get(code="heyan"))
    return cases


def line(code="qingyuan"):
    return next(one for one in claims.by_unit(asked.period("assess")) if one.code == code)


def test_every_number_is_as_many_as_the_cases_behind_it(month):
    own = line()
    told = {
        "evaluated": own.evaluated,
        "checked": own.checked,
        "matched": own.matched,
        "exclusion": own.exclusions[0],
        "exclusion_granted": own.exclusions[1],
        "exclusion_decided": own.exclusions[2],
        "appeal": own.appeals[0],
        "appeal_granted": own.appeals[1],
        "appeal_decided": own.appeals[2],
    }
    period = asked.period("assess")
    assert {what: claims.behind(period, what, "qingyuan")[1] for what in claims.BEHIND} == told


def opened(client, what="exclusion", unit="qingyuan"):
    return client.get(f"/exclusions/cases/?what={what}&unit={unit}&period=assess")


def test_whoever_sees_the_district_sees_them_all(enter, month):
    page = opened(enter("reviewer")).content.decode()
    assert all(case.number in page for case in month[:3])


def test_a_unit_sees_its_own_and_how_many_more_there_are(enter, month):
    page = opened(enter("handler.qingyuan")).content.decode()
    assert [case.number in page for case in month[:3]] == [True, False, True]
    assert "另有 1 件" in page


def test_the_table_links_every_number_to_its_cases(enter, month):
    client = enter("reviewer")
    page = client.get("/exclusions/figures/?period=assess").content.decode()
    links = re.findall(r'href="(/exclusions/cases/[^"]+)"', page)
    assert len(links) >= 8
    pages = {link: client.get(link.replace("&amp;", "&")) for link in links}
    assert {page.status_code for page in pages.values()} == {200}
    of_unit = [page for link, page in pages.items() if "unit=qingyuan" in link]
    assert (len(of_unit) >= 4, {str(page.context["unit"]) for page in of_unit}) == (True, {"清源街道"})


def test_the_public_page_links_to_none(client, month):
    assert "/exclusions/cases/" not in client.get("/exclusions-open/").content.decode()


@pytest.mark.parametrize("asks", ["what=titles", "what=exclusion&unit=nowhere", ""])
def test_what_is_not_counted_is_not_there(enter, asks):
    assert enter("reviewer").get(f"/exclusions/cases/?{asks}").status_code == 404
