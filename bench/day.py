"""One simulated day at a big district's peak: 5 × 1,625 cases over 26 units, a real worker beside it, killed for an hour.

A minute lasts a second (`bench.fast`). `huiyin worker` gets SIGKILL in the middle of a run of the clockwork and is begun
again an hour later. Afterwards every warning is reckoned from the story alone (`bench.reckoning`): each must have been
told exactly once, and no other. `python -m bench.day prepare` and `… live` are the day's own processes.
"""

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import psycopg

from bench import data, fast
from bench.reckoning import Verdict, judge
from bench.server import HUIYIN
from bench.stories import MIDNIGHT, MINUTE, Hands, staffed, stories
from bench.table import Table, clock

CASES, UNITS, MINUTES, RATE = 5 * 1_625, 26, 24 * 60, 60
KILLED_AT, DOWN = MIDNIGHT + timedelta(hours=10), timedelta(hours=1)
HOME = data.HOME / "day"
RUNNING = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND task_name = 'timers.tick'"


def run(table: Table) -> None:
    fast.library()
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    with fast.started(HOME / "pg") as server:
        prepared = _own("prepare", server.url(fast.NAME, "postgres"), {}).wait()
        assert prepared == 0, "the day could not be prepared; see above"
    with fast.world(server, MIDNIGHT, RATE) as world, clock() as whole:
        mid_run, down, ended = _live(world)
        with world.connect() as connection:
            verdict = judge(connection.cursor(), ends=ended, down=down)
            cases = _count(connection, "SELECT count(*) FROM cases_case")
            moves = _count(connection, "SELECT count(*) FROM cases_event")
            runs = _count(
                connection,
                "SELECT count(*) FROM procrastinate_jobs WHERE status = 'succeeded' AND task_name = 'timers.tick'",
            )
            notices = _count(connection, "SELECT count(*) FROM notices_notice")
            last = _count(
                connection,
                f"SELECT ceil(extract(epoch FROM max(at) - '{MIDNIGHT + timedelta(days=1)}') / 60) FROM cases_event",
            )
    _report(table, verdict, f"{cases:,}")
    for figure, value, unit in (
        ("moves in the day", moves, "moves"),
        ("runs of the clockwork by the worker", runs, "runs"),
        ("killed in the middle of a run", mid_run, "times"),
        ("notices to persons, many at once as one", notices, "notices"),
        ("last move after midnight: a machine that keeps up with a day has none", max(last, 0), "minutes"),
        (f"the whole day, at {RATE} times the speed", whole[0], "s"),
    ):
        table.add("day", f"{cases:,}", figure, value, unit)


def _live(world: fast.World) -> tuple[bool, tuple[datetime, datetime], datetime]:
    """Let the day go by; whether the worker was killed in the middle of a run, when, and until when it was not; the end."""
    people = _own("live", world.url, world.environment())
    worker = _worker(world)
    try:
        world.sleep_until(KILLED_AT)
        with world.connect() as connection:
            _wait_for_a_run(connection)
            worker.kill()
            killed = world.now()
            worker.wait()
            mid_run = bool(_count(connection, RUNNING))
        world.sleep_until(killed + DOWN)
        worker, begun = _worker(world), world.now()
        assert people.wait() == 0, "the district's people broke off; see above"
        world.sleep_until(MIDNIGHT + MINUTES * MINUTE)
        ended = world.now()
    finally:
        people.kill()
        worker.terminate()
        worker.wait(60)
    return mid_run, (killed, begun), ended


def _wait_for_a_run(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    until = time.monotonic() + 20
    while not _count(connection, RUNNING) and time.monotonic() < until:
        time.sleep(0.002)


def _worker(world: fast.World) -> "subprocess.Popen[bytes]":
    with (HOME / "worker.log").open("ab") as log:
        return subprocess.Popen([HUIYIN, "worker"], env=_environment(world.url, world.environment()), stderr=log)


def _own(what: str, url: str, more: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "bench.day", what], env=_environment(url, more))


def _environment(url: str, more: dict[str, str]) -> dict[str, str]:
    return {**os.environ, "HUIYIN_HOME": str(HOME), "DATABASE_URL": url, **more}


def _count(connection: "psycopg.Connection[tuple[object, ...]]", sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(str(row[0])) if row else 0


def _report(table: Table, day: Verdict, size: str) -> None:
    table.add("day", size, "warnings told", day.told, "warnings")
    for figure, found in (
        ("warnings missed", day.missed),
        ("told twice", day.double),
        ("told though nothing was owed", day.needless),
        ("told before their moment", day.early),
    ):
        note = ", ".join(map(str, found[:3]))
        table.add("day", size, figure, len(found), "warnings", at_most=0, note=note)
    late = abs(day.late - day.marked_late)
    table.add("day", size, "more than five minutes late: the hour without a worker", day.late, "warnings")
    table.add("day", size, "late ones that the product counts otherwise", late, "warnings")
    table.add("day", size, "late though a worker ran", day.late_elsewhere, "warnings")
    table.add("day", size, "longest wait while a worker ran", day.worst_minutes, "minutes")
    table.add("day", size, "due so near to its clock's end that both is right", day.either, "warnings")


# --- the day's own processes


def prepare() -> None:
    from django.core.management import call_command

    from huiyin.cli.packs import load_pack

    call_command("migrate", verbosity=0)
    load_pack("muhe", password="huiyin-demo")
    staffed(UNITS)


def live() -> None:
    """Everybody's work, in the minute it belongs to; the clocks here run fast as well."""
    hands = Hands(stories(CASES, UNITS, MINUTES), [f"day{number:02}" for number in range(UNITS)])
    for minute in range(MINUTES):
        time.sleep(max((MIDNIGHT + minute * MINUTE - datetime.now(UTC)).total_seconds(), 0))
        hands.work(minute, lambda: datetime.now(UTC))


if __name__ == "__main__":
    from huiyin.cli.environment import setup

    setup()
    {"prepare": prepare, "live": live}[sys.argv[1]]()
