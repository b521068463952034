"""Hosts in `bench.live`: each with the console open, its refresh every three seconds, and a press every six seconds."""

import http.client
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from multiprocessing.connection import Connection
from typing import Self
from urllib.parse import urlencode

from bench.apart import Apart
from bench.live_hands import SECONDS
from bench.table import Table, percentile

HOSTS = 3
WARM = 4  # pages before it counts: a web process that was just started has read nothing yet
REFRESH_SECONDS, PRESS_SECONDS = 3.0, 6.0
MOST_MS = 300
_TOKEN = "c" * 32
_QUESTION = re.compile(r"/questions/(\d+)/(show|spotlight|settle)/")
_FIELDS = {
    "show": {},
    "spotlight": {},
    "settle": {"state": "answered", "theme": "city", "term": "near", "answer": "周五前修好。"},
}


@dataclass(slots=True)
class Seen:
    """Seconds of every answer, by what was asked for; the first one that was no good."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"page": [], "refresh": [], "press": []})
    fault: str = ""


class Hosts:
    """A process of its own: what it measures must not wait for those who ask and like."""

    def __init__(self, port: int, code: str, cookie: str) -> None:
        self._process = Apart(_host, port, code, cookie, daemon=True)

    def __enter__(self) -> Self:
        """Once their pages are open: the minute is not theirs to come in."""
        self._process.start()
        self._process.receive()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.join()

    def tell(self, table: Table, size: str) -> None:
        """Once the minute is over."""
        seen: list[Seen] = self._process.receive()
        for name in ("page", "refresh", "press"):
            seconds = [one for host in seen for one in host.seconds[name]]
            figure = f"host's console, {name}, p99"
            note = (
                f"{len(seconds)} by {HOSTS} hosts, 200 questions waiting; p50 {percentile(seconds, 0.5) * 1000:.0f} ms"
            )
            table.add("live", size, figure, percentile(seconds, 0.99) * 1000, "ms", at_most=MOST_MS, note=note)
        faults = [host.fault for host in seen if host.fault]
        table.add("live", size, "host's console, errors", len(faults), "", at_most=0, note="".join(faults[:1]))


def _host(pipe: Connection, port: int, code: str, cookie: str) -> None:
    consoles = [_Console(port, code, cookie) for _ in range(HOSTS)]
    with ThreadPoolExecutor(HOSTS) as threads:
        list(threads.map(_Console.open, consoles))
        pipe.send("all here")
        pipe.send(list(threads.map(_Console.work, consoles, range(HOSTS))))


class _Console:
    def __init__(self, port: int, code: str, cookie: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._path = f"/meetings/{code}/host/"
        self._headers = {"Host": "localhost", "Cookie": f"{cookie}; csrftoken={_TOKEN}", "X-CSRFToken": _TOKEN}
        self._seen = Seen()

    def open(self) -> None:
        for _ in range(WARM):
            self._get("page")

    def work(self, number: int) -> Seen:
        """Hosts look and press at different moments; what another has pressed already is an answer, too."""
        self._seen, begin = Seen(), time.monotonic()
        time.sleep(number / HOSTS)
        page, verbs = self._get("page"), cycle(_FIELDS)
        refresh_at = press_at = time.monotonic()
        while time.monotonic() < begin + SECONDS:
            if time.monotonic() >= refresh_at:
                page, refresh_at = self._get("refresh"), refresh_at + REFRESH_SECONDS
            if time.monotonic() >= press_at:
                self._press(page, next(verbs), number)
                page, press_at = self._get("page"), press_at + PRESS_SECONDS
            time.sleep(0.02)
        return self._seen

    def _get(self, name: str) -> str:
        htmx = {"HX-Request": "true", "HX-Target": "queue"} if name == "refresh" else {}
        return self._ask(name, "GET", self._path, headers=htmx)

    def _press(self, page: str, verb: str, number: int) -> None:
        found = [pk for pk, meant in _QUESTION.findall(page) if meant == verb]
        if found:
            path = f"{self._path.removesuffix('host/')}questions/{found[number % len(found)]}/{verb}/"
            self._ask("press", "POST", path, urlencode(_FIELDS[verb]))

    def _ask(self, name: str, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> str:
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        start = time.monotonic()
        self._connection.request(method, path, body or None, self._headers | form | (headers or {}))
        answer = self._connection.getresponse()
        text = answer.read().decode()
        self._seen.seconds[name].append(time.monotonic() - start)
        if answer.status != (200 if method == "GET" else 302):
            self._seen.fault = self._seen.fault or f"{answer.status} {method} {name}"
        return text
