"""The part of the examination that looks for `huiyin live`, and for what it needs."""

import os
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

from huiyin.config.doctor_finding import Finding
from huiyin.live import files

USUAL_PORT = 8100
_SECONDS = 3
_OURS = {HTTPStatus.NOT_FOUND, HTTPStatus.SERVICE_UNAVAILABLE}


def port(web: int) -> int:
    """Where the pages say it is; else the usual one, or the one beside the web's, as in the demonstration."""
    said = os.environ.get("HUIYIN_LIVE_URL", "").removeprefix(":")
    if said.isdigit():
        return int(said)
    return next((number for number in (USUAL_PORT, web + 1) if _status(number) in _OURS), USUAL_PORT)


def open_files() -> Finding:
    most = files.most()
    detail = f"{most:,}: {most - files.SPARE:,} viewers a live process"
    advice = "raise the limit where huiyin live is started: ulimit -n 20000, or LimitNOFILE=20000 for systemd"
    return Finding("open files", detail, advice, ok=most >= files.ENOUGH)


def answers(number: int, *, wanted: bool) -> Finding:
    """`wanted`: a meeting is near. Else nobody misses it: pages ask the web process for snapshots."""
    name, status = f"live, port {number}", _status(number)
    if status == HTTPStatus.NOT_FOUND:
        return Finding(name, "answers")
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        advice = "start it with the DATABASE_URL of the web process"
        return Finding(name, "does not reach its database", advice, ok=False)
    if status:
        return Finding(name, "another program answers there", "choose another with huiyin live --port", ok=False)
    advice = f"start it: huiyin live --port {number} (huiyin doctor --live-port when it is another)"
    return Finding(name, "does not run; pages ask for snapshots every three seconds", advice, ok=not wanted)


def _status(number: int) -> int:
    """To a question for a meeting that has no code; 0 where nobody answers."""
    try:
        with closing(HTTPConnection("127.0.0.1", number, timeout=_SECONDS)) as connection:
            connection.request("GET", "/live/-/snapshot.json")
            answer = connection.getresponse()
            ours = answer.read().startswith(b'{"error"')
            return answer.status if ours else HTTPStatus.OK
    except (OSError, HTTPException):
        return 0
