"""A world of its own in which time runs faster: PostgreSQL and whatever is started with its environment, under libfaketime.

The product has no hook for this: every clock that a process reads, and every sleep, goes through the library.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import psycopg

from bench.slow_clock import ZONE
from huiyin.config.database_server import SETTINGS, Server, system_user

LIBRARY = "faketime/libfaketimeMT.so.1"
NAME = "bench_day"


class World:
    """Its clock shows `start` when it begins and runs `rate` times as fast as ours."""

    def __init__(self, server: Server, start: datetime, rate: int) -> None:
        self.url, self._server = server.url(NAME, "postgres"), server
        self._start, self._rate, self._began = start, rate, time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=(time.monotonic() - self._began) * self._rate)

    def sleep_until(self, moment: datetime) -> None:
        time.sleep(max((moment - self.now()).total_seconds() / self._rate, 0))

    def environment(self) -> dict[str, str]:
        """For a process that begins now: where its clock begins, in the zone that the product sets."""
        shown = self.now().astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S")
        return {"LD_PRELOAD": str(library()), "FAKETIME": f"@{shown} x{self._rate}", "TZ": "CST-8"}

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(self.url, autocommit=True)


def library() -> Path:
    found = next(Path("/usr/lib").glob(f"*/{LIBRARY}"), None) or next(Path("/usr").glob(f"*/lib/{LIBRARY}"), None)
    if found is None:
        raise SystemExit("The day needs libfaketime, which lets its clocks run faster: apt-get install faketime")
    return found


@contextmanager
def world(server: Server, start: datetime, rate: int) -> Iterator[World]:
    """The server, which has stopped, begun again in the other time."""
    made = World(server, start, rate)
    user = system_user()
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    with server.log.open("ab") as log:
        postgres = subprocess.Popen(
            [server.programs / "postgres", "-D", server.data, "-k", server.socket_folder, *options],
            stdout=log, stderr=log, cwd="/", user=user, group=user, extra_groups=[] if user else None,
            env={"PATH": os.defpath, "LC_ALL": "C", **made.environment()},
        )  # fmt: skip
    try:
        while not server.running():
            assert postgres.poll() is None, f"PostgreSQL does not start in the other time; its log is {server.log}"
            time.sleep(0.05)
        yield made
    finally:
        postgres.terminate()
        postgres.wait(60)


@contextmanager
def started(data: Path) -> Iterator[Server]:
    """A server in our own time, with an empty database of the bench's name."""
    server = Server(data)
    server.start()
    try:
        with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {NAME} TEMPLATE template0 ENCODING 'UTF8'")
        yield server
    finally:
        server.stop()
