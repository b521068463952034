"""A helping unit's own clock: who is told, what stops it, and where its date is shown."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, received

from huiyin.assign.domain import dispatch
from huiyin.assign.parts import Part
from huiyin.cases.domain import Step, act
from huiyin.cases.models import Case
from huiyin.notices.models import Notice
from huiyin.timers.domain import set_clocks, tick

SOON = timedelta(hours=4)


def helped(urgency="normal"):
    """Led by Qingyuan; the heating company owes its part in four hours, the bureau of housing at its usual date."""
    case = dispatch(
        case=received(), account=account("dispatcher"), lead="qingyuan", reason="按目录", category="03.01",
        helpers=["heat-co", "housing"], parts=[Part("heat-co", "测温排气", timezone.now() + SOON)],
    )  # fmt: skip
    act(
        case=case,
        steps=[Step("accept"), Step("first_contact", {"result": "已联系"})],
        account=account("handler.qingyuan"),
    )
    Case.objects.filter(pk=case.pk).update(urgency=urgency)
    set_clocks(timezone.now())
    return case


def running(case):
    found = case.timers.filter(step="part", stopped_at__isnull=True).order_by("due_at")
    return [(timer.unit.code, timer.due_at) for timer in found]


def told(username):
    found = Notice.objects.filter(account=account(username), key__contains=":part:").order_by("pk")
    return [int(key.rpartition(":")[2]) for key in found.values_list("key", flat=True)]


def test_every_helper_has_a_clock_by_its_own_date():
    case = helped()
    assert running(case) == [(part.unit.code, part.due_at) for part in case.parts.order_by("due_at")]
    assert [code for code, _due in running(case)] == ["heat-co", "housing"]


def test_its_handlers_and_leader_are_told_and_the_leads_people_are_not():
    """An emergency does not wait for the offices to open."""
    helped("emergency")
    for hours in (2, 3.2, 4):
        tick(timezone.now() + timedelta(hours=hours, minutes=1))
    assert told("handler.heat") == [50, 80, 100]
    assert told("handler.qingyuan") == told("leader.qingyuan") == told("handler.heyan") == []
    assert told("supervisor") == [100]


def test_a_report_stops_it_and_the_others_run_on():
    case = helped()
    act(case=case, steps=[Step("help", {"result": "已测温"})], account=account("handler.heat"))
    set_clocks(timezone.now())
    assert [code for code, _due in running(case)] == ["housing"]


@pytest.mark.parametrize(
    "steps",
    [
        [Step("submit", {"text": "已处理。", "action": "排气"})],
        [Step("submit", {"text": "已处理。", "action": "排气"}), Step("approve")],
    ],
)
def test_it_stops_when_the_case_has_left_the_units_desk(steps):
    case = helped()
    for step in steps:
        who = "leader.qingyuan" if step.kind == "approve" else "handler.qingyuan"
        act(case=case, steps=[step], account=account(who))
    set_clocks(timezone.now())
    assert running(case) == []


def test_the_page_names_the_helper_at_its_clock(enter):
    page = enter("handler.qingyuan").get(helped().url).content.decode()
    assert page.count("<b>协办分工 · ") == 2


def test_the_inbox_lists_by_the_helpers_own_date(enter):
    """The second is due for its lead first, and for its helper last."""
    first, second = helped(), helped()
    due_at = timezone.now() + timedelta(hours=3)
    Case.objects.filter(pk=second.pk).update(due_at=due_at)
    second.parts.filter(unit__code="heat-co").update(due_at=timezone.now() + timedelta(hours=9))
    rows = enter("handler.heat").get("/inbox/?tab=helping").context["page"].rows
    assert [row.number for row in rows] == [first.number, second.number]
    assert [row.due_at for row in rows] == [case.parts.get(unit__code="heat-co").due_at for case in (first, second)]


def test_a_late_part_is_listed_late_until_it_is_reported(enter):
    case = helped()
    case.parts.filter(unit__code="heat-co").update(due_at=timezone.now() - timedelta(hours=1))
    browser = enter("handler.heat")

    def rows(query=""):
        return [(row.number, row.is_late) for row in browser.get(f"/inbox/?tab=helping{query}").context["page"].rows]

    assert rows() == rows("&late=on") == [(case.number, True)]
    act(case=case, steps=[Step("help", {"result": "已测温"})], account=account("handler.heat"))
    assert rows() == [(case.number, False)]
