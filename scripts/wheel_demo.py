"""wheel_demo.py FOLDER: run FOLDER/venv's `huiyin demo`, ask it for pages, stop it. Each wait is bounded."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

START_SECONDS = 240
STOP_SECONDS = 40
PAGES = ("/", "/static/dist/app.css", "/static/dist/app.js")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own address
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_for(url: str, process: subprocess.Popen[bytes]) -> int:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        if found := status(url):
            return found
        time.sleep(0.3)
    return 0


def main() -> int:
    folder = Path(sys.argv[1])
    port = free_port()
    path = f"{folder / 'venv' / 'bin'}:/usr/sbin:/sbin"  # useradd is there; node must not be
    if node := shutil.which("node", path=path):
        print(f"This check wants no Node, but finds {node}")
        return 2
    (folder / "home").mkdir()
    environment = {"PATH": path, "HOME": str(folder / "home"), "LANG": "C.UTF-8", "TMPDIR": str(folder)}
    command = [folder / "venv" / "bin" / "huiyin", "demo", "--cases=200", f"--port={port}"]
    process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/", process)
        answers = {page: status(f"http://127.0.0.1:{port}{page}") for page in PAGES}
        doctor = subprocess.run([command[0], "doctor", f"--port={port}"], cwd=folder, env=environment, check=False)
    finally:
        process.terminate()
        try:
            ended = process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            ended = -9
    home = Path(environment["HOME"]) / ".local" / "share" / "huiyin"
    left = (home / "pg" / "postmaster.pid").exists()
    print(
        f"answers {answers}, doctor {doctor.returncode}, ended {ended}, database {'left running' if left else 'stopped'}"
    )
    well = set(answers.values()) == {200} and doctor.returncode == 0 and ended == 0 and not left
    return 0 if well else 1


if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    sys.exit(main())
