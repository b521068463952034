"""Who stores the batches: this process for a small file, two more beside it for a large one."""

import gc
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import connection as pipes
from multiprocessing import get_context, parent_process
from typing import ParamSpec, TypeVar

from django.db import connection

# Below this a second process costs more to start than it saves.
_SMALL_ROWS = 4_000
_MOST = 4
_OBJECTS = 200_000
P = ParamSpec("P")
T = TypeVar("T")


class Alone(Executor):
    """Does it at once, here."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def crew(rows: int) -> tuple[Executor, int]:
    """An executor for so many rows, and how many batches it works on at a time."""
    if rows < _SMALL_ROWS or connection.in_atomic_block:
        return Alone(), 1
    workers = min(_MOST, max(2, os.cpu_count() or 1))
    name = str(connection.settings_dict["NAME"])
    return ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin, initargs=(name,)), workers


def _begin(database: str) -> None:
    """In a new process: the same database, no interest in Ctrl-C, and an end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow_parent, daemon=True).start()
    from django import setup  # noqa: PLC0415 this process has not begun yet
    from django.conf import settings  # noqa: PLC0415

    settings.DATABASES["default"]["NAME"] = database
    setup()
    # A batch is made and dropped whole, without cycles: looking for them every few hundred objects was an eighth of it.
    gc.freeze()
    gc.set_threshold(_OBJECTS, 50, 100)


def _follow_parent() -> None:
    parent = parent_process()
    if parent is not None:
        pipes.wait([parent.sentinel])
        os._exit(1)
