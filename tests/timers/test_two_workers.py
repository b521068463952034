"""Two workers at the same minute: each warning still once."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from tests.district import account

from huiyin.cases.domain import new_drafts, open_cases
from huiyin.cases.draft import SYSTEM
from huiyin.notices.models import Notice
from huiyin.timers.domain import tick
from huiyin.timers.models import Timer, TimerMark

WHEN = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def opened(count):
    drafts = new_drafts([WHEN] * count)
    for draft in drafts:
        draft.add("receive", at=WHEN, actor=SYSTEM, public={"channel": "web", "title": "路灯不亮", "text": "请修"})
    open_cases(drafts)


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_each_warning_once():
    opened(40)
    runs, faults, together = [], [], Barrier(4)

    def work():
        try:
            together.wait()
            runs.extend(tick(WHEN + timedelta(minutes=minute)) for minute in (1, 7, 8))
        except Exception as fault:  # noqa: BLE001 told by the assertion below
            faults.append(fault)
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert faults == []
    assert Timer.objects.count() == 40
    assert TimerMark.objects.count() == sum(run.marks for run in runs) == 40
    assert Notice.objects.filter(account=account("agent")).count() >= 1
