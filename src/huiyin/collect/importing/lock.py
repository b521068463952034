"""One process a run. PostgreSQL gives the lock back when its holder dies, however it dies."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# The first key of our advisory locks on runs: "imp" on a telephone.
_CLASS = 467


@contextmanager
def held(run: int) -> Iterator[bool]:
    """Whether this process now holds the run; False while another one works on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_CLASS, run])
        (mine,) = cursor.fetchone() or (False,)
    try:
        yield mine
    finally:
        if mine and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_CLASS, run])
