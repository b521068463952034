"""One live process: `python -m huiyin.live HOST PORT`, a child of `huiyin live`. Several may share the port."""

import asyncio
import gc
import resource
import signal
import socket
import sys
from contextlib import suppress

from huiyin.cli.environment import setup
from huiyin.config.server import follow_parent

BACKLOG = 4096
UNSENT_BYTES = 65_536  # the kernel keeps for a slow reader; beyond that nothing is written until it has read
GONE_SECONDS = 60  # a reader that acknowledges nothing for so long is gone


def main() -> None:
    follow_parent()
    setup()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    gc.collect()
    gc.freeze()  # nothing that Django loaded is ever garbage: not to be looked through again
    asyncio.run(_until_told(shared_socket(sys.argv[1], int(sys.argv[2]))))


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


async def _until_told(listener: socket.socket) -> None:
    """To stop; what is open then ends, and its browsers go to another process."""
    serving, loop = asyncio.ensure_future(serve(listener)), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, serving.cancel)
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
