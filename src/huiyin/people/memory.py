"""The clock of what is kept in memory: small tables are read again once a minute, by this one clock and no other."""

import time

MINUTE = 60


def now() -> float:
    """Seconds; only differences mean anything."""
    return time.monotonic()


def minute() -> int:
    """Another number each minute: given to a cached function, it makes that read again."""
    return int(now()) // MINUTE
