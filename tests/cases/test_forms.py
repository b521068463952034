import pytest
from django.http import QueryDict
from tests.district import account, dispatched, in_progress, to_call_back

from huiyin.cases.forms import asked, move_form
from huiyin.cases.models import Case
from huiyin.kernel.fields import FROM_DOORS
from huiyin.kernel.moves import INITIAL, MOVES

pytestmark = pytest.mark.django_db
RECKONED = {"trace", "catalogue", "arrive_by"}


@pytest.mark.parametrize("kind", [kind for kind in MOVES if kind != INITIAL])
def test_every_move_has_a_form_that_asks_for_what_it_needs_and_records(kind):
    move, case = MOVES[kind], dispatched()
    form = move_form(move, case, account("handler.qingyuan"))
    assert set(form.fields) - {"seq"} == {*move.needs, *move.records} - RECKONED - set(FROM_DOORS)
    assert {name for name, field in form.fields.items() if field.required} == {"seq", *move.needs}
    assert form.as_p().count("id_") > 0  # every widget draws


def test_asked_keeps_the_order_of_the_table():
    assert asked(MOVES["submit"]) == ["text", "action", "evidence", "attachments"]


def sent(case, **values):
    data = QueryDict(mutable=True)
    for name, value in {"seq": case.seq, **values}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def test_a_field_that_was_not_sent_takes_what_is_known():
    case = dispatched()
    form = move_form(MOVES["accept"], case, account("handler.qingyuan"), sent(case))
    assert form.is_valid()
    assert form.recorded() == {"assignee": account("handler.qingyuan").pk}


def test_a_field_sent_empty_stays_empty():
    case = dispatched()
    form = move_form(MOVES["accept"], case, account("handler.qingyuan"), sent(case, assignee=""))
    assert form.is_valid()
    assert form.recorded() == {"assignee": None}


def test_somebody_of_another_unit_cannot_be_given_the_case():
    case = in_progress()
    form = move_form(
        MOVES["reassign"], case, account("handler.qingyuan"), sent(case, assignee=account("handler.heyan").pk)
    )
    assert list(form.errors) == ["assignee"]


def test_the_version_that_was_looked_at_is_never_guessed():
    case = dispatched()
    form = move_form(MOVES["accept"], case, account("handler.qingyuan"), QueryDict("assignee="))
    assert list(form.errors) == ["seq"]


def test_correct_records_only_what_changed():
    case = dispatched()
    values = {
        "reason": "听错了",
        "kind": case.kind,
        "category": "供暖 / 室温不达标",
        "urgency": "urgent",
        "place": case.place,
        "area": "东里小区",
    }
    form = move_form(MOVES["correct"], case, account("dispatcher"), sent(case, **values))
    assert form.is_valid(), form.errors
    assert form.recorded() == {"reason": "听错了", "urgency": "urgent"}


@pytest.mark.parametrize(("typed", "code"), [("heyan", "heyan"), ("河沿街道", "heyan"), ("河沿", "heyan")])
def test_a_unit_is_found_by_code_name_or_part_of_it(typed, code):
    case = dispatched()
    form = move_form(MOVES["redispatch"], case, account("reviewer"), sent(case, lead=typed, reason="属地"))
    assert form.is_valid(), form.errors
    assert form.recorded()["lead"] == code


@pytest.mark.parametrize("typed", ["街道", "没有这个单位"])
def test_a_unit_that_fits_several_or_none_is_asked_again(typed):
    case = dispatched()
    form = move_form(MOVES["redispatch"], case, account("reviewer"), sent(case, lead=typed, reason="属地"))
    assert list(form.errors) == ["lead"]


def test_reopening_proposes_a_date_by_the_rules_and_keeps_its_reckoning():
    case = to_call_back()
    form = move_form(MOVES["reopen"], case, account("reviewer"))
    assert form.initial["due_at"] > case.dispatched_at
    unchanged = move_form(MOVES["redo"], case, account("reviewer"), sent(case, reason="未解决"))
    assert unchanged.is_valid()
    assert unchanged.recorded()["trace"][0].startswith("规则：")
    changed = move_form(
        MOVES["redo"], case, account("reviewer"), sent(case, reason="未解决", due_at="2030-01-02T09:30")
    )
    assert changed.is_valid()
    assert ("trace" in changed.recorded(), changed.recorded()["due_at"].isoformat()) == (
        False,
        "2030-01-02T09:30:00+08:00",
    )


def test_yes_and_no_are_both_answers_and_neither_is_missing():
    case = Case.objects.get(pk=to_call_back().pk)
    values = {"contacted": "True", "solved": "False", "satisfaction": "basic"}
    form = move_form(MOVES["evaluate"], case, account("caller"), sent(case, **values))
    assert form.is_valid(), form.errors
    assert {name: form.recorded()[name] for name in values} == {
        "contacted": True,
        "solved": False,
        "satisfaction": "basic",
    }
    assert "solved" in move_form(MOVES["evaluate"], case, account("caller"), sent(case, contacted="True")).errors
