from datetime import timedelta

from django.utils import timezone
from tests.district import account, to_call_back

from huiyin.cases.choices import Purpose
from huiyin.cases.models import AccessLog
from huiyin.evaluate import domain, queries
from huiyin.people.models import Account, Membership, Unit


def colleague():
    other = Account.objects.create(username="caller.2", name="回访员二", unit=Unit.objects.get(code="hotline"))
    Membership.objects.create(account=other, role="caller", unit=other.unit)
    return other


def test_the_longest_wait_comes_first():
    first, second = to_call_back(), to_call_back()
    assert [case.pk for case in queries.to_call()] == [first.pk, second.pk]
    assert queries.next_call(account("caller"), timezone.now()) == first


def test_a_case_to_try_later_is_not_next():
    first, second = to_call_back(), to_call_back()
    domain.attempt(case=first, account=account("caller"), outcome="busy")
    now = timezone.now()
    assert queries.next_call(account("caller"), now) == second
    assert queries.waiting(now) == queries.Waiting("1", "1")
    assert queries.next_call(account("caller"), first.next_call_at + timedelta(days=1)) == second
    assert list(queries.to_call()) == [second, first]


def test_a_colleague_on_the_phone_keeps_the_case_for_a_while():
    first, second = to_call_back(), to_call_back()
    AccessLog.objects.create(account=colleague(), case=first, purpose=Purpose.CALLBACK)
    now = timezone.now()
    assert queries.next_call(account("caller"), now) == second
    assert queries.next_call(account("caller"), now + timedelta(minutes=16)) == first


def test_my_own_unit_is_never_next():
    to_call_back()
    Membership.objects.create(account=account("caller"), role="handler", unit=Unit.objects.get(code="qingyuan"))
    assert queries.next_call(account("caller"), timezone.now()) is None
