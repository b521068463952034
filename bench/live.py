"""A town hall that everybody watches: 130,000 streams on one machine, answers posted, questions and likes meanwhile.

`HUIYIN_VIEWERS=10000` for a smaller house. Delays run from before an answer's transaction to its bytes in the viewer's
hands, by one clock (CLOCK_MONOTONIC) of one machine on which the load runs, too. Meanwhile hosts work at their consoles,
through `huiyin serve`.
"""

import math
import os
import resource
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import psutil

from bench import live_front, live_hands
from bench.live_console import Hosts
from bench.live_hall import Hall
from bench.live_viewers import Viewers
from bench.server import HUIYIN, _free_port, _wait, serving
from bench.table import Table, percentile

PER_PROCESS = 16_500  # chance deals connections to processes; 19,500 is what one of them may hold
ANSWERS, EVERY_SECONDS = 12, 5.0
QUESTIONS, LIKES = 200, 5_000


def run(table: Table) -> None:
    viewers = int(os.environ.get("HUIYIN_VIEWERS", "130000"))
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with Hall() as hall:
        processes = math.ceil(viewers / PER_PROCESS)
        with living(hall.url, processes) as (port, server), serving(hall.url) as (web, _):
            _watch(table, viewers, (port, web), server, hall)
        with living(hall.url, 1) as (port, _):
            live_front.measure(table, port, hall)


@contextmanager
def living(url: str, processes: int) -> Iterator[tuple[int, psutil.Process]]:
    """Port and process of `huiyin live` on the database at `url`."""
    port = _free_port()
    command = [str(HUIYIN), "live", "--port", str(port), "--processes", str(processes)]
    live = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
    try:
        _wait(port, live)
        time.sleep(2 * processes)  # the last of them is still loading
        yield port, psutil.Process(live.pid)
    finally:
        live.terminate()
        live.wait(60)


def _watch(table: Table, count: int, ports: tuple[int, int], server: psutil.Process, hall: Hall) -> None:
    """`ports`: of the live processes, and of the web's."""
    size, port = f"{count:,}", ports[0]
    processes = [server, *server.children(recursive=True)]
    workers = math.ceil(count / PER_PROCESS)
    before = _proportional(processes)
    note = f"proportional (PSS), {workers} and the two that keep them; 161 MB resident when each was loaded by itself"
    table.add("live", size, "server memory without viewers, a process", before / workers / 1024**2, "MB", note=note)
    start = time.monotonic()
    with Viewers(port, hall.code, count) as viewers:
        viewers.wait_until_all_watch()
        table.add("live", size, "viewers let in a second", count / (time.monotonic() - start), "1/s")
        _meeting(table, size, ports, hall, viewers, processes)
        after = _proportional(processes)
        note = f"{workers} processes, {before / 1024**2:,.0f} MB before, {after / 1024**2:,.0f} MB after"
        table.add("live", size, "server memory a viewer", (after - before) / count / 1024, "kB", at_most=16, note=note)
        delays, dropped = viewers.leave()
    _delays(table, size, count, delays, dropped)


def _meeting(
    table: Table, size: str, ports: tuple[int, int], hall: Hall, viewers: Viewers, processes: list[psutil.Process]
) -> None:
    """The minute in which it all happens."""
    load = viewers.processes()
    with Hosts(ports[1], hall.code, hall.cookie) as hosts:
        served, loaded = _cpu(processes), _cpu(load)
        hall.answer(ANSWERS, EVERY_SECONDS)
        asked, liked = live_hands.minute(ports[0], hall.code, hall.shown, QUESTIONS, LIKES)
        hosts.tell(table, size)
    hall.wait()
    time.sleep(6)
    table.add("live", size, "CPU of the server in that minute", _cpu(processes) - served, "s")
    table.add("live", size, "CPU of the viewers in that minute", _cpu(load) - loaded, "s")
    questions, likes, rows = hall.count()
    for name, outcome, kept in (("questions", asked, questions), ("likes", liked, likes)):
        good = len(outcome.seconds)
        table.add("live", size, f"{name} written", good, "", at_least=QUESTIONS if name == "questions" else LIKES)
        table.add("live", size, f"{name} with an error", outcome.errors, "", at_most=0, note=outcome.first_error)
        table.add("live", size, f"{name} acknowledged, not in the database", good - kept, "", at_most=0)
        table.add("live", size, f"{name}, p99", percentile(outcome.seconds, 0.99) * 1000, "ms")
    table.add("live", size, "likes counted otherwise than their rows", abs(likes - rows), "", at_most=0)


def _delays(
    table: Table, size: str, count: int, delays: "np.ndarray[tuple[int], np.dtype[np.float64]]", dropped: int
) -> None:
    p50, p99, last = np.percentile(delays, [50, 99, 100])
    note = f"{ANSWERS} answers × {size} screens"
    table.add("live", size, "an answer on a screen, p50", float(p50), "s", note=note)
    table.add("live", size, "an answer on a screen, p99", float(p99), "s", at_most=2)
    table.add("live", size, "an answer on the last screen", float(last), "s", at_most=5)
    table.add("live", size, "answers missing on a screen", ANSWERS * count - len(delays), "", at_most=0)
    table.add("live", size, "streams cut off", dropped, "", at_most=0)


def _proportional(processes: list[psutil.Process]) -> int:
    """Bytes (PSS): what several share is counted once."""
    return sum(int(process.memory_full_info().pss) for process in processes)


def _cpu(processes: list[psutil.Process]) -> float:
    """Seconds, user and system."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)
