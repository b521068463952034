"""A confidential case: its person is in the private table, and in no answer of any door to anybody who must not know."""

import io
import zipfile

import pytest
from tests.permissions.doors import HELPED, WHO, answer, path_of, table
from tests.roads import at

from huiyin.cases.domain import originals

pytestmark = pytest.mark.django_db
PERSON = {"name": "张三丰", "number": "13900000421", "address": "3号楼2单元501"}
# Who may ask for the originals of a confidential case, stating why: the hotline, never a unit.
MAY_ASK = ("agent", "caller", "reviewer")
UNMASK = "purpose=contact&words=约时间"


@pytest.fixture
def case():
    return at("in_progress", HELPED, confidential=True)


def readable(body):
    """A spreadsheet is a zip: what stands in it is looked at unpacked."""
    if not body.startswith(b"PK"):
        return body.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def leaks(body):
    return {name for name, value in PERSON.items() if value in readable(body)}


def test_the_person_is_in_the_private_table_and_could_leak(case):
    held = originals(case)
    assert {name: held[name] for name in PERSON} == PERSON
    assert PERSON["name"] in held["original"]


@pytest.mark.parametrize("who", MAY_ASK)
def test_whoever_may_ask_is_shown_what_the_others_are_searched_for(case, who):
    assert leaks(answer(f"{case.url}unmask/", "POST", UNMASK, WHO[who]).body) == set(PERSON)


@pytest.mark.parametrize("who", [name for name in WHO if name not in MAY_ASK])
def test_no_door_tells_who_it_is(case, who):
    found = {}
    for row in {row.line: row for row in table()}.values():
        sent = row.sends.replace("@seq", str(case.seq))
        if told := leaks(answer(path_of(row, case), row.method, sent, WHO[who]).body):
            found[row.url, row.method] = told
    assert found == {}


@pytest.mark.parametrize("who", MAY_ASK)
def test_even_whoever_may_ask_is_told_only_when_asking(case, who):
    doors = [row for row in table() if row.method == "GET"]
    told = {row.url for row in doors if leaks(answer(path_of(row, case), "GET", "", WHO[who]).body)}
    assert told == set()


def test_a_unit_that_asks_is_refused(case):
    asked = {who: answer(f"{case.url}unmask/", "POST", UNMASK, WHO[who]) for who in ("owner", "colleague", "company")}
    assert {who: (answered.status, leaks(answered.body)) for who, answered in asked.items()} == {
        "owner": ("403", set()), "colleague": ("403", set()), "company": ("403", set()),
    }  # fmt: skip
