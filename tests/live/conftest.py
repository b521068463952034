import asyncio
import threading
from contextlib import contextmanager

import pytest
from django.utils import timezone

from huiyin.live.__main__ import serve, shared_socket


@pytest.fixture
def make_meeting():
    from huiyin.people.models import Unit  # noqa: PLC0415 - needs django.setup()
    from huiyin.townhall.models import Meeting  # noqa: PLC0415

    def make(code="hall", **values):
        given = {"title": "报告会", "venue": "礼堂", "begins_at": timezone.now(), **values}
        return Meeting.objects.create(code=code, unit=Unit.objects.order_by("pk")[0], **given)

    return make


@pytest.fixture
def meeting(make_meeting):
    return make_meeting()


@contextmanager
def live_process():
    """The port of an engine in a thread of its own."""
    listener = shared_socket("127.0.0.1", 0)
    loop = asyncio.new_event_loop()
    serving = loop.create_task(serve(listener))
    thread = threading.Thread(target=_run, args=(loop, serving))
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        loop.call_soon_threadsafe(serving.cancel)
        thread.join()


def _run(loop, serving):
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(asyncio.wait([serving]))
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    finally:
        loop.close()


@pytest.fixture
def port(transactional_db):
    with live_process() as found:
        yield found


@pytest.fixture
def other_port(transactional_db):
    """A second process on the same database."""
    with live_process() as found:
        yield found
