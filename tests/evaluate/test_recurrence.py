from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, dispatched, received, to_call_back

from huiyin.assign.domain import dispatch
from huiyin.cases.domain import new_drafts, open_cases
from huiyin.cases.draft import RESIDENT, SYSTEM
from huiyin.cases.models import Case
from huiyin.cases.timeline import public_timeline
from huiyin.evaluate import recurrence
from huiyin.evaluate.domain import record
from huiyin.evaluate.likeness import Point, likeness
from huiyin.evaluate.models import RecurrenceHint, RecurrenceRule
from huiyin.kernel.moves import Refused
from huiyin.kernel.periods import Period
from huiyin.review import figures

pytestmark = pytest.mark.django_db
HERE = Point("东里小区3号楼", 36500, 116000, "abc", narrow=True)


def solved(**changes):
    return record(case=to_call_back(**changes), actor=RESIDENT, contacted=True, solved=True, satisfaction="satisfied")


def closed_days_ago(days):
    case = solved()
    at = timezone.now() - timedelta(days=days)
    Case.objects.filter(pk=case.pk).update(closed_at=at, created_at=at - timedelta(days=3))
    case.refresh_from_db()
    return case


def again(case, **changes):
    """The same thing said again, from the same estate."""
    return received(area=case.area.code, category=case.category.code, **changes)


def pairs():
    return set(RecurrenceHint.objects.values_list("case_id", "earlier_id", "within"))


@pytest.mark.parametrize(("days", "within"), [(1, 30), (29, 30), (31, 90), (89, 90)])
def test_a_new_case_at_the_point_of_a_closed_one_is_a_sign_within_its_window(days, within):
    earlier = closed_days_ago(days)
    new = again(earlier)
    assert pairs() == {(new.pk, earlier.pk, within)}
    assert RecurrenceHint.objects.get().days == days


def test_after_ninety_days_nothing_is_a_sign():
    again(closed_days_ago(91))
    assert pairs() == set()


def test_without_a_window_in_force_nothing_is_a_sign():
    RecurrenceRule.objects.update(valid_to=timezone.localdate())
    again(closed_days_ago(1))
    assert pairs() == set()


def test_history_being_written_down_is_no_sign():
    earlier = closed_days_ago(60)
    (draft,) = new_drafts([timezone.now() - timedelta(days=30)])
    public = {"channel": "import", "text": "又不热", "area": earlier.area.code, "category": earlier.category.code}
    draft.add("receive", at=timezone.now() - timedelta(days=30), actor=SYSTEM, public=public)
    open_cases([draft])
    assert pairs() == set()


def test_another_category_is_no_sign():
    earlier = closed_days_ago(5)
    received(area=earlier.area.code, category="01.01")
    assert pairs() == set()


def test_a_category_named_at_dispatch_is_compared_then_and_once():
    earlier = closed_days_ago(5)
    new = received(text="帮帮我", area=earlier.area.code)
    before = pairs()
    dispatch(
        case=new, account=account("dispatcher"), lead="qingyuan", reason="同一件", category=earlier.category.code,
        area=earlier.area.code,
    )  # fmt: skip
    assert (before, pairs()) == (set(), {(new.pk, earlier.pk, 30)})


@pytest.mark.parametrize(
    ("other", "percent", "reasons"),
    [
        (HERE, 99, ("matter", "narrow", "place", "pin", "person")),
        (Point("", None, None, "", narrow=True), 55, ("matter", "narrow")),
        (Point("东里小区 3号楼", None, None, "", narrow=True), 85, ("matter", "narrow", "place")),
        (Point("别处", 36503, 116000, "x", narrow=True), 55, ("matter", "narrow")),
    ],
)
def test_likeness_adds_its_signs(other, percent, reasons):
    assert likeness(HERE, other) == (percent, reasons)


def test_a_rebound_strikes_solved_and_merges_the_new_one():
    earlier = closed_days_ago(5)
    new = again(earlier)
    recurrence.rebound(case=earlier, account=account("agent"), because_of=new, reason="又不热了")
    earlier.refresh_from_db(), new.refresh_from_db()
    assert (earlier.state, earlier.solved, earlier.valid_callback, earlier.rebounds) == ("in_progress", None, None, 1)
    assert (new.state, new.parent, new.lead, new.due_at) == ("merged", earlier.number, earlier.lead, earlier.due_at)
    hint = RecurrenceHint.objects.get()
    assert (hint.state, hint.decided_by, hint.words) == ("rebound", account("agent"), "又不热了")


def test_a_rebound_by_who_may_not_merge_links_both():
    earlier = closed_days_ago(5)
    new = again(earlier)
    recurrence.rebound(case=earlier, account=account("reviewer"), because_of=new, reason="又不热了")
    new.refresh_from_db()
    assert (earlier.state, new.state, new.parent) == ("in_progress", "received", None)


def test_a_rebounded_case_no_longer_counts_as_solved():
    earlier = solved()
    now = timezone.now()
    period = Period(now - timedelta(days=400), now + timedelta(days=1), "any", "range")
    before = figures._count(["lead_id"], period)
    recurrence.rebound(case=earlier, account=account("reviewer"), because_of=again(earlier), reason="复发")
    after = figures._count(["lead_id"], period)
    assert [sum(row["solved_all"] for row in sums.rows) for sums in (before, after)] == [1, 0]


def test_a_struck_solved_is_shown_struck_to_the_resident():
    earlier = solved()
    recurrence.rebound(case=earlier, account=account("reviewer"), because_of=again(earlier), reason="复发")
    entries = public_timeline(Case.objects.get(pk=earlier.pk))
    assert [entry.struck for entry in entries if entry.label == "评价"] == [True]
    assert [entry.struck for entry in entries if entry.label != "评价"] == [False] * (len(entries) - 1)


def test_what_was_received_before_closing_cannot_be_a_rebound():
    new = received()
    earlier = solved()
    with pytest.raises(Refused) as refused:
        recurrence.rebound(case=earlier, account=account("agent"), because_of=new, reason="复发")
    assert refused.value.code == "order"


@pytest.mark.parametrize("who", ["handler.qingyuan", "caller", "dispatcher"])
def test_only_the_table_says_who_may_rebound(who):
    earlier = solved()
    new = again(earlier)
    with pytest.raises(Refused) as refused:
        recurrence.rebound(case=earlier, account=account(who), because_of=new, reason="复发")
    earlier.refresh_from_db()
    assert (refused.value.code, earlier.state, RecurrenceHint.objects.get().state) == ("role", "archived", "open")


def test_a_sign_is_decided_once():
    again(solved())
    hint = RecurrenceHint.objects.get()
    recurrence.dismiss(hint=hint, account=account("dispatcher"), reason="不是同一个问题")
    with pytest.raises(Refused) as refused:
        recurrence.dismiss(hint=hint, account=account("agent"), reason="再来一次")
    assert (refused.value.code, RecurrenceHint.objects.get().decided_by) == ("decided", account("dispatcher"))


def test_by_rule_only_where_the_rule_says_so():
    first = solved()
    again(first)
    RecurrenceRule.objects.update(automatic_percent=80)
    second = solved(place="西里小区")
    new = again(second, place="西里小区")
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.state, second.state) == ("archived", "in_progress")
    hint = RecurrenceHint.objects.get(case=new, earlier=second)
    assert (hint.state, hint.decided_by) == ("rebound", None)


@pytest.mark.parametrize(
    ("who", "status"),
    [("agent", 200), ("dispatcher", 200), ("supervisor", 200), ("handler.qingyuan", 403), ("caller", 403)],
)
def test_the_pages_are_for_those_who_decide(enter, who, status):
    again(solved())
    hint = RecurrenceHint.objects.get()
    client = enter(who)
    assert [client.get(url).status_code for url in ("/recurrence/", f"/recurrence/{hint.pk}/")] == [status, status]


def test_the_list_asks_the_same_however_long_it_is(enter, django_assert_num_queries):
    for place in ("甲", "乙", "丙"):
        again(solved(place=place), place=place)
    client = enter("supervisor")
    client.get("/recurrence/")
    with django_assert_num_queries(4):
        client.get("/recurrence/")


def test_deciding_on_the_page(enter):
    earlier = solved()
    new = again(earlier)
    hint = RecurrenceHint.objects.get()
    client = enter("agent")
    empty = client.post(f"/recurrence/{hint.pk}/", {"verdict": "rebound", "reason": ""})
    done = client.post(f"/recurrence/{hint.pk}/", {"verdict": "rebound", "reason": "又坏了"})
    new.refresh_from_db()
    assert (empty.status_code, done.status_code, done["Location"], new.state) == (422, 302, "/recurrence/", "merged")
    assert new.number in client.get(f"/cases/{earlier.number}/").content.decode()


def test_a_unit_reads_the_number_of_the_other_case_but_not_its_title(enter):
    earlier = dispatched(lead="heyan")
    Case.objects.filter(pk=earlier.pk).update(state="archived", closed_at=timezone.now(), title="秘密的标题")
    new = again(Case.objects.get(pk=earlier.pk))
    dispatch(case=new, account=account("dispatcher"), lead="qingyuan", reason="按辖区", category=earlier.category.code)
    page = enter("handler.qingyuan").get(f"/cases/{new.number}/").content.decode()
    assert (earlier.number in page, "秘密的标题" in page) == (True, False)
