"""Resident memory of each process of the running product, idle and after use (PSS: shared pages counted once).

Baseline: the peer idle, 715 MB without search and sign-in services.
"""

import os
import subprocess
from pathlib import Path

import psutil

from bench import data, load, pages
from bench.server import HUIYIN, _free_port, _wait
from bench.table import Table


def run(table: Table) -> None:
    size = data.SIZES["×10"]
    facts = pages.facts(size)
    port = _free_port()
    environment = {**os.environ, "HUIYIN_HOME": str(data.HOME), "DATABASE_URL": str(facts["url"])}
    web = subprocess.Popen([HUIYIN, "serve", "--port", str(port)], env=environment)
    worker = subprocess.Popen([HUIYIN, "worker"], env=environment)
    try:
        _wait(port, web)
        load.run(port, lambda _n: load.request("GET", "/login/", host="localhost"), clients=2, seconds=2)
        _measure(table, "idle", web, worker, at_most=450)
        pages.measure(Table(), "", port, facts)
        _measure(table, "after use", web, worker, at_most=None)
    finally:
        for process in (web, worker):
            process.terminate()
            process.wait(20)


def _measure(
    table: Table, when: str, web: "subprocess.Popen[bytes]", worker: "subprocess.Popen[bytes]", *, at_most: float | None
) -> None:
    postmaster = int((data.HOME / "pg" / "postmaster.pid").read_text().split()[0])
    total = 0.0
    for name, pid in (("web", web.pid), ("worker", worker.pid), ("database", postmaster)):
        parent = psutil.Process(pid)
        for index, process in enumerate([parent, *parent.children(recursive=True)] if name != "database" else [parent]):
            table.add("memory", when, f"{name} process {index}", _pss_mb(process), "MB")
            total += _pss_mb(process)
    others = psutil.Process(postmaster).children()
    cache = sum(map(_shared_mb, others))
    children = sum(map(_pss_mb, others)) - cache
    table.add("memory", when, "database, its other processes together", children, "MB")
    table.add(
        "memory",
        when,
        "database, page cache (shared buffers, 256 MB at most)",
        cache,
        "MB",
        note="the peer's figure leaves its cache out too",
    )
    table.add(
        "memory",
        when,
        "everything but the page cache",
        total + children,
        "MB",
        at_most=at_most,
        note="peer idle 715 MB",
    )


def _shared_mb(process: psutil.Process) -> float:
    """A process's share of shared memory, MB: for PostgreSQL that is the page cache."""
    for line in Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss_Shmem:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _pss_mb(process: psutil.Process) -> float:
    return float(process.memory_full_info().pss) / 1024**2
