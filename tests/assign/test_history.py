import pytest
from tests.district import TEXT, account, dispatched, received, to_call_back

from huiyin.alike import queries
from huiyin.alike.domain import read_new
from huiyin.assign.domain import look_at
from huiyin.assign.history import past_of, past_units
from huiyin.assign.models import CatalogueRule
from huiyin.assign.queries import forget_rules
from huiyin.cases.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    queries._frequencies.cache_clear()


def test_the_units_that_answered_the_like_share_what_speaks_for_them():
    to_call_back(), dispatched(), dispatched(lead="housing")
    case = received()
    read_new(seconds=5)
    units = past_of(case)
    assert [(one.unit.code, len(one.cases), one.answered, one.solved) for one in units] == [
        ("qingyuan", 2, 1, 0),
        ("housing", 1, 0, 0),
    ]
    assert sum(one.share for one in units) == pytest.approx(1)
    assert units[0].share > units[1].share


def test_cases_that_nobody_leads_yet_say_nothing_of_a_unit():
    received()
    case = received()
    read_new(seconds=5)
    assert past_of(case) == []


def test_nothing_alike_is_no_advice():
    assert past_units([]) == []


def test_a_text_is_told_what_is_like_it_and_the_catalogues_unit_comes_first():
    case = dispatched(lead="housing")
    read_new(seconds=5)
    (look,) = look_at([{"text": TEXT, "place": "东里小区"}])
    assert [one["number"] for one in look["similar"]] == [case.number]
    assert look["unit"] != "housing"
    assert look["similar"][0]["reasons"]


def test_where_the_catalogue_is_silent_the_cases_alike_name_the_unit_and_the_reason_says_which():
    case = dispatched(lead="housing")
    read_new(seconds=5)
    CatalogueRule.objects.all().delete()
    forget_rules()
    (look,) = look_at([{"text": TEXT, "place": "东里小区"}])
    forget_rules()
    assert (look["unit"], case.number in look["reasons"][-1]) == ("housing", True)


def test_the_dispatcher_sees_past_cases_beside_the_form(client):
    case, waits = dispatched(lead="housing"), received()
    read_new(seconds=5)
    client.force_login(account("dispatcher"))
    page = client.get(f"/assign/{waits.number}/past/").content.decode()
    assert (case.number in page, "<details" in page, " open>" in page) == (True, True, True)
    assert b"/past/" in client.get(f"/assign/{waits.number}/").content


def test_a_case_that_is_dispatched_asks_nothing(client):
    case = dispatched()
    client.force_login(account("dispatcher"))
    assert client.get(f"/assign/{case.number}/past/").content.strip() == b""


def test_a_handler_is_not_shown_the_past_of_others(client):
    waits = received()
    client.force_login(account("handler.qingyuan"))
    assert client.get(f"/assign/{waits.number}/past/").status_code == 403


def test_a_confidential_case_is_nobodys_precedent():
    dispatched(lead="housing", confidential=True)
    case = received()
    assert (read_new(seconds=5), Case.objects.count(), past_of(case)) == (1, 2, [])
