import pytest
from tests.district import account, dispatched, in_progress, make

from huiyin.answer import bulk
from huiyin.cases.models import Case

pytestmark = pytest.mark.django_db


def look(client, kind, *cases):
    return client.post("/inbox/bulk/", {"kind": kind, "case": [case.number for case in cases]})


def do(client, kind, *cases, **values):
    versions = [f"{case.number} {case.seq}" for case in cases]
    return client.post("/inbox/bulk/do/", {"kind": kind, "case": versions, **values})


def lines(page):
    return {line.case.number: (line.after, bool(line.why_not)) for line in page.context["lines"]}


def fresh(case):
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize(("who", "status"), [("handler.qingyuan", 302), ("leader.heyan", 302), ("dispatcher", 403)])
@pytest.mark.parametrize("path", ["/inbox/bulk/", "/inbox/bulk/do/"])
def test_bulk_is_for_units_and_never_by_get(enter, who, status, path):
    assert enter(who).get(path, {"kind": "accept"}).status_code == status


def test_the_preview_says_what_will_happen_and_what_cannot_and_does_nothing(enter):
    can, cannot, foreign = dispatched(), in_progress(), dispatched(lead="heyan", place="河沿", category="01.01")
    page = look(enter("handler.qingyuan"), "accept", can, cannot, foreign)
    assert lines(page) == {can.number: ("办理中", False), cannot.number: ("", True)}
    assert [fresh(case).seq for case in (can, cannot)] == [can.seq, cannot.seq]


def test_no_tick_asks_for_one(enter):
    assert look(enter("handler.qingyuan"), "accept").url == "/inbox/"


def test_what_is_no_bulk_move_is_refused(enter):
    case = in_progress()
    assert look(enter("leader.qingyuan"), "approve", case).url == "/inbox/"
    assert do(enter("leader.qingyuan"), "ask_extension", case).url == "/inbox/"


def test_reassigning_many_to_a_colleague(enter):
    cases, leader = [in_progress(), in_progress()], account("leader.qingyuan")
    page = look(enter("handler.qingyuan"), "reassign", *cases)
    assert [name for name in page.context["form"].fields if name != "seq"] == ["assignee"]
    done = do(enter("handler.qingyuan"), "reassign", *cases, assignee=leader.pk)
    assert lines(done) == {case.number: ("办理中", False) for case in cases}
    assert [fresh(case).assignee for case in cases] == [leader, leader]


def test_one_that_moved_meanwhile_does_not_hold_up_the_rest(enter):
    moved, still = in_progress(), in_progress()
    stale = fresh(moved)
    make("first_contact", case=moved, account=account("leader.qingyuan"), result="已联系")
    done = do(enter("handler.qingyuan"), "note", stale, still, text="等配件")
    assert lines(done) == {moved.number: ("", True), still.number: ("办理中", False)}
    assert fresh(still).seq == still.seq + 1


def test_nobody_is_talked_to_in_bulk(enter):
    assert look(enter("handler.qingyuan"), "first_contact", in_progress()).url == "/inbox/"


def test_what_is_missing_is_asked_for_before_anything_happens(enter):
    case = in_progress()
    page = do(enter("handler.qingyuan"), "reassign", case, assignee="")
    assert (page.status_code, fresh(case).seq) == (422, case.seq)
    assert page.context["form"].errors.keys() == {"assignee"}


def test_notes_of_many_are_never_told_to_residents(enter):
    case = in_progress()
    do(enter("handler.qingyuan"), "note", case, text="内部商量过了")
    from huiyin.cases.timeline import public_timeline  # noqa: PLC0415

    assert case.events.last().public == {"text": "内部商量过了"}
    assert "内部商量过了" not in "".join(entry.text for entry in public_timeline(fresh(case)))


def test_every_kind_of_bulk_move_is_public_knowledge_of_the_table():
    assert [line.why_not for line in bulk.preview(cases=[], kind="note", account=account("handler.qingyuan"))] == []
