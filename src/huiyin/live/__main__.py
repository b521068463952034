"""The live processes, which share a port: `python -m huiyin.live HOST PORT [PROCESSES]`, the child of `huiyin live`."""

import asyncio
import signal
import socket
import sys
from contextlib import suppress
from functools import partial

from huiyin.cli.environment import setup
from huiyin.live.files import open_many
from huiyin.live.workers import Workers

BACKLOG = 4096
UNSENT_BYTES = 65_536  # the kernel keeps for a slow reader; beyond that nothing is written until it has read
GONE_SECONDS = 60  # a reader that acknowledges nothing for so long is gone


def main() -> None:
    host, port, *processes = sys.argv[1:]
    setup()
    open_many()
    _load()
    Workers(int(processes[0]) if processes else 1, partial(_work, host, int(port))).run()


def _load() -> None:
    """Here, once: all that a process needs, with the tables it would read at its first question."""
    import huiyin.live.connection  # noqa: PLC0415 - needs django.setup()
    import huiyin.live.engine  # noqa: F401, PLC0415
    from huiyin.live.asking import warm  # noqa: PLC0415

    warm()


def _work(host: str, port: int, parent: int) -> None:
    asyncio.run(_until_told(shared_socket(host, port), parent))


def shared_socket(host: str, port: int) -> socket.socket:
    """The kernel deals new connections evenly to all processes that listen so."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, UNSENT_BYTES)
    if sys.platform == "linux":
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, GONE_SECONDS * 1000)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    return listener


async def _until_told(listener: socket.socket, parent: int) -> None:
    """To stop, or until the parent is gone; what is open then ends, and its browsers go to another process."""
    serving, loop = asyncio.ensure_future(serve(listener)), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, serving.cancel)
    loop.add_reader(parent, serving.cancel)
    with suppress(asyncio.CancelledError):
        await serving


async def serve(listener: socket.socket) -> None:
    """Without end, until cancelled."""
    from huiyin.live.connection import Connection  # noqa: PLC0415 - needs django.setup()
    from huiyin.live.engine import Engine  # noqa: PLC0415

    engine, loop = Engine(), asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(engine), sock=listener, backlog=BACKLOG)
    try:
        await engine.run()
    finally:
        server.close()


if __name__ == "__main__":
    main()
