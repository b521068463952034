"""Snapshots as people fetch them: one live process alone, and nginx in front of it that asks once a second."""

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.server import _free_port
from bench.table import Table

SECONDS = 5
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_P99 = re.compile(r"99%\s+([\d.]+)(us|ms|s)")
_FAULTS = re.compile(r"(Socket errors.*|Non-2xx.*)")
_MS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
# The same directives as docs/live.md recommends.
_CONFIG = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    proxy_cache_path {folder}/cache keys_zone=live:1m max_size=50m;
    upstream live {{ server 127.0.0.1:{upstream}; keepalive 8; }}
    server {{
        listen 127.0.0.1:{port};
        location ~ ^/live/[-\\w]+/snapshot\\.json$ {{
            proxy_pass http://live; proxy_http_version 1.1; proxy_set_header Connection "";
            proxy_cache live; proxy_cache_valid 200 1s; proxy_cache_use_stale updating;
        }}
    }}
}}
"""


def measure(table: Table, port: int, code: str) -> None:
    if not shutil.which("wrk"):
        print("  wrk is not installed: snapshots are not measured (apt-get install wrk)", flush=True)
        return
    _wrk(table, port, code, "snapshots, one process")
    if not shutil.which("nginx"):
        print("  nginx is not installed: snapshots behind it are not measured", flush=True)
        return
    with _nginx(port) as front:
        _wrk(table, front, code, "snapshots, behind nginx")


def _wrk(table: Table, port: int, code: str, figure: str) -> None:
    command = ["wrk", "-t1", "-c32", f"-d{SECONDS}s", "--latency", f"http://127.0.0.1:{port}/live/{code}/snapshot.json"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate, p99, faults = _RATE.search(said), _P99.search(said), _FAULTS.search(said)
    assert rate, said
    assert p99, said
    table.add("live", "73 posts", f"{figure}, a second", float(rate[1]), "1/s", note=faults[1] if faults else "")
    table.add("live", "73 posts", f"{figure}, p99", float(p99[1]) * _MS[p99[2]], "ms")


@contextmanager
def _nginx(upstream: int) -> Iterator[int]:
    with tempfile.TemporaryDirectory() as folder:
        port, config = _free_port(), Path(folder) / "nginx.conf"
        config.write_text(_CONFIG.format(folder=folder, port=port, upstream=upstream))
        Path(folder).chmod(0o755)
        nginx = subprocess.Popen(["nginx", "-c", str(config)])
        try:
            time.sleep(1)
            yield port
        finally:
            nginx.terminate()
            nginx.wait(10)
