"""Likes are gathered for a moment and written together: one statement, one commit, for all who pressed meanwhile."""

import asyncio
from uuid import UUID

from huiyin.live import queries
from huiyin.live.database import Database

GATHER_SECONDS = 0.3


class Likes:
    """Of one meeting. Whoever likes waits until it is committed: what was acknowledged is never lost."""

    def __init__(self, database: Database, meeting: int) -> None:
        self._database, self._meeting = database, meeting
        self._waiting: dict[tuple[int, UUID], asyncio.Future[bool]] = {}
        self._writing: asyncio.Task[None] | None = None

    async def add(self, question: int, viewer: UUID) -> bool:
        """False where there is no such question that the public sees. Raises psycopg's errors."""
        loop = asyncio.get_running_loop()
        written = self._waiting.setdefault((question, viewer), loop.create_future())
        if self._writing is None:
            self._writing = loop.create_task(self._write())
        return await asyncio.shield(written)

    async def _write(self) -> None:
        while self._waiting:
            await asyncio.sleep(GATHER_SECONDS)
            batch, self._waiting = self._waiting, {}
            try:
                done = await queries.like(self._database, self._meeting, batch)
            except Exception as error:  # noqa: BLE001 whatever it was, it belongs to those who wait
                for written in batch.values():
                    written.set_exception(error)
            else:
                self._tell(batch, done)
        self._writing = None

    def _tell(self, batch: dict[tuple[int, UUID], asyncio.Future[bool]], done: dict[int, bool]) -> None:
        for (question, viewer), written in batch.items():
            if done.get(question, True):
                written.set_result(question in done)
            else:
                self._again((question, viewer), written)

    def _again(self, like: tuple[int, UUID], written: "asyncio.Future[bool]") -> None:
        """Somebody else held the question; whoever pressed twice meanwhile waits for the same writing."""
        other = self._waiting.setdefault(like, written)
        if other is not written:
            other.add_done_callback(lambda done: written.set_result(done.exception() is None and done.result()))
