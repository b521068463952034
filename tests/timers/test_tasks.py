"""The worker's tasks run the room's verbs at this very moment."""

from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from tests.district import account, dispatched

from huiyin.notices import tasks as notices
from huiyin.notices.domain import Fact, tell
from huiyin.notices.models import Notice
from huiyin.timers import tasks
from huiyin.timers.models import Timer


def test_the_minute_sets_clocks_and_tells():
    case = dispatched()
    assert tasks.run(int(timezone.now().timestamp())) >= 1
    assert Timer.objects.filter(case=case, stopped_at__isnull=True, unit=None).count() == 2
    assert Notice.objects.filter(account=account("handler.qingyuan"), key__startswith=f"case:{case.number}:").exists()


def test_nobody_with_an_address_is_no_work():
    assert notices.look(0) is None


@pytest.mark.parametrize("name", ["timers.tick", "timers.revive", "notices.look"])
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


def begun(task, lock, ago):
    """A job that a worker, last heard of some seconds ago, has begun and not ended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 s') RETURNING id",
            [ago],
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, status, attempts, worker_id)"
            " VALUES ('default', %s, %s, %s, 'doing', 1, %s) RETURNING id",
            [task, lock, lock, worker],
        )
        return cursor.fetchone()[0], worker


def status(job):
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        return cursor.fetchone()[0]


def revived(worker=None):
    """How many jobs the worker with this id begins again."""
    task = tasks.revive
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name=task.name, worker_id=worker)
    context = JobContext(app=app, job=job, start_timestamp=0, abort_reason=lambda: None)
    return async_to_sync(task.func)(context, 0)


def test_a_worker_killed_in_the_middle_stops_no_clock():
    """The dead run held the lock of the clocks, and the next minute waits already."""
    (dead, _), (sending, _) = begun("timers.tick", "timers.tick", 180), begun("notices.send", None, 180)
    waiting = tasks.run.defer(timestamp=0)
    assert revived() == 2
    assert (status(dead), status(sending), status(waiting)) == ("failed", "todo", "todo")


def test_what_a_living_worker_does_is_left_alone():
    job, _worker = begun("timers.tick", "timers.tick", 60)
    assert revived() == 0
    assert status(job) == "doing"


def test_a_worker_too_busy_to_say_so_does_not_take_its_own_job_away():
    job, worker = begun("timers.tick", "timers.tick", 180)
    assert revived(worker) == 0
    assert status(job) == "doing"
