"""What live processes without viewers take: each loaded by itself, and forked from one that has loaded everything."""

import os
import subprocess
import sys
import time
from contextlib import ExitStack

import psutil

from bench import data
from bench.server import _free_port, _wait, resident_mb
from bench.table import Table

PROCESSES = 8


def run(table: Table) -> None:
    url = data.ensure(0, name="bench_live", fresh=True)
    apart, together = _measure(url, [1] * PROCESSES), _measure(url, [PROCESSES])
    note = f"proportional (PSS), {PROCESSES} of them"
    table.add("live", "idle", "memory a process, each loaded by itself", apart / PROCESSES, "MB", note=note)
    table.add("live", "idle", "memory a process, forked from one", together / PROCESSES, "MB", note=note)


def _measure(url: str, groups: list[int]) -> float:
    """MB of all."""
    port = _free_port()
    with ExitStack() as stack:
        started = [stack.enter_context(_live(url, port, number)) for number in groups]
        for live in started:
            _wait(port, live)
        while sum(len(psutil.Process(live.pid).children()) for live in started) < PROCESSES:
            assert all(live.poll() is None for live in started), "a live process has ended; what it said stands above"
            time.sleep(0.1)
        time.sleep(3)
        return sum(resident_mb(psutil.Process(live.pid)) for live in started)


class _live:  # noqa: N801 reads as a verb
    def __init__(self, url: str, port: int, processes: int) -> None:
        command = [sys.executable, "-m", "huiyin.live", "127.0.0.1", str(port), str(processes)]
        self._live = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})

    def __enter__(self) -> "subprocess.Popen[bytes]":
        return self._live

    def __exit__(self, *_: object) -> None:
        self._live.terminate()
        self._live.wait(30)
