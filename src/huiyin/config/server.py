"""Several processes under one: start, watch, start again, stop together."""

import logging
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

logger = logging.getLogger(__name__)

LIFELINE = "HUIYIN_LIFELINE"
STOP_SECONDS = 15.0
LONGEST_PAUSE_SECONDS = 30.0
STEADY_SECONDS = 60.0  # a child that ran this long has earned a quick restart


def port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def follow_parent() -> None:
    """In a child of `Supervisor`: end when the parent is gone, even when it was killed."""
    if LIFELINE in os.environ:
        threading.Thread(target=_follow, args=(int(os.environ.pop(LIFELINE)),), name="lifeline", daemon=True).start()


def _follow(descriptor: int) -> None:
    with suppress(OSError):
        os.read(descriptor, 1)  # returns when the parent's end closes
    os.killpg(0, signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os.killpg(0, signal.SIGKILL)


@dataclass
class Child:
    """A command in a process group of its own, so that what it left behind goes with it."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restart_at: float = 0.0
    pause_seconds: float = 0.5

    def start(self, lifeline: int) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=[lifeline],
            env={**os.environ, LIFELINE: str(lifeline)},
        )

    def watch(self, lifeline: int) -> None:
        """Start it again when it ended by itself: at once the first time, later and later when it keeps falling."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.restart_at:
                self.start(lifeline)
            return
        code = self.process.poll()
        if code is None:
            return
        self.signal(signal.SIGKILL)
        self.pause_seconds = 0.5 if now - self.started_at > STEADY_SECONDS else self.pause_seconds * 2
        self.pause_seconds = min(self.pause_seconds, LONGEST_PAUSE_SECONDS)
        self.restart_at, self.process = now + self.pause_seconds, None
        logger.warning("%s ended (%s); starting it again in %.0f s", self.name, code, self.pause_seconds)

    def signal(self, number: signal.Signals) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):  # macOS refuses for a group of zombies
                os.killpg(self.process.pid, number)


class Supervisor:
    """Runs until SIGTERM or SIGINT, then stops its children and returns."""

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self.children = [Child(name, command) for name, command in commands.items()]
        self.stopping = threading.Event()
        self.lifeline, self._keep = os.pipe()

    def run(self, *, after_start: Callable[[threading.Event], None] | None = None) -> None:
        before = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            for child in self.children:
                child.start(self.lifeline)
            if after_start is not None:
                threading.Thread(target=after_start, args=(self.stopping,), daemon=True).start()
            while not self.stopping.wait(0.2):
                for child in self.children:
                    child.watch(self.lifeline)
        finally:
            self._end()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()

    def _end(self) -> None:
        for child in self.children:
            child.signal(signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        for child in self.children:
            if child.process is not None:
                with suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.1, until - time.monotonic()))
            child.signal(signal.SIGKILL)
        os.close(self._keep)
        os.close(self.lifeline)
