import pytest
from tests.district import account, dispatched, in_progress, make, submitted

from huiyin.answer.domain import Accepted, accept, accept_many
from huiyin.cases.domain import originals
from huiyin.cases.models import Case
from huiyin.kernel.moves import Refused

pytestmark = pytest.mark.django_db


def handler():
    return account("handler.qingyuan")


def test_accept_puts_it_on_the_desk_of_whoever_signs():
    case = accept(case=dispatched(), account=handler())
    assert (case.state, case.assignee) == ("in_progress", handler())


def test_a_reply_needs_a_first_contact():
    with pytest.raises(Refused) as refused:
        make("submit", case=in_progress(), account=handler(), text="好了", action="修")
    assert refused.value.code == "guard"


def test_a_reply_is_masked_and_its_original_sealed():
    case = make("first_contact", case=in_progress(), account=handler(), result="已联系")
    make("submit", case=case, account=handler(), text="师傅电话13800000999", action="修好了", evidence="照片")
    event = case.events.get(kind="submit")
    assert event.public == {"text": "师傅电话138****0999", "action": "修好了", "evidence": "照片"}
    assert (case.body.reply, originals(case)["original_text"]) == ("师傅电话138****0999", "师傅电话13800000999")


def test_the_leader_approves_or_sends_back():
    leader = account("leader.qingyuan")
    assert make("approve", case=submitted(), account=leader).state == "to_call_back"
    case = make("send_back", case=submitted(), account=leader, reason="没有写时间")
    assert (case.state, case.sent_back) == ("in_progress", 1)


@pytest.mark.parametrize("who", ["handler.qingyuan", "leader.heyan", "supervisor"])
def test_only_the_units_own_leader_approves(who):
    with pytest.raises(Refused):
        make("approve", case=submitted(), account=account(who))


def test_accept_many_goes_on_past_what_somebody_else_took():
    first, taken, stale, last = dispatched(), in_progress(), dispatched(), dispatched(lead="heyan")
    old = Case.objects.get(pk=stale.pk)
    accept(case=stale, account=account("leader.qingyuan"))
    result = accept_many(cases=[first, taken, old, last], account=handler())
    assert result.done == (first.number,)
    assert [number for number, _ in result.not_done] == [taken.number, stale.number, last.number]
    assert dict(result.not_done)[stale.number] == "别人先办了"


def test_accept_many_of_nothing_does_nothing():
    assert accept_many(cases=[], account=handler()) == Accepted((), ())
