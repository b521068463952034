"""A live process killed in the middle: its viewers go to another one and have everything once, in order."""

import os
import signal
import socket
import subprocess
import sys
import threading
import uuid
from contextlib import contextmanager, suppress
from urllib.parse import quote

import pytest
from django.db import connection
from tests.live.browser import Stream, send

from huiyin.townhall import domain
from huiyin.townhall.choices import Kind
from huiyin.townhall.models import Like

pytestmark = pytest.mark.django_db(transaction=True)
POSTS = 200


def address():
    known = connection.get_connection_params()
    host = quote(known.get("host", "localhost"), safe="")
    port = f"&port={known['port']}" if known.get("port") else ""
    user = quote(known.get("user", ""))
    password = f":{quote(known['password'])}" if known.get("password") else ""
    return f"postgresql://{user}{password}@/{known['dbname']}?host={host}{port}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def process(port):
    command = [sys.executable, "-m", "huiyin.live", "127.0.0.1", str(port)]
    with subprocess.Popen(command, env={**os.environ, "DATABASE_URL": address()}, start_new_session=True) as live:
        try:
            wait(port, live)
            yield live
        finally:
            kill(live)


def kill(live):
    """With its child, at once."""
    with suppress(ProcessLookupError):
        os.killpg(live.pid, signal.SIGKILL)


def wait(port, live):
    rest = threading.Event()
    while live.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            rest.wait(0.1)
    raise AssertionError("The live process ended by itself.")


def speak(meeting):
    try:
        for number in range(1, POSTS + 1):
            domain.post(meeting, Kind.TEXT, {"text": str(number)})
    finally:
        connection.close()


def read_on(stream, found):
    """Until the other side is gone, or everything is there."""
    try:
        while len(found) < POSTS:
            found += stream.posts(1)
    except (EOFError, ConnectionError):
        return


def again(port):
    """As a browser does: what reached the killed process while the system was still ending it is asked once more."""
    rest = threading.Event()
    for _ in range(50):
        try:
            return Stream(port, "hall")
        except OSError:
            rest.wait(0.1)
    raise AssertionError("Nobody answers at the shared port.")


def test_every_post_once_and_in_order_though_its_process_was_killed(meeting):
    ports, found = (free_port(), free_port()), []
    with process(ports[0]) as first, process(ports[1]):
        speaker = threading.Thread(target=speak, args=[meeting])
        with Stream(ports[0], "hall") as stream:
            speaker.start()
            found += stream.posts(POSTS // 4)
            kill(first)
            read_on(stream, found)
        with Stream(ports[1], "hall", last_event_id=found[-1][0]) as stream:
            read_on(stream, found)
        speaker.join()

    assert [number for number, _, _ in found] == list(range(1, POSTS + 1))
    assert [data["text"] for _, _, data in found] == [str(number) for number in range(1, POSTS + 1)]


def test_a_like_that_was_acknowledged_is_there_after_a_kill(meeting):
    question = domain.ask(meeting, text="三号楼暖气不热", press="p1")
    domain.show(question)
    port = free_port()
    with process(port) as live:
        status = send(port, "/live/hall/like", {"question": question.pk}, viewer=uuid.uuid4()).status
        kill(live)

    question.refresh_from_db()
    assert (status, question.likes, Like.objects.count()) == (204, 1, 1)


def test_two_processes_share_one_port(meeting):
    port = free_port()
    with process(port) as first, process(port) as second:
        domain.post(meeting, Kind.TEXT, {"text": "一"})
        kill(first)
        first.wait()
        wait(port, second)
        with again(port) as stream:
            assert [number for number, _, _ in stream.posts(1)] == [1]
