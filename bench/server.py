"""The product as it runs: `huiyin serve` on a database of the benches, in processes of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

HUIYIN = Path(sys.executable).parent / "huiyin"


@contextmanager
def serving(url: str, *, worker: bool = False) -> Iterator[tuple[int, psutil.Process]]:
    """Port and process of a web server (two processes, as `huiyin serve` starts them) on the database at `url`."""
    port = _free_port()
    environment = {**os.environ, "DATABASE_URL": url, "HUIYIN_RATE_PER_HOUR": "100000000"}
    web = subprocess.Popen([HUIYIN, "serve", "--port", str(port)], env=environment)
    extra = [subprocess.Popen([HUIYIN, "worker"], env=environment)] if worker else []
    try:
        _wait(port, web)
        yield port, psutil.Process(web.pid)
    finally:
        for process in (web, *extra):
            process.terminate()
        for process in (web, *extra):
            process.wait(60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(port: int, web: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and web.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The web server did not answer within a minute; run `huiyin doctor`.")


def resident_mb(process: psutil.Process) -> float:
    """Proportional memory (PSS) of a process and all it started, MB: shared pages counted once."""
    family = [process, *process.children(recursive=True)]
    return sum(one.memory_full_info().pss for one in family if one.is_running()) / 1024**2
