"""Live processes as children of one that has loaded everything and opened nothing: what it loaded is there once."""

import gc
import logging
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

from huiyin.config.server import LIFELINE

logger = logging.getLogger(__name__)
LOOK_SECONDS = 0.1
AGAIN_SECONDS = 1.0  # one that falls at once is not started more often
STOP_SECONDS = 10.0  # less than who started us would wait
# Desks go first: a screen that hears a tenth of a second later harms nobody, a host who waits holds up a hall.
NICE = 15
_TOLD = (signal.SIGTERM, signal.SIGINT)

Work = Callable[[int], None]  # given a descriptor that ends when the parent is gone


@dataclass(slots=True)
class Worker:
    pid: int = 0
    started_at: float = -AGAIN_SECONDS

    def fallen(self) -> bool:
        return self.pid == 0 or os.waitpid(self.pid, os.WNOHANG)[0] != 0


class Workers:
    """Forks `number` of them and keeps them running until SIGTERM or SIGINT, or until its own parent is gone.

    No thread runs and no connection is open here: a fork copies neither as one could use it.
    """

    def __init__(self, number: int, work: Work) -> None:
        self.workers = [Worker() for _ in range(number)]
        self._work = work
        self._stopping = False
        self._ours, self._theirs = os.pipe()  # theirs: the end that only this process holds
        self._parent = [int(os.environ[LIFELINE])] if LIFELINE in os.environ else []

    def run(self) -> None:
        for number in _TOLD:
            signal.signal(number, self._stop)
        gc.collect()
        gc.freeze()  # never looked through by a child, so never copied for it
        while not self._stopping:
            self._keep()
            gone, _, _ = select.select(self._parent, [], [], LOOK_SECONDS)
            if gone:
                break
        self._end()

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _keep(self) -> None:
        for worker in self.workers:
            if not worker.fallen():
                continue
            if worker.pid:
                logger.warning("live process %d ended; another takes its place", worker.pid)
            worker.pid, now = 0, time.monotonic()
            if now >= worker.started_at + AGAIN_SECONDS:
                worker.started_at, worker.pid = now, self._fork()

    def _fork(self) -> int:
        """A signal that comes meanwhile waits: it must not meet the handler of the parent in the child."""
        signal.pthread_sigmask(signal.SIG_BLOCK, _TOLD)
        try:
            pid = os.fork()
        except OSError as error:
            logger.warning("No live process could be started (%s); trying again.", error.strerror)
            pid = -1
        if pid == 0:
            self._be_worker()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _TOLD)
        return max(pid, 0)

    def _be_worker(self) -> NoReturn:
        """Never returns into what the parent was doing, and runs none of what it does at its end."""
        code = 1
        try:
            for number in _TOLD:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _TOLD)
            os.close(self._theirs)
            os.nice(NICE)
            self._work(self._ours)
            code = 0
        except BaseException:  # noqa: BLE001 whatever it was, it is told, and ends here
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)

    def _end(self) -> None:
        running = [worker.pid for worker in self.workers if worker.pid]
        _tell(running, signal.SIGTERM)
        until = time.monotonic() + STOP_SECONDS
        while running and time.monotonic() < until:
            time.sleep(0.02)
            running = [pid for pid in running if os.waitpid(pid, os.WNOHANG)[0] == 0]
        _tell(running, signal.SIGKILL)
        for pid in running:
            os.waitpid(pid, 0)


def _tell(pids: Iterable[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
