"""One live process: its rooms, its connections, and what it does every so often."""

import asyncio
import logging
import time
import traceback
import uuid
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http import HTTPStatus
from typing import Any, ParamSpec, TypeVar

import psycopg

from huiyin.live import files, queries, routes
from huiyin.live.connection import Connection, Listener
from huiyin.live.database import Database, address, listen
from huiyin.live.http import Request, Response
from huiyin.live.liking import Likes
from huiyin.live.limits import Limits
from huiyin.live.room import TURN_SECONDS, Room

logger = logging.getLogger(__name__)
IDLE_SECONDS = 75.0
TALLIES_SECONDS, WATCHING_SECONDS = 10.0, 5.0
EMPTY_ROOM_SECONDS = 600.0
ASKING_THREADS = 2
P = ParamSpec("P")
T = TypeVar("T")


class Engine(Listener):
    def __init__(self) -> None:
        where = address()
        self.database, self._where = Database(where), where
        self.process = uuid.uuid4()
        self.rooms: dict[str, Room] = {}
        self.likes: dict[int, Likes] = {}
        self.limits = Limits()
        self._threads = ThreadPoolExecutor(ASKING_THREADS, "ask")
        self._opening: dict[str, asyncio.Task[Room | None]] = {}
        self._reading: dict[int, bool] = {}  # meetings being read; True: once more
        self._handing_on: set[int] = set()  # meetings whose posts are being handed to their circles
        self._idle: dict[Connection, float] = {}
        self._connections = 0
        self._most = files.connections()
        self._tasks: set[asyncio.Task[Any]] = set()

    async def run(self) -> None:
        """Without end, until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(listen(self._where, heard=self._heard, missed=self._missed))
                group.create_task(self._every(1.0, self._second))
                group.create_task(self._every(TURN_SECONDS, self._turn))
                group.create_task(self._every(WATCHING_SECONDS, self._say_watching))
                group.create_task(self._every(TALLIES_SECONDS, self._tallies))
        finally:
            self._threads.shutdown(cancel_futures=True)
            await self.database.close()

    # Connections

    def arrived(self, connection: Connection) -> None:
        """One too many is let go in silence: an answer would be final for a browser, a silence it tries again."""
        self._connections += 1
        self._idle[connection] = time.monotonic()
        if self._connections > self._most:
            connection.drop()

    def left(self, connection: Connection) -> None:
        self._connections -= 1
        self._idle.pop(connection, None)

    def serve(self, connection: Connection, request: Request) -> None:
        self._idle[connection] = time.monotonic()
        self.start(self._serve(connection, request))

    async def _serve(self, connection: Connection, request: Request) -> None:
        try:
            response = await routes.respond(self, connection, request)
        except Exception as error:  # noqa: BLE001 said without its words, which may be somebody's
            where = "".join(traceback.format_tb(error.__traceback__))
            logger.error("The live page failed: %s\n%s", type(error).__name__, where)  # noqa: TRY400
            response = routes.refusal(HTTPStatus.INTERNAL_SERVER_ERROR)
        if response is not None:
            connection.reply(response, keeps_alive=request.keeps_alive)
        elif connection.room is not None:
            self._idle.pop(connection, None)

    def refusal(self, status: HTTPStatus) -> Response:
        return routes.refusal(status)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def in_thread(self, work: Callable[P, T], *args: P.args, **values: P.kwargs) -> T:
        """What waits for Django."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *args, **values))

    # Rooms

    async def room(self, code: str) -> Room | None:
        """The meeting with its posts read; None where there is none. Raises psycopg's errors."""
        room = self.rooms.get(code)
        if room is None:
            if code not in self._opening:
                self._opening[code] = asyncio.create_task(self._open(code))
            room = await asyncio.shield(self._opening[code])
        if room is not None:
            room.used_at = time.monotonic()
        return room

    async def _open(self, code: str) -> Room | None:
        try:
            meeting = await queries.meeting(self.database, code)
            if meeting is None:
                return None
            room = Room(meeting, code)
            await self._read_into(room)
            await self._count(room)
            self.rooms[code], self.likes[meeting] = room, Likes(self.database, meeting)
            self._heard(meeting)  # what was posted while it was being read
            return room
        finally:
            del self._opening[code]

    def _heard(self, meeting: int) -> None:
        room = next((room for room in self.rooms.values() if room.meeting == meeting), None)
        if room is None:
            return
        if meeting in self._reading:
            self._reading[meeting] = True
            return
        self._reading[meeting] = False
        self.start(self._read(room))

    def _missed(self) -> None:
        for room in self.rooms.values():
            self._heard(room.meeting)

    async def _read(self, room: Room) -> None:
        """One reading at a time; a notice that comes meanwhile asks for one more."""
        again = True
        try:
            while again:
                self._reading[room.meeting] = False
                await self._read_into(room)
                again = self._reading[room.meeting]
        except psycopg.Error:
            logger.warning("The live page could not read; it does so once its database is back.")
        finally:
            del self._reading[room.meeting]

    async def _read_into(self, room: Room) -> None:
        room.add(await queries.posts(self.database, room.meeting, len(room.posts)))
        if room.meeting not in self._handing_on:
            self._handing_on.add(room.meeting)
            self._hand_on(room)
        room.stand(await queries.stage(self.database, room.meeting))

    def _hand_on(self, room: Room) -> None:
        """Circle after circle; between them whoever asks is served, and what is posted is read."""
        if room.step():
            asyncio.get_running_loop().call_soon(self._hand_on, room)
        else:
            self._handing_on.remove(room.meeting)

    # Every so often

    async def _every(self, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await work()
            except psycopg.Error:
                logger.warning("The live page's database is away; nothing was counted.")

    async def _turn(self) -> None:
        for room in self.rooms.values():
            room.turn()

    async def _second(self) -> None:
        for room in self.rooms.values():
            room.drop_slow()
        self._drop_idle()
        for room in list(self.rooms.values()):
            viewers, room.fresh_viewers = room.fresh_viewers, set()
            try:
                await queries.count_viewers(self.database, room.meeting, viewers)
            except psycopg.Error:
                room.fresh_viewers |= viewers
                raise

    def _drop_idle(self) -> None:
        until = time.monotonic() - IDLE_SECONDS
        for connection in [connection for connection, at in self._idle.items() if at < until]:
            connection.drop()

    async def _say_watching(self) -> None:
        for room in list(self.rooms.values()):
            await queries.say_watching(self.database, room.meeting, self.process, room.streams)

    async def _tallies(self) -> None:
        """Also reads again what a lost notice would have told."""
        for room in list(self.rooms.values()):
            await self._count(room)
            self._heard(room.meeting)
            if not room.streams and room.used_at < time.monotonic() - EMPTY_ROOM_SECONDS:
                del self.rooms[room.code], self.likes[room.meeting]

    async def _count(self, room: Room) -> None:
        likes, watching = (
            await queries.likes(self.database, room.meeting),
            await queries.watching(self.database, room.meeting),
        )
        room.tell(likes, watching)
