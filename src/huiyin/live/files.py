"""How many files, and so how many viewers, one live process may have open."""

import resource

SPARE = 500  # not for connections
_WITHOUT_BOUND = 10_240  # where a system names none, it still has one: no smaller one is known
ENOUGH = 4_096


def most() -> int:
    """The most that this user may open in one process."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _WITHOUT_BOUND if hard == resource.RLIM_INFINITY else hard


def open_many() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most(), hard))


def connections() -> int:
    """As many as this process may hold."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return (most() if soft == resource.RLIM_INFINITY else soft) - SPARE
