"""Kill -9 of any process at random points of an import and of web traffic; then: nothing lost, nothing double, all agrees.

`python -m bench.faults [--times 10] [--rows 20000] [--seed 1]`. Works on a database of its own in a temporary folder.
"""

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import psutil

from bench.server import HUIYIN, _free_port

GIVEN_UP = 5  # runs in a row that fail though nobody kills them: the database needs one or two to come back
TEXT = "小区三号楼暖气不热，家里只有十五度，编号"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=10, help="kills in each part")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--parts", default="import,web", help="which parts, by comma")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="huiyin-faults-"))
    os.environ["HUIYIN_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    os.environ["HUIYIN_RATE_PER_HOUR"] = "100000000"  # one sender stands for many here
    rng = random.Random(asked.seed)
    try:
        _huiyin("migrate")
        _huiyin("pack", "muhe")
        faults = importing(home, rng, times=asked.times, rows=asked.rows) if "import" in asked.parts else []
        faults += serving(rng, times=asked.times) if "web" in asked.parts else []
    finally:
        _stop_everything(home)
        shutil.rmtree(home, ignore_errors=True)
    print("\n".join(faults) if faults else "Nothing lost, nothing double, every row agrees with its events.")
    return 1 if faults else 0


def importing(home: Path, rng: random.Random, *, times: int, rows: int) -> list[str]:
    """Import files, killing the import or the database on the way; each again until it is through."""
    killed = through = failed = 0
    file = _export(home, through, rows)
    while True:
        run = subprocess.Popen(
            [HUIYIN, "import", str(file), "--map", "hotline12345", "--json"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        if killed < times:
            time.sleep(rng.uniform(1.0, 6.0))
            victim = rng.choice(
                [psutil.Process(run.pid) if run.poll() is None else None, _postmaster(home), _backend(home, rng)]
            )
            if victim is not None and run.poll() is None:
                killed += 1
                print(
                    f"  import: kill {killed} of {times}: {_name(victim)} with {_count('SELECT count(*) FROM cases_case', home)} cases in",
                    flush=True,
                )
                _kill(victim)
        out, said = run.communicate()
        failed = failed + 1 if run.returncode and killed >= times else 0
        assert failed < GIVEN_UP, f"Nobody kills the import any more, and it fails: {said.decode()[-2000:]}"
        if run.returncode == 0 and killed >= times:
            break
        if run.returncode == 0:  # later kills shall find work as well
            through += 1
            file = _export(home, through, rows)
    print(f"  import: file {through + 1} through at last: {out.decode()[:200]}", flush=True)
    return _account(home, expected=rows * (through + 1))


def _export(home: Path, number: int, rows: int) -> Path:
    """A file with orders of its own."""
    file = home / f"export-{number}.csv"
    lines = (f"K{number}-{n},2026-11-01 08:{n % 60:02d}:00,{TEXT}{n},东里小区\n" for n in range(rows))
    file.write_text("工单编号,来电时间,主要内容,小区点位\n" + "".join(lines), encoding="utf-8")
    return file


def serving(rng: random.Random, *, times: int) -> list[str]:
    """Create and read over HTTP while web, worker and database processes are killed; count every answered create."""
    home = Path(os.environ["HUIYIN_HOME"])
    before = int(_count("SELECT count(*) FROM cases_case", home))
    port = _free_port()
    web = subprocess.Popen([HUIYIN, "serve", "--port", str(port)], stderr=subprocess.DEVNULL)
    worker = subprocess.Popen([HUIYIN, "worker"], stderr=subprocess.DEVNULL)
    answered: list[str] = []
    sent, stop = [0], threading.Event()
    writers = [threading.Thread(target=_write, args=(port, answered, sent, stop)) for _ in range(4)]
    time.sleep(6)
    for writer in writers:
        writer.start()
    for kill in range(times):
        time.sleep(rng.uniform(1.0, 3.0))
        victims = [
            *psutil.Process(web.pid).children(recursive=True),
            psutil.Process(worker.pid),
            psutil.Process(web.pid),
            _postmaster(home),
            _backend(home, rng),
        ]
        victim = rng.choice([one for one in victims if one is not None and one.is_running()])
        print(f"  web: kill {kill + 1} of {times}: {_name(victim)} after {len(answered)} answers", flush=True)
        _kill(victim)
        if web.poll() is not None or victim.pid == web.pid:
            web.wait()
            web = subprocess.Popen([HUIYIN, "serve", "--port", str(port)], stderr=subprocess.DEVNULL)
            time.sleep(4)
        if victim.pid == worker.pid:
            worker.wait()
            worker = subprocess.Popen([HUIYIN, "worker"], stderr=subprocess.DEVNULL)
    time.sleep(5)
    stop.set()
    for writer in writers:
        writer.join()
    for process in (web, worker):
        process.terminate()
        process.wait(30)
    found = int(_count("SELECT count(*) FROM cases_case", home)) - before
    numbers = ",".join(f"'{number}'" for number in answered)
    kept = int(_count(f"SELECT count(*) FROM cases_case WHERE number IN ({numbers})", home)) if answered else 0
    print(f"  web: {sent[0]} sent, {len(answered)} answered, {kept} of those kept, {found} cases in all", flush=True)
    faults = (
        []
        if kept == len(answered) == len(set(answered))
        else [f"{len(answered)} creates were answered, {kept} are there."]
    )
    faults += [] if len(answered) <= found <= sent[0] else [f"{sent[0]} creates were sent, {found} cases are there."]
    return faults + _account(home, expected=None)


def _write(port: int, answered: list[str], sent: list[int], stop: threading.Event) -> None:
    while not stop.is_set():
        sent[0] += 1
        body = json.dumps({"text": f"{TEXT}{sent[0]}"}).encode()
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/v1/cases", body, {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310 our own server
                answered.append(json.load(answer)["number"])
        except (urllib.error.URLError, ConnectionError, TimeoutError, OSError, ValueError):
            time.sleep(0.2)


def _account(home: Path, *, expected: int | None) -> list[str]:
    """What does not add up: doubles, halves, chains and projections that disagree."""
    checks = {
        "source ids stored twice": "SELECT count(*) FROM (SELECT 1 FROM cases_case WHERE source_id IS NOT NULL GROUP BY source, source_id HAVING count(*) > 1) x",
        "cases without their text": "SELECT count(*) FROM cases_case c LEFT JOIN cases_casetext t ON t.case_id = c.id WHERE t.case_id IS NULL",
        "cases whose events do not count up": "SELECT count(*) FROM cases_case c WHERE seq <> (SELECT count(*) FROM cases_event e WHERE e.case_id = c.id)",
        "cases without a suggestion": "SELECT count(*) FROM cases_case c LEFT JOIN assign_suggestion s ON s.case_id = c.id WHERE s.case_id IS NULL",
    }
    faults = [f"{name}: {found}" for name, sql in checks.items() if (found := _count(sql, home)) != "0"]
    if expected is not None:
        found = _count("SELECT count(*) FROM cases_case WHERE source_id LIKE 'K%'", home)
        faults += [] if found == str(expected) else [f"{expected} rows were in the files, {found} are there."]
        return faults
    rebuilt = subprocess.run([HUIYIN, "cases", "rebuild", "--json"], capture_output=True, text=True)
    print(f"  rebuild: {rebuilt.stdout.strip()[:300]}", flush=True)
    return faults + (
        [] if rebuilt.returncode == 0 else [f"rebuild disagrees: {rebuilt.stdout[:500]} {rebuilt.stderr[-300:]}"]
    )


def _huiyin(*words: str) -> None:
    subprocess.run([HUIYIN, *words], check=True, stdout=subprocess.DEVNULL)


def _count(sql: str, home: Path) -> str:
    """Ask in a process of our own, so that this one holds no place in the database."""
    code = "import psycopg, sys; from huiyin.config.database import database_url; print(psycopg.connect(database_url()).execute(sys.stdin.read()).fetchone()[0])"
    for _ in range(5):
        asked = subprocess.run(
            [sys.executable, "-c", code],
            input=sql,
            capture_output=True,
            text=True,
            env={**os.environ, "HUIYIN_HOME": str(home)},
        )
        if asked.returncode == 0:
            return asked.stdout.strip()
        time.sleep(1)
    return f"? {asked.stderr[-200:]}"


def _postmaster(home: Path) -> psutil.Process | None:
    with suppress(OSError, ValueError, psutil.Error):
        return psutil.Process(int((home / "pg" / "postmaster.pid").read_text().split()[0]))
    return None


def _backend(home: Path, rng: random.Random) -> psutil.Process | None:
    parent = _postmaster(home)
    with suppress(psutil.Error, IndexError):
        return rng.choice(parent.children()) if parent else None
    return None


def _name(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        return " ".join(process.cmdline())[-60:] or process.name()
    return "gone"


def _kill(process: psutil.Process) -> None:
    with suppress(psutil.Error):
        process.send_signal(signal.SIGKILL)


def _stop_everything(home: Path) -> None:
    postmaster = _postmaster(home)
    if postmaster is not None:
        with suppress(psutil.Error):
            postmaster.send_signal(signal.SIGINT)
            postmaster.wait(20)


if __name__ == "__main__":
    sys.exit(main())
