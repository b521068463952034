"""Viewers of `bench.live`: processes with a plain epoll loop, each from a loopback address of its own (ports are few)."""

import array
import math
import os
import re
import select
import socket
import time
import uuid
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

import numpy as np
import psutil

from bench.apart import Apart
from huiyin.live.workers import NICE

PER_PROCESS = 16_500
WATCH_SECONDS = 600
READ_BYTES = 16_384  # edge-triggered, so more than ever waits: what is left unread is not told again
_MOMENT = re.compile(rb"m(\d{6,20})m")
_HANDFUL_SECONDS = 0.02
_NO_PORT_YET = 24  # IP_BIND_ADDRESS_NO_PORT: the port is chosen when both ends are known
_REQUEST = (
    "GET /live/{code}/stream?after=61 HTTP/1.1\r\nHost: huiyin.example.cn\r\nAccept: text/event-stream\r\n"
    "Accept-Language: zh-CN,zh;q=0.9,en;q=0.8\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nCache-Control: no-cache\r\n"
    "User-Agent: Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile "
    "Safari/537.36\r\nReferer: https://huiyin.example.cn/live/{code}/\r\nSec-Fetch-Site: same-origin\r\n"
    "Cookie: lang=zh-hans; viewer={viewer}\r\n\r\n"
)


class Viewers:
    def __init__(self, port: int, code: str, count: int) -> None:
        self._port, self._code, self._count = port, code, count
        self._processes: list[Apart] = []

    def __enter__(self) -> Self:
        number = math.ceil(self._count / PER_PROCESS)
        for index in range(number):
            share = self._count // number + (index < self._count % number)
            source = f"127.0.1.{index + 1}"
            self._processes.append(Apart(_load, self._port, self._code, source, share, daemon=True).start())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.kill()

    def wait_until_all_watch(self) -> None:
        for process in self._processes:
            process.receive(WATCH_SECONDS)

    def processes(self) -> list[psutil.Process]:
        return [psutil.Process(process.pid) for process in self._processes]

    def leave(self) -> tuple["np.ndarray[tuple[int], np.dtype[np.float64]]", int]:
        """Delays in seconds, one for each answer on each screen; how many streams the server ended."""
        for process in self._processes:
            process.send("leave")
        found = [process.receive() for process in self._processes]
        return np.concatenate([np.frombuffer(delays) for delays, _ in found]), sum(dropped for _, dropped in found)


def _load(pipe: Connection, port: int, code: str, source: str, count: int) -> None:
    os.nice(NICE)  # they stand for other machines: they do not take the processor from the desks of this one
    crowd = _Crowd(port, code, source)
    while len(crowd.sockets) < count:
        crowd.come()
        if len(crowd.sockets) % 50 == 0:
            crowd.read(0.0)
    while len(crowd.welcomed) < count:
        crowd.read(0.1)
    crowd.letting_in = False
    pipe.send("all here")
    while not pipe.poll():
        crowd.read(0.2)
    pipe.send((crowd.delays.tobytes(), crowd.dropped))


class _Crowd:
    def __init__(self, port: int, code: str, source: str) -> None:
        self.port, self.code, self.source = port, code, source
        self.sockets: dict[int, socket.socket] = {}
        self.welcomed: set[int] = set()
        self.letting_in = True
        self.delays = array.array("d")
        self.dropped = 0
        self._epoll = select.epoll()
        self._moments: dict[bytes, tuple[int, ...]] = {}

    def come(self) -> None:
        """One more; a house that is full for a moment is tried again."""
        viewer = socket.socket()
        viewer.setsockopt(socket.IPPROTO_IP, _NO_PORT_YET, 1)
        viewer.bind((self.source, 0))
        viewer.settimeout(30)
        try:
            viewer.connect(("127.0.0.1", self.port))
            viewer.sendall(_REQUEST.format(code=self.code, viewer=uuid.uuid4()).encode())
        except OSError:
            viewer.close()
            time.sleep(0.05)
            return
        viewer.settimeout(0)
        self.sockets[viewer.fileno()] = viewer
        self._epoll.register(viewer.fileno(), select.EPOLLIN | select.EPOLLET)

    def read(self, wait_seconds: float) -> None:
        """In handfuls: woken for each of them, the load would take the time it measures."""
        time.sleep(_HANDFUL_SECONDS if wait_seconds else 0)
        for number, _ in self._epoll.poll(wait_seconds, 5000):
            try:
                chunk = os.read(number, READ_BYTES)
            except OSError:
                chunk = b""
            if not chunk:
                self._lose(number)
                continue
            now = time.monotonic_ns()
            if self.letting_in:
                self.welcomed.add(number)
            moments = self._moments.get(chunk)
            for moment in self._told(chunk) if moments is None else moments:
                self.delays.append((now - moment) / 1e9)

    def _told(self, chunk: bytes) -> tuple[int, ...]:
        """When the answers in these bytes were given; the same bytes come to everybody and are looked at once."""
        moments = tuple(map(int, _MOMENT.findall(chunk)))
        if len(self._moments) < 1000:
            self._moments[chunk] = moments
        return moments

    def _lose(self, number: int) -> None:
        self.dropped += number in self.welcomed
        self.welcomed.discard(number)
        self._epoll.unregister(number)
        self.sockets.pop(number).close()
