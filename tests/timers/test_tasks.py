"""The worker's tasks run the room's verbs at this very moment."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app
from tests.district import account, dispatched

from huiyin.notices import tasks as notices
from huiyin.notices.domain import Fact, tell
from huiyin.notices.models import Notice
from huiyin.timers import tasks
from huiyin.timers.models import Timer


def test_the_minute_sets_clocks_and_tells():
    case = dispatched()
    assert tasks.run(int(timezone.now().timestamp())) >= 1
    assert Timer.objects.filter(case=case, stopped_at__isnull=True).count() == 2
    assert Notice.objects.filter(account=account("handler.qingyuan"), key__startswith=f"case:{case.number}:").exists()


def test_nobody_with_an_address_is_no_work():
    assert notices.look(0) is None


@pytest.mark.parametrize("name", ["timers.tick", "notices.look"])
def test_the_worker_does_it_each_minute(name):
    app.perform_import_paths()
    found = [task.cron for task in app.periodic_registry.periodic_tasks.values() if task.task.name == name]
    assert found == ["* * * * *"]


def test_notices_of_half_a_year_ago_are_forgotten():
    now = timezone.now()
    for days in (1, 200):
        fact = Fact(account("caller").pk, f"timer:{days}", "签收", "", "/cases/")
        tell([fact], at=now - timedelta(days=days))
    assert notices.tidy(0) == 1
    assert Notice.objects.get().key == "timer:1"
