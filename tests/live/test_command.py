"""`huiyin live` as somebody starts it: it answers, mends itself, and ends with nothing left."""

import os
import signal
import socket
import subprocess
import sys
import threading

import psutil
import pytest
from tests.live.browser import fetch
from tests.live.test_killed import address, free_port

pytestmark = pytest.mark.django_db(transaction=True)
HUIYIN = (sys.executable, "-W", "ignore", "-m", "huiyin.cli.main", "live")


def environment():
    return {**os.environ, "DATABASE_URL": address()}


@pytest.fixture
def live(tmp_path):
    """Two processes at a port; whatever is left of them afterwards is ended."""
    port = free_port()
    command = [*HUIYIN, f"--port={port}", "--processes=2"]
    with (tmp_path / "log").open("wb") as log, subprocess.Popen(command, env=environment(), stderr=log) as process:
        started = psutil.Process(process.pid)
        try:
            eventually(lambda: len(workers(started)) == 2 and answers(port))
            yield process, started, port
        finally:
            for one in [*started.children(recursive=True), started] if started.is_running() else []:
                one.kill()


def workers(started):
    """What the one that has loaded everything has forked."""
    found = [worker for parent in started.children() for worker in parent.children()]
    return [worker for worker in found if worker.status() != psutil.STATUS_ZOMBIE]


def answers(port):
    try:
        return fetch(port, "/").status == 404
    except OSError:
        return False


def eventually(holds):
    rest = threading.Event()
    for _ in range(600):
        if holds():
            return
        rest.wait(0.05)
    raise AssertionError("It did not come to hold.")


def test_a_process_that_was_killed_is_replaced_while_the_other_answers(live, meeting):
    _, started, port = live
    first, second = workers(started)
    first.kill()
    psutil.wait_procs([first], 10)

    assert fetch(port, "/live/hall/snapshot.json").status == 200
    eventually(lambda: len(workers(started)) == 2 and first not in workers(started))
    second.kill()
    eventually(lambda: answers(port) and second not in workers(started))


def test_all_are_back_when_the_one_that_forks_them_was_killed(live):
    _, started, port = live
    (parent,), before = started.children(), workers(started)
    parent.kill()

    psutil.wait_procs(before, 10)
    eventually(lambda: len(workers(started)) == 2 and answers(port))
    assert not set(before) & set(workers(started))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_ends_and_leaves_nobody(live, number):
    process, started, _ = live
    family = started.children(recursive=True)
    process.send_signal(number)

    assert (process.wait(20), [one for one in family if one.is_running()]) == (0, [])


def test_killed_it_leaves_nobody_either(live):
    process, started, _ = live
    family = started.children(recursive=True)
    process.kill()

    assert psutil.wait_procs(family, 20)[1] == []


def refusal(*arguments):
    said = subprocess.run([*HUIYIN, *arguments], env=environment(), capture_output=True, text=True, check=False)
    return said.returncode, said.stderr.strip().splitlines()


def test_a_port_that_is_taken_is_told_with_one_that_is_free():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, lines = refusal(f"--port={port}")

    assert (code, len(lines)) == (2, 1)
    assert f"Port {port} on 127.0.0.1 is taken: choose another" in lines[0]


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("--processes=0", "0 is not in the range 1<=x<=64"),
        ("--processes=many", "'many' is not a valid integer range"),
        ("--port=70000", "70000 is not in the range"),
        ("--host=nowhere.invalid", "nowhere.invalid is no address of this machine"),
    ],
)
def test_what_it_cannot_do_is_one_sentence(argument, words):
    code, lines = refusal(argument)

    assert (code, len(lines), words in lines[0]) == (2, 1, True)
