import pytest
from tests.district import dispatched

from huiyin.cases.models import Case
from huiyin.people import memory
from huiyin.people.kept import kept
from huiyin.people.models import Area, Unit

pytestmark = pytest.mark.django_db


def test_names_of_a_case_come_from_memory(django_assert_num_queries):
    case = Case.objects.get(pk=dispatched().pk)
    for table in (Unit, Area):
        kept(table).rows()
    with django_assert_num_queries(0):
        shown = (case.lead.code, case.category.code, case.category.parent.code)
    assert shown == ("qingyuan", "03.01", "03")


def test_a_unit_that_is_new_is_found():
    rows = kept(Unit).rows()
    new = Unit.objects.bulk_create([Unit(code="new", kind="bureau", name="新局", path="new.")])[0]
    assert (new.pk in rows, kept(Unit).get(new.pk)) == (False, new)


def test_a_name_that_was_changed_is_seen():
    unit = Unit.objects.get(code="qingyuan")
    kept(Unit).rows()
    unit.name = "清源新街道"
    unit.save()
    assert kept(Unit).get(unit.pk).name == "清源新街道"


def test_a_change_by_another_process_is_seen_after_a_minute(monkeypatch):
    table = kept(Unit)
    pk = Unit.objects.get(code="qingyuan").pk
    before = table.get(pk).name
    Unit.objects.filter(pk=pk).update(name="清源新街道")
    seen = [table.get(pk).name]
    now = memory.now()
    monkeypatch.setattr(memory, "now", lambda: now + 61)
    assert [*seen, table.get(pk).name] == [before, "清源新街道"]


def test_a_key_of_no_row_is_no_row():
    assert kept(Unit).get(-1) is None
    assert kept(Unit).get(None) is None


def test_an_empty_key_is_none_and_costs_nothing(django_assert_num_queries):
    case = Case.objects.get(pk=dispatched().pk)
    case.lead_id = None
    with django_assert_num_queries(0):
        assert case.lead is None
