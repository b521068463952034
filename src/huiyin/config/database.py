"""Which database we work on: `DATABASE_URL`, else the embedded PostgreSQL in `HUIYIN_HOME/pg`.

Every process that works on the embedded server holds a shared lock on `pg.users` until it ends, however it ends.
Whoever leaves and finds nobody else holding it stops the server. So `huiyin import` beside a running `huiyin demo`
joins and leaves without harm, and nobody keeps lists of process ids.
"""

import atexit
import fcntl
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from huiyin.config.database_server import DatabaseUnavailableError, Server
from huiyin.config.home import home

__all__ = ["DatabaseUnavailableError", "database_url", "embedded_folder", "keep_running", "leave"]
logger = logging.getLogger(__name__)
NAME = "huiyin"
WATCH_SECONDS = 1.0

_joined: dict[Path, tuple[Server, IO[bytes], int]] = {}


def embedded_folder() -> Path:
    return home() / "pg"


def database_url() -> str:
    """A URL for Django, psycopg and Ibis. Starts or joins the embedded server unless `DATABASE_URL` names another.

    Raises `DatabaseUnavailableError` with one sentence. Does not look whether a server of your own answers.
    """
    own = os.environ.get("DATABASE_URL")
    return own or _join(embedded_folder()).url(NAME, NAME)


def keep_running() -> None:
    """From a process that stays: start the embedded server again when somebody killed it."""
    for server, *_ in _joined.values():
        threading.Thread(target=_watch, args=(server,), name="embedded-database", daemon=True).start()


def _watch(server: Server) -> None:
    rest = threading.Event()
    while server.data in _joined:
        if not server.running():
            try:
                with _alone(server.data):
                    if server.data in _joined and not server.running():
                        server.start()
                        logger.warning("the embedded PostgreSQL was gone; it runs again")
            except (OSError, DatabaseUnavailableError) as error:
                logger.error("%s", error)  # noqa: TRY400 - one sentence, every second until somebody mends it
        rest.wait(WATCH_SECONDS)


def _join(data: Path) -> Server:
    if data in _joined:
        return _joined[data][0]
    server = Server(data)
    with ExitStack() as undo:
        try:
            data.parent.mkdir(parents=True, exist_ok=True)
            users = undo.enter_context(data.with_name(f"{data.name}.users").open("wb"))
            with _alone(data):
                fcntl.flock(users, fcntl.LOCK_SH)
                server.start()
                _ensure_database(server)
        except OSError as error:
            raise DatabaseUnavailableError(
                f"{error.filename or data} cannot be written ({error.strerror}): set HUIYIN_HOME to a folder that can."
            ) from error
        except psycopg.Error as error:
            raise DatabaseUnavailableError(
                f"The embedded PostgreSQL refuses ({str(error).strip()}); its log is {server.log}."
            ) from error
        undo.pop_all()
    _joined[data] = (server, users, os.getpid())
    atexit.register(leave)
    return server


def leave() -> None:
    """Stop the embedded server if nobody else works on it. Called at the end of every process that joined."""
    for data, (server, users, pid) in list(_joined.items()):
        del _joined[data]
        if os.getpid() == pid:  # a forked child is not a user of its own
            _leave(data, server, users)


def _leave(data: Path, server: Server, users: IO[bytes]) -> None:
    with _alone(data), users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        server.stop()


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Nobody else starts or stops the server meanwhile."""
    with data.with_name(f"{data.name}.lock").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _ensure_database(server: Server) -> None:
    """A role without power over the cluster owns the database; it may create others, for tests."""
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (NAME,)).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(NAME)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (NAME,)).fetchone():
            statement = "CREATE DATABASE {0} OWNER {0} TEMPLATE template0 ENCODING 'UTF8'"
            connection.execute(sql.SQL(statement).format(sql.Identifier(NAME)))
