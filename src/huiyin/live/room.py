"""A meeting in this process's memory: its posts as bytes, who is watching, its tallies. All of it can be read again."""

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import orjson

from huiyin.live.frames import HEARTBEAT, Post, encode, unnumbered
from huiyin.townhall.choices import Kind, State

CIRCLES = 10  # one has its turn each second
QUIET_TURNS = 2  # after so many without a word it hears a heartbeat
SLOW_SECONDS = 25.0
SNAPSHOT_POSTS = 200
SNAPSHOT_SECONDS = 1.0  # a snapshot is not made again sooner
SNAPSHOTS_KEPT = 20


class Stream(Protocol):
    """What a room asks of a stream. One that stands in a circle has nothing unsent."""

    def stall(self, rest: bytes) -> None:
        """The network does not take these bytes now."""

    def drop(self) -> None: ...


class Snapshot(NamedTuple):
    body: bytes
    etag: str


class Room:
    """Streams stand in circles that have their turns: what need not come at once comes to a tenth of them each second.

    A post goes to all at once and would else have to wait until the tallies are through.
    """

    def __init__(self, meeting: int, code: str) -> None:
        self.meeting, self.code = meeting, code
        self.stage = ""
        self.posts: list[Post] = []  # number n stands at n - 1: posts are numbered from 1 without a gap
        self.circles: list[dict[int, Stream]] = [{} for _ in range(CIRCLES)]
        self.slow: dict[Stream, float] = {}  # since when
        self.likes: dict[int, int] = {}
        self.watching: dict[str, int] = {"watching": 0, "viewers": 0}
        self.fresh_viewers: set[UUID] = set()
        self.used_at = time.monotonic()
        self._joined = 0
        self._snapshots: dict[int | None, Snapshot] = {}
        self._snapshots_at = 0.0
        self._changed = True
        self.tallies = b""  # all of them, for whoever comes
        self._for_turn = [b""] * CIRCLES
        self._quiet = [0] * CIRCLES
        self._turns = 0

    @property
    def streams(self) -> int:
        return sum(map(len, self.circles)) + len(self.slow)

    def join(self, descriptor: int, stream: Stream) -> dict[int, Stream]:
        """From now on it gets everything. Returns the circle that it must leave before its descriptor is closed."""
        self._joined += 1
        circle = self.circles[self._joined % CIRCLES]
        circle[descriptor] = stream
        return circle

    def add(self, rows: Iterable[tuple[int, str, dict[str, Any], datetime]]) -> None:
        """Posts in order; what does not follow the last one is left for the next reading."""
        fresh = []
        for number, kind, body, at in rows:
            if number == len(self.posts) + 1:
                fresh.append(encode(number, kind, body, at))
                self.posts.append(fresh[-1])
                if body.get("state") == State.REFUSED:
                    self._take_back(body["question"])
                if kind == Kind.GONE:
                    self._erase(body["of"])
        if fresh:
            self._changed = True
            self.send(b"".join(post.event for post in fresh))

    def _take_back(self, question: int) -> None:
        """The words of a question that was refused after all, out of its posts; the database has done the same."""
        for place, post in enumerate(self.posts):
            told = orjson.loads(post.item)
            if told["data"].get("question") == question and told["data"].get("text"):
                data = {**told["data"], "text": ""}
                self.posts[place] = encode(told["number"], told["kind"], data, data["at"])

    def _erase(self, number: int) -> None:
        """A text or picture that was taken back: whoever comes later, or again, does not get it."""
        told = orjson.loads(self.posts[number - 1].item)
        self.posts[number - 1] = encode(number, told["kind"], {"gone": True}, told["data"]["at"])

    def stand(self, stage: str) -> None:
        self._changed = self._changed or stage != self.stage
        self.stage = stage

    def events(self, position: int, most: int) -> list[bytes]:
        return [post.event for post in self.posts[position : position + most]]

    def tell(self, likes: dict[int, int], watching: dict[str, int]) -> None:
        """What has changed of the tallies, to all in their turn."""
        changed = {question: n for question, n in likes.items() if self.likes.get(question) != n}
        chunk = unnumbered("likes", changed) if changed else b""
        if watching != self.watching:
            chunk += unnumbered("watching", watching)
        self.likes, self.watching = likes, watching
        if chunk or not self.tallies:
            self._changed = True
            self.tallies = unnumbered("likes", likes) + unnumbered("watching", watching)
        self._for_turn = [waiting + chunk for waiting in self._for_turn]

    def send(self, chunk: bytes) -> None:
        """To all, now."""
        for circle in self.circles:
            _write(circle, chunk)

    def turn(self) -> None:
        """Called each second."""
        self._turns += 1
        index = self._turns % CIRCLES
        chunk, self._for_turn[index] = self._for_turn[index], b""
        self._quiet[index] = 0 if chunk else self._quiet[index] + 1
        if self._quiet[index] == QUIET_TURNS:
            chunk, self._quiet[index] = HEARTBEAT, 0
        if chunk:
            _write(self.circles[index], chunk)

    def drop_slow(self) -> None:
        """Those who have not read for so long; their browsers come back and say what they have."""
        until = time.monotonic() - SLOW_SECONDS
        for stream in [stream for stream, since in self.slow.items() if since < until]:
            stream.drop()

    def snapshot(self, after: int | None) -> Snapshot:
        """The last posts, or those after a number; made once for all who ask, after a change, at most once a second."""
        now = time.monotonic()
        if self._changed and now - self._snapshots_at >= SNAPSHOT_SECONDS:
            self._snapshots, self._snapshots_at, self._changed = {}, now, False
        if after not in self._snapshots:
            if len(self._snapshots) >= SNAPSHOTS_KEPT:
                self._snapshots.clear()
            self._snapshots[after] = self._make(after)
        return self._snapshots[after]

    def _make(self, after: int | None) -> Snapshot:
        items = b",".join(self._items(after))
        told = {"stage": self.stage, "last": len(self.posts), "likes": self.likes, **self.watching}
        body = orjson.dumps(told, option=orjson.OPT_NON_STR_KEYS)[:-1] + b',"posts":[' + items + b"]}"
        return Snapshot(body, f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"')

    def _items(self, after: int | None) -> Iterator[bytes]:
        chosen = self.posts[-SNAPSHOT_POSTS:] if after is None else self.posts[after:]
        return (post.item for post in chosen)


def _write(circle: dict[int, Stream], chunk: bytes) -> None:
    """The one loop that must be quick: a system call for each stream, which may leave the circle meanwhile."""
    write, whole = os.write, len(chunk)
    for descriptor in tuple(circle):
        try:
            sent = write(descriptor, chunk)
        except OSError:  # full, or gone: its transport finds out which
            sent = 0
        if sent != whole:
            circle[descriptor].stall(chunk[sent:])
