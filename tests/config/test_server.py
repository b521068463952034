import os
import signal
import socket
import subprocess
import sys
import threading
import time

from huiyin.config.server import Supervisor, port_is_free

FOLLOW = "from huiyin.config.server import follow_parent; import time; follow_parent(); print('up', flush=True); time.sleep(60)"
SUPERVISE = f"""
import sys
from huiyin.config.server import Supervisor
Supervisor({{"child": [sys.executable, "-c", {FOLLOW!r}]}}).run()
print("ended", flush=True)
"""


def test_port_taken_is_seen():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        assert not port_is_free("127.0.0.1", taken.getsockname()[1])


def test_child_that_falls_is_started_again(tmp_path):
    tally = tmp_path / "tally"
    script = f"open({str(tally)!r}, 'a').write('x'); import time; time.sleep(0.1)"
    supervisor = Supervisor({"falls": [sys.executable, "-c", script]})

    def watch(_: threading.Event) -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until and not (tally.exists() and len(tally.read_text()) >= 2):
            time.sleep(0.05)
        supervisor.stopping.set()

    supervisor.run(after_start=watch)

    assert len(tally.read_text()) >= 2


def test_stop_ends_the_children_and_returns():
    with subprocess.Popen([sys.executable, "-c", SUPERVISE], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "up\n"
        parent.send_signal(signal.SIGTERM)
        assert parent.stdout.read() == "ended\n"

    assert parent.returncode == 0


def test_children_end_when_the_parent_is_killed():
    with subprocess.Popen([sys.executable, "-c", SUPERVISE], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "up\n"
        os.kill(parent.pid, signal.SIGKILL)

        assert parent.stdout.read() == ""  # its end is reached only when the child has let go of it, too
