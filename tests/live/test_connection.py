"""A reader that does not keep up, at the other end of a pair of sockets."""

import asyncio
import re
import socket
from datetime import UTC, datetime

from tests.live.walk import hand_on

from huiyin.live.connection import PIECE, Connection, Listener
from huiyin.live.room import SLOW_SECONDS, Room

AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
LONG = 100_000


class House(Listener):
    def arrived(self, connection): ...

    def left(self, connection): ...


def rows(begin, end, size=LONG):
    return [(number, "text", {"text": "x" * size}, AT) for number in range(begin, end + 1)]


class Reader:
    def __init__(self, room):
        self.room, self.house = room, House()

    async def __aenter__(self):
        ours, self.theirs = socket.socketpair()
        self.theirs.setblocking(False)
        _, self.connection = await asyncio.get_running_loop().create_connection(
            lambda: Connection(self.house), sock=ours
        )
        self.connection.follow(self.room, 0, b"")
        return self

    async def __aexit__(self, *_):
        self.theirs.close()
        self.connection.drop()
        await asyncio.sleep(0)

    async def numbers(self, last):
        """Of all posts up to the last, as they arrive."""
        found = b""
        while b"id: %d\n" % last not in found or not found.endswith(b"\n\n"):
            found += await asyncio.get_running_loop().sock_recv(self.theirs, 1_000_000)
        return [int(number) for number in re.findall(rb"^id: (\d+)$", found, re.MULTILINE)]


def test_backlog_is_written_in_pieces_as_the_reader_takes_them():
    async def work():
        room = Room(1, "hall")
        hand_on(room, *rows(1, 3 * PIECE))
        async with Reader(room) as reader:
            held = reader.connection.transport.get_write_buffer_size()
            return held < (PIECE + 1) * LONG, len(room.slow), await reader.numbers(3 * PIECE)

    assert asyncio.run(work()) == (True, 1, list(range(1, 3 * PIECE + 1)))


def test_a_reader_that_stops_misses_nothing_and_is_written_no_more():
    async def work():
        room = Room(1, "hall")
        async with Reader(room) as reader:
            hand_on(room, *rows(1, 20))
            held = reader.connection.transport.get_write_buffer_size()
            hand_on(room, *rows(21, 22))
            stopped = (reader.connection.transport.get_write_buffer_size() == held, room.streams, len(room.slow))
            first = await reader.numbers(22)
            hand_on(room, *rows(23, 23, size=10))
            return stopped, first + await reader.numbers(23), len(room.slow)

    assert asyncio.run(work()) == ((True, 1, 1), list(range(1, 24)), 0)


def test_who_left_before_the_meeting_was_read_stands_in_no_circle():
    async def work():
        room = Room(1, "hall")
        async with Reader(Room(2, "other")) as reader:
            reader.connection.drop()
            await asyncio.sleep(0)
            reader.connection.follow(room, 0, b"")
            return room.streams

    assert asyncio.run(work()) == 0


def test_who_never_reads_again_is_let_go():
    async def work():
        room = Room(1, "hall")
        async with Reader(room) as slow, Reader(room) as quick:
            hand_on(room, *rows(1, 20))
            await quick.numbers(20)
            await asyncio.sleep(0)
            room.slow = {stream: since - SLOW_SECONDS - 1 for stream, since in room.slow.items()}
            room.drop_slow()
            await asyncio.sleep(0)
            return slow.connection.transport.is_closing(), quick.connection.transport.is_closing(), room.streams

    assert asyncio.run(work()) == (True, False, 1)
