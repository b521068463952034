"""Law art 23: when the date is reached the resident is asked, whether the unit has answered or not."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import roads
from tests.district import account

from huiyin.cases.domain import Step, act
from huiyin.cases.models import Event
from huiyin.evaluate import domain
from huiyin.evaluate.queries import overdue
from huiyin.kernel.moves import Refused
from huiyin.people.models import Membership, Unit

HEARD = {"contacted": "yes", "solved": "no", "satisfaction": "dissatisfied", "text": "一直没人来。"}


def due(days):
    return {"dispatch": {"due_at": timezone.now() + timedelta(days=days)}}


def late(state="in_progress"):
    return roads.at(state, due(-1))


def call(enter, case, who="caller", **heard):
    return enter(who).post(f"/callbacks/{case.number}/answers/", {**HEARD, **heard})


def test_a_late_case_waits_in_a_list_of_its_own(enter):
    case = late()
    roads.at("in_progress", due(1))
    roads.at("to_call_back", due(-1))
    page = enter("caller").get("/callbacks/late/")
    assert [row.number for row in page.context["queue"]] == [case.number]


def test_what_is_said_counts_and_the_unit_goes_on(enter):
    case = late()
    assert call(enter, case).url == "/callbacks/late/"
    case.refresh_from_db()
    assert (case.state, case.valid_callback, case.contacted, case.solved) == ("in_progress", True, True, False)
    assert list(overdue(timezone.now())) == []


def test_what_is_said_after_the_answer_stands_in_its_place(enter):
    case = late()
    call(enter, case)
    for step in roads.REPLY:
        case.refresh_from_db()
        roads.go(case, step)
    call(enter, case, solved="yes", satisfaction="satisfied")
    case.refresh_from_db()
    assert (case.state, case.solved, case.satisfaction) == ("archived", True, "satisfied")
    assert Event.objects.filter(case=case, kind__in=("call_when_due", "evaluate")).count() == 2


def test_silence_after_the_answer_does_not_take_back_what_was_said(enter):
    case = late()
    call(enter, case)
    for step in (*roads.REPLY, *[roads.Step("caller", "attempt")] * 3, roads.Step("caller", "close_unreached")):
        case.refresh_from_db()
        roads.go(case, step)
    case.refresh_from_db()
    assert (case.state, case.valid_callback, case.solved) == ("evaluated", True, False)


def test_another_date_missed_is_called_about_again(enter):
    case = late()
    call(enter, case)
    later = timezone.now() + timedelta(minutes=5)
    asked = {"reason": "等配件", "until": (later + timedelta(days=1)).isoformat(), "told_resident": True}
    case.refresh_from_db()
    act(case=case, steps=[Step("ask_extension", asked)], account=account("handler.qingyuan"))
    extended = {"due_at": later.isoformat(), "reason": "属实"}
    act(case=case, steps=[Step("extend", extended)], account=account("leader.qingyuan"))
    assert list(overdue(later)) == []
    assert list(overdue(later + timedelta(minutes=1))) == [case]


@pytest.mark.parametrize("state", ["to_accept", "objected", "in_progress", "whistled", "extension", "to_review"])
def test_every_state_with_the_unit_is_called_about(enter, state):
    case = late(state)
    assert call(enter, case).status_code == 302
    case.refresh_from_db()
    assert case.state == state


def test_a_deferred_case_is_not(enter):
    assert call(enter, late("deferred")).status_code == 409


def test_nobody_calls_before_the_date(enter):
    case = roads.at("in_progress", due(1))
    assert enter("caller").get(f"/callbacks/{case.number}/").context["open"] is False
    assert call(enter, case).status_code == 409
    assert enter("caller").post(f"/callbacks/{case.number}/number/").status_code == 403


def test_the_handling_unit_does_not_call_its_own_and_an_outsider_has_no_page(enter):
    case = late()
    Membership.objects.create(account=account("caller"), role="caller", unit=Unit.objects.get(code="qingyuan"))
    with pytest.raises(Refused):
        domain.caller(account("caller"), "call_when_due", case)
    assert call(enter, case).status_code == 409
    assert call(enter, case, who="handler.heyan").status_code == 403
