from threading import Barrier, Thread

import pytest
from django.db import connection
from tests.district import REPLY, TEXT, account, dispatched, make, received, submitted

from huiyin.cases.domain import Step, act, act_as
from huiyin.cases.draft import RESIDENT
from huiyin.cases.models import Case, Event
from huiyin.collect.domain import Message, receive
from huiyin.collect.merging import merge, merged_into
from huiyin.kernel.moves import Refused

pytestmark = pytest.mark.django_db
WHY = "同一栋楼同一处暖气故障"


def approved(case):
    return act(case=case, steps=[Step("approve")], account=account("leader.qingyuan"))


def put(case, parent, who="dispatcher"):
    return merge(case=case, into=parent, account=account(who), reason=WHY)


def three_callers():
    """The case that runs, and two more callers waiting for its answer."""
    parent = submitted()
    return parent, [put(received(phone=phone), parent) for phone in ("13900000422", "13900000423")]


def test_a_merged_case_waits_with_the_parents_unit_date_and_matter():
    parent = dispatched()
    child = put(received(), parent)
    assert (child.state, child.parent, child.lead, child.due_at) == (
        "merged",
        parent.number,
        parent.lead,
        parent.due_at,
    )
    assert (child.category, child.kind) == (parent.category, parent.kind)
    assert [event.kind for event in child.events.order_by("seq")] == ["receive", "register", "merge"]
    assert merged_into(parent.number) == [child]


def test_three_callers_hear_the_same_answer_at_the_same_moment_and_each_may_judge():
    parent, children = three_callers()
    parent = approved(parent)
    for child in children:
        child.refresh_from_db()
        assert (child.state, child.closed_at, child.body.reply) == ("to_call_back", parent.closed_at, REPLY["text"])
        told = child.events.get(kind="inform")
        assert (told.actor, told.public["number"]) == ("system", parent.number)
    first, second = children
    answers = {"contacted": True, "satisfaction": "satisfied"}
    act_as(case=first, steps=[Step("evaluate", {**answers, "solved": True})], actor=RESIDENT)
    act_as(case=second, steps=[Step("evaluate", {**answers, "solved": False})], actor=RESIDENT)
    parent.refresh_from_db()
    assert (first.state, second.state, parent.state) == ("archived", "in_progress", "to_call_back")


def test_the_answer_comes_with_the_unit_that_answered():
    parent, (child, _) = three_callers()
    Case.objects.filter(pk=child.pk).update(lead=account("handler.heyan").unit)
    approved(parent)
    child.refresh_from_db()
    assert child.lead == parent.lead


def test_nothing_of_one_caller_reaches_another():
    parent, (child, _) = three_callers()
    approved(parent)
    said = str(list(Event.objects.filter(case=child).values_list("public", flat=True)))
    assert not any(word in said for word in ("13900000421", "张三丰"))


@pytest.mark.parametrize("text", ["撤回了", "不用了"])
def test_a_parent_that_ends_unanswered_lets_its_children_go(text):
    parent = dispatched()
    child = put(received(), parent)
    act_as(case=parent, steps=[Step("withdraw", {"reason": text})], actor=RESIDENT)
    child.refresh_from_db()
    assert (child.state, child.parent, child.lead, child.due_at) == ("to_dispatch", None, None, None)


def test_a_child_taken_back_is_told_nothing():
    parent, (child, _) = three_callers()
    act_as(case=child, steps=[Step("withdraw", {"reason": "已好"})], actor=RESIDENT)
    approved(parent)
    child.refresh_from_db()
    assert (child.state, child.replied_at) == ("archived", None)


def test_taken_apart_it_waits_for_its_own_dispatch():
    child = put(received(), dispatched())
    child = make("unmerge", case=child, account=account("dispatcher"), reason="不是同一件事")
    assert (child.state, child.parent) == ("to_dispatch", None)


def refused(case, parent, words, who="dispatcher"):
    with pytest.raises(Refused, match=words):
        put(case, parent, who)
    assert Case.objects.get(pk=case.pk).parent is None


def test_only_a_case_that_is_with_a_unit_can_take_another():
    refused(received(), received(), "still needs")
    refused(received(), approved(submitted()), "must be with a unit")
    refused(received(), put(received(), dispatched()), "must be with a unit")


def test_no_case_is_merged_into_itself_nor_after_its_dispatch():
    case = dispatched()
    refused(case, case, "not possible")


def test_confidential_cases_are_handled_alone():
    refused(received(confidential=True), dispatched(), "confidential")
    refused(received(), dispatched(confidential=True), "confidential")


def test_a_merge_typed_by_hand_must_fit_the_parent():
    parent, case = dispatched(), received()
    typed = {"parent": parent.number, "lead": "heyan", "due_at": "2030-01-01T00:00:00.000000Z", "reason": WHY}
    with pytest.raises(Refused, match="just changed"):
        act(case=case, steps=[Step("merge", typed)], account=account("dispatcher"))
    with pytest.raises(Refused, match="must be with a unit"):
        act(case=case, steps=[Step("merge", {**typed, "parent": "MH-0000-1"})], account=account("dispatcher"))


@pytest.mark.parametrize("who", ["handler.qingyuan", "leader.qingyuan", "caller"])
def test_only_intake_and_dispatch_merge(who):
    refused(received(), dispatched(), "may not", who)


# — the pages —


def test_the_dispatcher_sees_likely_repeats_and_merges_one(enter):
    parent, case, desk = dispatched(), received(phone="13900000499"), enter("dispatcher")
    page = desk.get(f"/repeats/{case.number}/").content.decode()
    assert (parent.number in page, "13900000" in page) == (True, False)
    answer = desk.post(f"/repeats/{case.number}/merge/", {"into": parent.number, "reason": WHY})
    assert (answer.url, Case.objects.get(pk=case.pk).parent) == (case.url, parent.number)
    assert parent.number in desk.get(case.url).content.decode()
    assert case.number in desk.get(parent.url).content.decode()


def test_a_merge_that_cannot_be_is_said_and_changes_nothing(enter):
    desk, case = enter("dispatcher"), received()
    desk.cookies["lang"] = "en"
    done = approved(submitted())
    page = desk.post(f"/repeats/{case.number}/merge/", {"into": done.number, "reason": WHY}, follow=True)
    assert "must be with a unit" in page.content.decode()
    assert desk.post(f"/repeats/{case.number}/merge/", {"into": done.number}).url == case.url
    assert Case.objects.get(pk=case.pk).state == "received"


@pytest.mark.parametrize("who", ["handler.qingyuan", "caller", "analyst"])
def test_others_neither_see_nor_merge_repeats(enter, who):
    case, parent = received(), dispatched()
    assert enter(who).get(f"/repeats/{case.number}/").status_code == 403
    answer = enter(who).post(f"/repeats/{case.number}/merge/", {"into": parent.number, "reason": WHY})
    assert (answer.status_code, Case.objects.get(pk=case.pk).state) == (403, "received")


def test_merging_has_its_own_panel_and_no_button(enter):
    page = enter("dispatcher").get(received().url).content.decode()
    assert ("/repeats/" in page, "/merge/" in page) == (True, False)


# — the resident's page, and two hands at once —


def test_the_resident_of_a_merged_case_reads_where_it_stands(client):
    opened = receive(Message(text=TEXT, channel="web", place="东里小区"))
    parent = submitted()
    put(Case.objects.get(number=opened.number), parent)
    client.cookies["lang"] = "zh-hans"
    client.post("/track/", {"number": opened.number, "secret": opened.secret})
    page = client.get(f"/track/{opened.number}/").content.decode()
    assert ("并案" in page, str(parent.lead.name) in page) == (True, True)
    approved(parent)
    assert REPLY["text"] in client.get(f"/track/{opened.number}/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_merged_while_the_answer_is_approved_nobody_is_forgotten():
    """Whoever commits first, the new caller is either refused or told: never left waiting for what has gone out."""
    for _ in range(3):
        parent, case = submitted(), received(phone="13900000455")
        start = Barrier(2)

        def at_once(verb, start=start):
            start.wait()
            try:
                verb()
            except Refused:
                pass
            finally:
                connection.close()

        mine = Case.objects.get(pk=case.pk)
        hands = [
            Thread(target=at_once, args=(lambda mine=mine, parent=parent: put(mine, parent),)),
            Thread(target=at_once, args=(lambda parent=parent: approved(Case.objects.get(pk=parent.pk)),)),
        ]
        for hand in hands:
            hand.start()
        for hand in hands:
            hand.join(20)
        case.refresh_from_db()
        assert case.state in ("received", "to_call_back")
