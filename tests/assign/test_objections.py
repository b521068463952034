from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, dispatched, received

from huiyin.assign import queries_objections as reads
from huiyin.assign.domain import dispatch
from huiyin.assign.domain_objections import refuse, rule, uphold
from huiyin.cases.domain import Step, act
from huiyin.kernel.moves import Refused
from huiyin.people.models import Unit

pytestmark = pytest.mark.django_db
WHY = {"reason": "点位不在我辖区", "basis": "管界图"}


def objected(who="handler.qingyuan", case=None, **changes):
    return act(case=case or dispatched(**changes), steps=[Step("object", WHY)], account=account(who))


def twice():
    case = uphold(case=objected(), account=account("reviewer"), lead="heyan", reason="界内")
    return objected("handler.heyan", case)


def test_an_objection_needs_its_basis():
    with pytest.raises(Refused) as refused:
        act(case=dispatched(), steps=[Step("object", {"reason": "不归我们"})], account=account("handler.qingyuan"))
    assert refused.value.code == "needs"


def test_upheld_it_goes_to_another_unit_and_the_clock_keeps_running():
    case = objected()
    due = case.due_at
    case = uphold(case=case, account=account("reviewer"), lead="heyan", reason="在河沿界内", helpers=["heat-co"])
    told = case.events.get(kind="redispatch").public
    assert (case.state, case.lead.code, case.due_at, told["copies"]) == ("to_accept", "heyan", due, ["district"])
    assert [(part.unit.code, part.due_at < due) for part in case.parts.all()] == [("heat-co", True)]


def test_upheld_without_helpers_nobody_helps_any_more():
    case = dispatch(
        case=received(),
        account=account("dispatcher"),
        lead="qingyuan",
        reason="按目录",
        category="03.01",
        helpers=["heat-co"],
    )
    case = uphold(case=objected(case=case), account=account("reviewer"), lead="heyan", reason="界内")
    assert case.parts.count() == 0


def test_the_general_form_records_parts_and_copies_too(enter):
    case = objected()
    sent = {"seq": case.seq, "lead": "heyan", "reason": "界内", "helpers": ["heat-co"]}
    assert enter("reviewer").post(f"/cases/{case.number}/move/redispatch/", sent).status_code == 302
    told = case.events.get(kind="redispatch").public
    assert (told["copies"], [part["unit"] for part in told["parts"]]) == (["district"], ["heat-co"])


def test_upheld_for_the_same_unit_says_to_refuse_instead():
    with pytest.raises(Refused) as refused:
        uphold(case=objected(), account=account("reviewer"), lead="qingyuan", reason="还是你")
    assert refused.value.code == "same"


def test_refused_it_must_be_handled_and_the_clock_keeps_running():
    case = objected()
    due = case.due_at
    case = refuse(case=case, account=account("reviewer"), reason="目录写明")
    assert (case.state, case.lead.code, case.due_at) == ("in_progress", "qingyuan", due)


@pytest.mark.parametrize(("verb", "told"), [(uphold, {"lead": "qingyuan"}), (refuse, {})])
def test_a_second_objection_is_not_decided_at_the_desk(verb, told):
    case = twice()
    with pytest.raises(Refused) as refused:
        verb(case=case, account=account("reviewer"), reason="必须办", **told)
    assert refused.value.code == "guard"


def test_a_ruling_stands_and_never_touched_the_clock():
    case = twice()
    due = case.due_at
    case = rule(case=case, account=account("reviewer"), lead="qingyuan", minutes="按管界图，由清源办理。")
    assert (case.state, case.lead.code, case.due_at) == ("in_progress", "qingyuan", due)
    assert case.due_at == due


@pytest.mark.parametrize("who", ["handler.qingyuan", "leader.heyan", "caller", "analyst"])
def test_only_reviewers_and_dispatchers_decide(who, enter):
    case = objected()
    assert enter(who).get("/objections/").status_code == 403
    assert enter(who).post(f"/objections/{case.number}/refuse_objection/").status_code == 403
    with pytest.raises(Refused):
        refuse(case=case, account=account(who), reason="必须办")


def test_the_longest_waiting_comes_first(enter):
    first, second = objected(), objected()
    act(case=first, steps=[Step("note", {"text": "已电话沟通"})], account=account("reviewer"))
    page = enter("reviewer").get("/objections/")
    assert [case.number for case in page.context["page"].rows] == [first.number, second.number]
    assert page.context["case"] == first


def test_the_desk_lays_everything_side_by_side(enter):
    old = uphold(case=objected(), account=account("reviewer"), lead="heyan", reason="界内")
    refuse(case=objected(), account=account("reviewer"), reason="目录写明")
    case = objected()
    page = enter("reviewer").get(f"/objections/{case.number}/").context
    assert (page["asked"].reason, page["asked"].basis, page["asked"].unit) == ("点位不在我辖区", "管界图", "qingyuan")
    assert [(one.decision, one.decided_reason) for one in page["earlier"]] == [
        ("refuse_objection", "目录写明"), ("redispatch", "界内"),
    ]  # fmt: skip
    assert page["earlier"][1].case == old
    assert page["plan"].basis.startswith("《沐河区派单目录》")
    assert page["may"] == {"redispatch": True, "refuse_objection": True, "rule": False}
    assert page["decide_by"].at > timezone.now() - timedelta(minutes=1)


def test_a_units_record_counts_what_it_got_and_what_it_was_right_about():
    uphold(case=objected(), account=account("reviewer"), lead="heyan", reason="界内")
    refuse(case=objected(), account=account("reviewer"), reason="目录写明")
    objected()
    dispatched()
    own, other = (reads.record(Unit.objects.get(code=code)) for code in ("qingyuan", "heyan"))
    assert (own.orders, own.objections, own.decided, own.upheld, own.rate, own.success) == (
        4,
        3,
        2,
        1,
        "75.0 %",
        "50.0 %",
    )
    assert (other.orders, other.objections, other.success) == (1, 0, "—")


def test_upholding_from_the_desk(enter):
    case, client = objected(), enter("reviewer")
    sent = {"seq": case.seq, "lead": "河沿街道", "reason": "在河沿界内", "helpers": ["heat-co"], "part_heat-co": "测温"}
    response = client.post(f"/objections/{case.number}/redispatch/", sent)
    case.refresh_from_db()
    assert (response.status_code, case.state, case.lead.code) == (302, "to_accept", "heyan")
    assert [(part.unit.code, part.part) for part in case.parts.all()] == [("heat-co", "测温")]


def test_a_refusal_without_a_reason_is_asked_again(enter):
    case = objected()
    response = enter("reviewer").post(f"/objections/{case.number}/refuse_objection/", {"seq": case.seq, "reason": ""})
    assert (response.status_code, list(response.context["refuse"].errors)) == (422, ["reason"])


def test_a_second_objection_leads_to_a_joint_session(enter):
    case = twice()
    page = enter("reviewer").get(f"/objections/{case.number}/")
    assert page.context["may"] == {"redispatch": False, "refuse_objection": False, "rule": True}
    assert f"/sessions/new/?case={case.number}" in page.content.decode()
    assert [one.decision for one in page.context["before"]] == ["redispatch"]


def test_the_desk_is_a_handful_of_queries(enter, django_assert_max_num_queries):
    client = enter("reviewer")
    for _ in range(3):
        objected()
    client.get("/objections/")
    with django_assert_max_num_queries(22):
        client.get("/objections/")
