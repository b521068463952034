"""Snapshots as people fetch them: one live process alone, and nginx in front of it that asks once a second."""

import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.live_hall import Hall
from bench.server import _free_port
from bench.table import Table

SECONDS = 5
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_P99 = re.compile(r"99%\s+([\d.]+)(us|ms|s)")
_FAULTS = re.compile(r"(Socket errors.*|Non-2xx.*)")
_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
_DOCUMENT = Path(__file__).parent.parent / "docs" / "live.md"
_CONFIG = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    {outside}
    server {{
        listen 127.0.0.1:{port};
        {inside}
    }}
}}
"""


def measure(table: Table, port: int, hall: Hall) -> None:
    code = hall.code
    if not shutil.which("wrk"):
        print("  wrk is not installed: snapshots are not measured (apt-get install wrk)", flush=True)
        return
    _wrk(table, port, code, "snapshots, one process")
    if not shutil.which("nginx"):
        print("  nginx is not installed: snapshots behind it are not measured", flush=True)
        return
    with _nginx(port) as front:
        _wrk(table, front, code, "snapshots, behind nginx")
        table.add("live", "1", "an answer through nginx on a screen", _answered(front, hall), "s", at_most=2)


def _answered(port: int, hall: Hall) -> float:
    """Seconds until one answer is here; the proxy must hold nothing back."""
    with socket.create_connection(("127.0.0.1", port), 30) as viewer:
        viewer.sendall(f"GET /live/{hall.code}/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        _until(viewer, re.compile(rb"event: watching"))
        hall.answer(1, 0)
        found = _until(viewer, re.compile(rb'"answer":"[^"]*m(\d+)m"'))
        seconds = (time.monotonic_ns() - int(found[1])) / 1e9
    hall.wait()
    return seconds


def _until(viewer: socket.socket, pattern: "re.Pattern[bytes]") -> "re.Match[bytes]":
    seen = b""
    while not (found := pattern.search(seen)):
        more = viewer.recv(65_536)
        assert more, "nginx ended the stream"
        seen += more
    return found


def _wrk(table: Table, port: int, code: str, figure: str) -> None:
    command = ["wrk", "-t1", "-c32", f"-d{SECONDS}s", "--latency", f"http://127.0.0.1:{port}/live/{code}/snapshot.json"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate, p99, faults = _RATE.search(said), _P99.search(said), _FAULTS.search(said)
    assert rate, said
    assert p99, said
    table.add("live", "73 posts", f"{figure}, a second", float(rate[1]), "1/s", note=faults[1] if faults else "")
    table.add("live", "73 posts", f"{figure}, p99", float(p99[1]) * _MS[p99[2]], "ms")


def _recommended(folder: str, upstream: int) -> tuple[str, str]:
    """What docs/live.md says, so that it is what was measured: for http, and for the server."""
    block = _DOCUMENT.read_text(encoding="utf-8").split("```nginx\n")[1].split("```")[0]
    own = block.replace("/var/cache/nginx/live", f"{folder}/cache").replace("127.0.0.1:8100", f"127.0.0.1:{upstream}")
    outside, _, inside = own.partition("# in the server of docs/install.md\n")
    return outside, inside


@contextmanager
def _nginx(upstream: int) -> Iterator[int]:
    with tempfile.TemporaryDirectory() as folder:
        port, config = _free_port(), Path(folder) / "nginx.conf"
        outside, inside = _recommended(folder, upstream)
        config.write_text(_CONFIG.format(folder=folder, port=port, outside=outside, inside=inside))
        Path(folder).chmod(0o755)
        nginx = subprocess.Popen(["nginx", "-c", str(config)])
        try:
            time.sleep(1)
            yield port
        finally:
            nginx.terminate()
            nginx.wait(10)
