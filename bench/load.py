"""A closed-loop load generator: n keep-alive connections in a process of its own, raw HTTP/1.1 over sockets."""

import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from bench.apart import apart
from bench.table import percentile

Make = Callable[[int], bytes]
# Requests of one client are numbered from its own ten million on.
CLIENT = 10_000_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """Latencies in ms of what was answered; `refused` counts answers other than 2xx and 3xx."""

    seconds: float
    latencies_ms: list[float]
    refused: int
    statuses: dict[int, int]

    @property
    def rate(self) -> float:
        """Answers a second that did what was asked."""
        return (len(self.latencies_ms) - self.refused) / self.seconds

    @property
    def p50(self) -> float:
        return percentile(self.latencies_ms, 0.50)

    @property
    def p99(self) -> float:
        return percentile(self.latencies_ms, 0.99)


def request(method: str, path: str, *, host: str, headers: dict[str, str] | None = None, body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *(f"{k}: {v}" for k, v in (headers or {}).items())]
    if body or method == "POST":
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def run(port: int, make: Make, *, clients: int, seconds: float) -> Outcome:
    """Hammer 127.0.0.1:`port` for `seconds`; `make(n)` gives the n-th request of a client (n distinct per client)."""
    outcome: Outcome = apart(_hammer, port, make, clients, seconds, method="fork")
    return outcome


def _hammer(port: int, make: Make, clients: int, seconds: float) -> Outcome:
    latencies: list[list[float]] = [[] for _ in range(clients)]
    statuses: list[dict[int, int]] = [{} for _ in range(clients)]
    start = perf_counter()
    threads = [
        threading.Thread(target=_client, args=(port, make, index, start + seconds, latencies[index], statuses[index]))
        for index in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = perf_counter() - start
    total: dict[int, int] = {}
    for counted in statuses:
        for status, times in counted.items():
            total[status] = total.get(status, 0) + times
    flat = [value for one in latencies for value in one]
    refused = sum(times for status, times in total.items() if status >= 400)
    return Outcome(spent, flat, refused, total)


def _client(port: int, make: Make, index: int, until: float, latencies: list[float], statuses: dict[int, int]) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        number = index * CLIENT
        while (start := perf_counter()) < until:
            connection.sendall(make(number))
            status = _answer(connection)
            latencies.append((perf_counter() - start) * 1000)
            statuses[status] = statuses.get(status, 0) + 1
            number += 1


def _answer(connection: socket.socket) -> int:
    """Read one whole response (Content-Length or chunked); returns its status."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    status = int(head[9:12])
    lowered = head.lower()
    if b"transfer-encoding: chunked" in lowered:
        while not body.endswith(b"0\r\n\r\n"):
            body += _more(connection)
        return status
    length = int(lowered.split(b"content-length:")[1].split(b"\r\n")[0]) if b"content-length:" in lowered else 0
    while len(body) < length:
        body += _more(connection)
    return status


def _more(connection: socket.socket) -> bytes:
    chunk = connection.recv(262_144)
    if not chunk:
        raise ConnectionError("The server closed the connection in the middle of an answer.")
    return chunk


def spread(values: Sequence[str]) -> Callable[[int], str]:
    """Values visited in a scattered but repeatable order."""
    return lambda number: values[(number * 7919) % len(values)]
