"""Which company looks after which estate: from a day on, in one hand at a time, never edited back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.standing import firms

from huiyin.people.choices import AreaKind
from huiyin.people.models import Area, Unit
from huiyin.standing import domain_companies
from huiyin.standing.models import Company, Estate

pytestmark = pytest.mark.django_db
RUNS, OUTSIDER = "supervisor", "handler.qingyuan"


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def held():
    return [
        (one.company.unit.code, one.households, one.valid_from, one.valid_to)
        for one in Estate.objects.select_related("company__unit").order_by("valid_from", "pk")
    ]


@pytest.fixture
def two(db):
    """The first looks after one estate since years; the second after none."""
    one, other = (firms.company_of(code) for code in ("pm-ruhe", "pm-muan"))
    return one, other


def test_it_changes_hands_from_a_day_on_and_the_past_stays(two):
    one, other = two
    area = one.estates.get().area
    domain_companies.look_after(other, area=area, households=280, valid_from=in_days(3))
    assert held() == [
        ("pm-ruhe", 300, firms.BEGINS, in_days(3)), ("pm-muan", 280, in_days(3), None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "households", "says"),
    [(-1, 280, "或更晚"), (3, 300, "不用改"), (800, 280, "年份")],
)
def test_what_cannot_be_is_said_and_nothing_is_changed(two, days, households, says):
    one, _other = two
    before = held()
    with pytest.raises(ValueError, match=says):
        domain_companies.look_after(one, area=one.estates.get().area, households=households, valid_from=in_days(days))
    assert held() == before


def test_twice_on_one_day_is_refused(two):
    one, other = two
    area = one.estates.get().area
    domain_companies.look_after(other, area=area, households=280, valid_from=in_days(0))
    with pytest.raises(ValueError, match="这一天已经换过"):
        domain_companies.look_after(one, area=area, households=290, valid_from=in_days(0))


def test_the_first_may_begin_in_the_past_but_not_in_another_century(two):
    one, _other = two
    area = one.estates.get().area
    Estate.objects.all().delete()
    with pytest.raises(ValueError, match="年份"):
        domain_companies.look_after(one, area=area, households=1, valid_from=date(1026, 1, 1))
    domain_companies.look_after(one, area=area, households=None, valid_from=date(2019, 5, 1))
    assert held() == [("pm-ruhe", None, date(2019, 5, 1), None)]


def test_it_ends_once_and_not_in_the_past(two):
    estate = two[0].estates.get()
    with pytest.raises(ValueError, match="已经过去"):
        domain_companies.end(estate, on=in_days(-1))
    domain_companies.end(estate, on=in_days(0))
    with pytest.raises(ValueError, match="已经结束"):
        domain_companies.end(estate, on=in_days(2))
    assert held() == [("pm-ruhe", 300, firms.BEGINS, in_days(0))]


def test_the_database_holds_it_in_one_hand_too(two):
    one, other = two
    with pytest.raises(IntegrityError), transaction.atomic():
        Estate.objects.create(company=other, area=one.estates.get().area, valid_from=in_days(1))


def test_a_street_is_no_company():
    with pytest.raises(ValueError, match="不是企业"):
        domain_companies.add(Unit.objects.get(code="qingyuan"))


def test_who_runs_the_list_adds_a_company_and_its_estate_on_the_pages(enter):
    page, outsider = enter(RUNS), enter(OUTSIDER)
    assert outsider.post("/standing/manage/companies/", {"unit": "pm-ruhe"}).status_code == 403
    opened = page.post("/standing/manage/companies/", {"unit": "pm-ruhe"})
    own = Company.objects.get()
    area = firms.first_estate()
    told = {"area": area.code, "households": "320", "valid_from": "2024-03-01"}
    assert (opened.url, page.post(opened.url, told).status_code) == (f"/standing/manage/companies/{own.pk}/", 302)
    assert held() == [("pm-ruhe", 320, date(2024, 3, 1), None)]
    assert str(area) in page.get(opened.url).content.decode()


@pytest.mark.parametrize(
    ("changed", "says"),
    [({"area": "nowhere"}, "nowhere"), ({"households": "0"}, "1"), ({"valid_from": "9999-12-31"}, "9999-12-31")],
)
def test_bad_input_is_said_and_nothing_typed_is_lost(two, enter, changed, says):
    one, _other = two
    told = {"area": one.estates.get().area.code, "households": "321", "valid_from": f"{in_days(2)}"} | changed
    page = enter(RUNS).post(f"/standing/manage/companies/{one.pk}/", told)
    body = page.content.decode()
    assert (page.status_code, says in body, told["households"] in body, len(held())) == (422, True, True, 1)


def test_an_estate_is_ended_on_the_page(two, enter):
    one, _other = two
    pk = one.estates.get().pk
    answers = [
        enter(who).post(f"/standing/manage/estates/{pk}/end/", {"on": f"{on}"}).status_code
        for who, on in ((OUTSIDER, in_days(1)), (RUNS, in_days(-9)), (RUNS, in_days(1)))
    ]
    assert (answers, held()) == ([403, 422, 302], [("pm-ruhe", 300, firms.BEGINS, in_days(1))])


def test_an_end_that_is_a_slip_of_the_year_would_bar_everybody_after_it(two):
    before = held()
    with pytest.raises(ValueError, match="年份"):
        domain_companies.end(two[0].estates.get(), on=date(2099, 12, 31))
    assert held() == before


def test_a_whole_street_is_no_estate(two):
    street, before = Area.objects.filter(kind=AreaKind.STREET).first(), held()
    with pytest.raises(ValueError, match="小区"):
        domain_companies.look_after(two[1], area=street, households=9, valid_from=in_days(1))
    assert held() == before
