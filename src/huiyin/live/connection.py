"""One browser's connection: requests one after another, until one of them asks for the stream."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Protocol, cast

from huiyin.live.frames import retry
from huiyin.live.http import HEAD_BYTES, Malformed, Request, Response, read_head
from huiyin.live.room import Circle, Room

WAITING_BYTES = 65_536  # of requests sent before the last was answered
PIECE = 50  # posts written at a time while catching up
_HEAD_END = b"\r\n\r\n"

Handler = Callable[["Connection", Request], Coroutine[Any, Any, Response | None]]


class Connection(asyncio.Protocol):
    """Small on purpose: there are nineteen thousand in a process, and nearly all of them only listen."""

    __slots__ = (
        "_buffer",
        "_busy",
        "_circle",
        "_deaf",
        "_descriptor",
        "_engine",
        "_paused",
        "_position",
        "_request",
        "room",
        "transport",
    )

    def __init__(self, engine: "Listener") -> None:
        self._engine = engine
        self._buffer = b""
        self._busy = self._deaf = self._paused = False
        self._circle: Circle | None = None
        self._descriptor = -1
        self._position = 0
        self._request: Request | None = None
        self.room: Room | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.set_write_buffer_limits(high=0)  # told as soon as the network does not take everything
        self._descriptor = self.transport.get_extra_info("socket").fileno()
        self._engine.arrived(self)

    def connection_lost(self, _: Exception | None) -> None:
        self._engine.left(self)
        self._step_out()

    def drop(self) -> None:
        self.transport.abort()

    # Requests

    def data_received(self, data: bytes) -> None:
        if self._deaf or self.transport.is_closing():
            return
        self._buffer += data
        if not self._busy:
            self._read()
        if len(self._buffer) > WAITING_BYTES:
            self.drop()

    def _read(self) -> None:
        try:
            self._read_head()
        except Malformed as problem:
            self._refuse(problem.status)
            return
        request = self._request
        if request is not None and len(self._buffer) >= request.length:
            body, self._buffer = self._buffer[: request.length], self._buffer[request.length :]
            self._request, self._busy = None, True
            peer = self.transport.get_extra_info("peername")
            self._engine.serve(self, replace(request, body=body, peer=str(peer[0]) if peer else ""))

    def _read_head(self) -> None:
        if self._request is not None:
            return
        head, found, rest = self._buffer.partition(_HEAD_END)
        if len(head) > HEAD_BYTES:
            raise Malformed(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        if found:
            self._request, self._buffer = read_head(head), rest

    def _refuse(self, status: HTTPStatus) -> None:
        """The rest cannot be told from the next request: answer, and read on without listening, so that it arrives."""
        self._buffer, self._deaf = b"", True
        self.transport.write(self._engine.refusal(status).encode(keeps_alive=False))
        self.transport.write_eof()

    def reply(self, response: Response, *, keeps_alive: bool) -> None:
        if self.transport.is_closing():
            return
        self.transport.write(response.encode(keeps_alive=keeps_alive))
        self._busy = False
        if not keeps_alive:
            self.transport.close()
        elif self._buffer:
            self._read()

    # The stream

    def follow(self, room: Room, after: int, head: bytes) -> None:
        """Everything after that number, then whatever comes: in order, once, without a gap."""
        if self.transport.is_closing():
            return  # gone while the meeting was being read: it would never leave its circle
        self.room, self._buffer, self._deaf = room, b"", True
        self._position = min(after, len(room.posts))
        self.transport.write(head + retry())
        self._catch_up()

    def _catch_up(self) -> None:
        """No await lies between the last missed post and joining, and circles are served by the same thread."""
        if self.room is None:
            return
        while not self._paused and self._position < len(self.room.posts):
            events = self.room.events(self._position, self._position + PIECE)
            self._position += len(events)
            self.transport.write(b"".join(events))
        if not self._paused:
            self.transport.write(self.room.tallies)
        if not self._paused:
            self._circle = self.room.seat()
            self._circle.streams[self._descriptor] = self

    def stall(self, rest: bytes) -> None:
        self.transport.write(rest)

    def pause_writing(self) -> None:
        self._paused = True
        if self.room is None:
            return
        if self._circle is not None:
            self._position = self._circle.position  # what is being sent has been written to it
        self._step_out()
        self.room.slow[self] = asyncio.get_running_loop().time()

    def resume_writing(self) -> None:
        self._paused = False
        if self.room is not None:
            self.room.slow.pop(self, None)
            self._catch_up()

    def _step_out(self) -> None:
        if self._circle is not None:
            del self._circle.streams[self._descriptor]
            self._circle = None
        if self.room is not None:
            self.room.slow.pop(self, None)


class Listener(Protocol):
    """What a connection needs of the process it belongs to."""

    def arrived(self, connection: Connection) -> None: ...

    def left(self, connection: Connection) -> None: ...

    def serve(self, connection: Connection, request: Request) -> None: ...

    def refusal(self, status: HTTPStatus) -> Response: ...
