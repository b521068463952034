"""PostgreSQL for a live process: one connection that asks, one that listens; both are made again when they fall."""

import asyncio
import logging
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection
from psycopg import AsyncConnection
from psycopg.conninfo import make_conninfo

logger = logging.getLogger(__name__)
CHANNEL = "townhall"
AGAIN_SECONDS = 0.5
_PATIENCE = {"keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3", "connect_timeout": "5"}


def address() -> str:
    """Of Django's own database, for libpq."""
    known = connection.get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port", "sslmode", "service")
    return make_conninfo(**{name: known[name] for name in wanted if known.get(name)}, **_PATIENCE)


class Database:
    """Statements one after another, each its own transaction. Raises psycopg's errors while it is away."""

    def __init__(self, where: str) -> None:
        self.where = where
        self._connection: AsyncConnection[tuple[Any, ...]] | None = None
        self._lock = asyncio.Lock()
        self._over = False

    async def rows(self, statement: str, values: Mapping[str, Any] | Sequence[Any]) -> list[tuple[Any, ...]]:
        """Tried twice: that a connection fell is seen when it is used. Statements must bear being done twice."""
        async with self._lock:
            try:
                return await self._rows(statement, values)
            except psycopg.OperationalError:
                return await self._rows(statement, values)

    async def _rows(self, statement: str, values: Mapping[str, Any] | Sequence[Any]) -> list[tuple[Any, ...]]:
        if self._over:
            raise psycopg.OperationalError("This process ends.")
        if self._connection is None or self._connection.closed:
            self._connection = await AsyncConnection.connect(self.where, autocommit=True)
        cursor = await self._connection.execute(statement, values)
        return await cursor.fetchall() if cursor.description else []

    async def close(self) -> None:
        """For good: whatever is still asked then fails."""
        async with self._lock:
            self._over = True
            if self._connection is not None:
                await self._connection.close()


async def listen(where: str, *, heard: Callable[[int], None], missed: Callable[[], None]) -> None:
    """Without end: `heard` a meeting's id after each post; `missed` whenever some may have gone by unheard."""
    while True:
        try:
            async with await AsyncConnection.connect(where, autocommit=True) as ear:
                await ear.execute(f"LISTEN {CHANNEL}")
                missed()
                async for notice in ear.notifies():
                    heard(int(notice.payload))
        except psycopg.Error:
            logger.warning("The live page's database is away; trying again.")
        await asyncio.sleep(AGAIN_SECONDS * (1 + random.random()))  # noqa: S311 no secret
