"""Everything pressed at the same moment: drawn once, taken by one, recorded once."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from tests.district import account
from tests.rounds.morning import checked, closed, found, numbers, today

from huiyin.cases.models import Event
from huiyin.cases.store import Conflict
from huiyin.kernel.moves import Refused
from huiyin.notices.models import Notice
from huiyin.rounds import domain
from huiyin.rounds.models import Check

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*presses):
    """What came of each: its answer, or the code of its refusal; anything else fails the test."""
    answers, together = [], Barrier(len(presses))

    def press(act):
        try:
            together.wait()
            answers.append(act())
        except (Refused, Conflict) as refused:
            answers.append(getattr(refused, "code", "conflict"))
        finally:
            connection.close()

    threads = [Thread(target=press, args=[act]) for act in presses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(presses)
    return answers


def test_two_workers_draw_a_morning_once():
    numbers(checks_random_per_mille=1000)
    for _ in range(3):
        closed()
    at_once(*[lambda: domain.draw(today())] * 3)
    assert (Check.objects.count(), Notice.objects.filter(account=account("checker")).count()) == (3, 1)


def test_two_checkers_record_an_untaken_check_once():
    case = closed()
    check = checked(case, who=None)
    people = [account("checker"), account("checker.heyan")]
    said = [
        lambda who=who: domain.record(check=check, account=who, finding=found(agrees=False)) and "saved"
        for who in people
    ]
    assert sorted(at_once(*said)) == ["saved", "taken"]
    kinds = list(Event.objects.filter(case=case).values_list("kind", flat=True))
    assert (kinds.count("verify"), kinds.count("reopen")) == (1, 1)


def test_one_checker_pressing_four_times_records_once():
    case, finding, own = closed(), found(), account("checker")
    check = checked(case)
    assert at_once(*[lambda: domain.record(check=check, account=own, finding=finding) and "saved"] * 4) == ["saved"] * 4
    assert Event.objects.filter(case=case, kind="verify").count() == 1


def test_two_checkers_take_an_untaken_check_once():
    check = checked(closed(), who=None)
    people = [account("checker"), account("checker.heyan")]
    taken = at_once(*[lambda who=who: domain.take(check=check, account=who) for who in people])
    assert sorted(taken, key=str) == [None, "taken"]
