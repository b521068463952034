from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account, to_call_back

from huiyin.cases.models import Case
from huiyin.evaluate import domain, second
from huiyin.evaluate.models import Amount, SecondCall
from huiyin.evaluate.tasks import draw_second_calls
from huiyin.kernel.moves import Refused
from huiyin.people.models import Account, Membership, Unit

HEARD = {"contacted": True, "solved": True, "satisfaction": "satisfied"}


def today():
    return timezone.localdate()


def everyone():
    Amount.objects.filter(name="second_call_per_mille").update(amount=1000)


def colleague():
    other = Account.objects.create(username="caller.2", name="回访员二", unit=Unit.objects.get(code="hotline"))
    Membership.objects.create(account=other, role="caller", unit=other.unit)
    return other


def judged():
    case = to_call_back()
    return domain.record(case=case, actor=domain.caller(account("caller"), "evaluate", case), **HEARD)


def drawn():
    everyone()
    case = judged()
    second.draw(today())
    return case


def test_the_share_is_a_rule_and_rounds_up():
    for _ in range(3):
        judged()
    assert second.draw(today()) == 1  # 50 per mille of three
    Amount.objects.filter(name="second_call_per_mille").update(amount=0)
    SecondCall.objects.all().delete()
    assert second.draw(today()) == 0


def test_drawing_again_draws_the_same():
    for _ in range(4):
        judged()
    Amount.objects.filter(name="second_call_per_mille").update(amount=500)
    second.draw(today())
    first = set(SecondCall.objects.values_list("case", flat=True))
    assert second.draw(today()) == 0
    SecondCall.objects.all().delete()
    second.draw(today())
    assert set(SecondCall.objects.values_list("case", flat=True)) == first


def test_only_the_days_own_cases_with_a_valid_callback():
    everyone()
    judged()
    to_call_back()
    assert (second.draw(today() - timedelta(days=1)), second.draw(today())) == (0, 1)


def test_the_second_answer_stands_beside_the_first():
    case = drawn()
    case = second.record(
        case=case, account=colleague(), contacted=False, solved=False, satisfaction="dissatisfied", text="根本没人来"
    )
    assert (case.solved, case.satisfaction, case.second_solved, case.state) == (True, "satisfied", False, "archived")
    call = SecondCall.objects.get()
    assert (call.first_solved, call.solved, call.agrees) == (True, False, False)
    assert [one.pk for one in second.disagreements(SecondCall.objects.all())] == [call.pk]
    assert second.by_unit(SecondCall.objects.all()) == [second.UnitLine("qingyuan", "清源街道", 1, 1, 1)]


def test_the_first_caller_makes_no_second_call():
    case = drawn()
    assert not second.waiting(account("caller")).exists()
    with pytest.raises(Refused):
        second.record(case=case, account=account("caller"), **HEARD)
    assert SecondCall.objects.get().done_at is None


def test_nobody_of_the_handling_unit_makes_it():
    case, other = drawn(), colleague()
    assert second.waiting(other).exists()
    other = account("caller.2")  # roles are read once a request
    Membership.objects.create(account=other, role="handler", unit=Unit.objects.get(code="qingyuan"))
    assert not second.waiting(other).exists()
    with pytest.raises(Refused):
        second.record(case=case, account=other, **HEARD)


def test_a_case_that_was_not_drawn_is_refused():
    with pytest.raises(Refused) as refused:
        second.record(case=judged(), account=colleague(), **HEARD)
    assert refused.value.code == "second"


def test_after_three_tries_it_is_given_up_and_counts_as_not_reached():
    case, other = drawn(), colleague()
    for _ in range(3):
        second.not_reached(case=case, account=other)
    assert second.by_unit(SecondCall.objects.all())[0].percent is None
    with pytest.raises(Refused):
        second.not_reached(case=case, account=other)
    assert Case.objects.get(pk=case.pk).second_solved is None


def test_the_first_caller_cannot_give_it_up():
    case = drawn()
    with pytest.raises(Refused) as refused:
        second.not_reached(case=case, account=account("caller"))
    assert (refused.value.code, SecondCall.objects.get().tries) == ("second", 0)


@pytest.mark.parametrize(("hour", "drawn"), [(4, 0), (5, 1), (23, 1)])
def test_the_worker_draws_yesterday_from_five_in_the_morning_on_by_the_districts_clock(hour, drawn):
    everyone()
    judged()
    tomorrow = timezone.localtime().replace(hour=hour) + timedelta(days=1)
    draw_second_calls(int(tomorrow.timestamp()))
    assert SecondCall.objects.count() == drawn
