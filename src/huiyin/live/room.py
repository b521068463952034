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

CIRCLES = 40
TURN_SECONDS = 0.25  # so every circle has its turn once in ten seconds
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


class Circle:
    """Some of the streams, all of which have the posts up to `position`, and tallies that wait for their turn."""

    __slots__ = ("position", "quiet", "streams", "waiting")

    def __init__(self) -> None:
        self.streams: dict[int, Stream] = {}
        self.position = self.quiet = 0
        self.waiting = b""


class Room:
    """Streams stand in circles, to which posts are handed one circle after another (`step`).

    The walk stops between circles, so that others are served meanwhile, and goes on where it stopped: a post that comes
    during a walk goes along to the circles that are still to come, and has reached every one after a single round,
    however many came before it. Tallies wait for a post to go along with, or for the circle's turn.
    """

    def __init__(self, meeting: int, code: str) -> None:
        self.meeting, self.code = meeting, code
        self.stage = ""
        self.posts: list[Post] = []  # number n stands at n - 1: posts are numbered from 1 without a gap
        self.circles = [Circle() for _ in range(CIRCLES)]
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
        self._steps = self._turns = 0

    @property
    def streams(self) -> int:
        return sum(len(circle.streams) for circle in self.circles) + len(self.slow)

    def seat(self) -> Circle:
        """A circle that has all posts, for one more who has them: it leaves the circle before it is closed."""
        self._joined += 1
        circle = self.circles[self._joined % CIRCLES]
        if circle.position < len(self.posts):
            self._serve(circle)
        return circle

    def add(self, rows: Iterable[tuple[int, str, dict[str, Any], datetime]]) -> None:
        """Posts in order; what does not follow the last one is left for the next reading."""
        for number, kind, body, at in rows:
            if number == len(self.posts) + 1:
                self._changed = True
                self.posts.append(encode(number, kind, body, at))
                if body.get("state") == State.REFUSED:
                    self._blank(body["question"], "text", number)
                if body.get("corrected"):
                    self._blank(body["question"], "answer", number)
                if kind == Kind.GONE:
                    self._erase(body["of"])

    def _blank(self, question: int, name: str, before: int) -> None:
        """Words that were refused or corrected, out of the question's earlier posts; the database has done the same."""
        for place, post in enumerate(self.posts[: before - 1]):
            told = orjson.loads(post.item)
            if told["data"].get("question") == question and told["data"].get(name):
                data = {**told["data"], name: ""}
                self.posts[place] = encode(told["number"], told["kind"], data, data["at"])

    def _erase(self, number: int) -> None:
        """A text or picture that was taken back: whoever comes later, or again, does not get it."""
        told = orjson.loads(self.posts[number - 1].item)
        self.posts[number - 1] = encode(number, told["kind"], {"gone": True}, told["data"]["at"])

    def stand(self, stage: str) -> None:
        self._changed = self._changed or stage != self.stage
        self.stage = stage

    def events(self, start: int, end: int) -> list[bytes]:
        return [post.event for post in self.posts[start:end]]

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
        for circle in self.circles:
            circle.waiting += chunk

    def step(self) -> bool:
        """Posts to the next circle that has not got them all; False where there is none."""
        for _ in range(CIRCLES):
            self._steps += 1
            circle = self.circles[self._steps % CIRCLES]
            if circle.position < len(self.posts):
                self._serve(circle)
                return True
        return False

    def turn(self) -> None:
        """Called every `TURN_SECONDS`."""
        self._turns += 1
        circle = self.circles[self._turns % CIRCLES]
        circle.quiet += 1
        if circle.quiet == QUIET_TURNS:
            circle.waiting = circle.waiting or HEARTBEAT
        if circle.waiting:
            self._serve(circle)

    def _serve(self, circle: Circle) -> None:
        """All that it has not got. Who falls behind during this has its posts: `position` is set before."""
        chunk = b"".join([*self.events(circle.position, len(self.posts)), circle.waiting])
        circle.position, circle.waiting, circle.quiet = len(self.posts), b"", 0
        _write(circle.streams, chunk)

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


def _write(streams: dict[int, Stream], chunk: bytes) -> None:
    """The one loop that must be quick: a system call for each stream, which may leave its circle meanwhile."""
    write, whole = os.write, len(chunk)
    for descriptor in tuple(streams):
        try:
            sent = write(descriptor, chunk)
        except OSError:  # full, or gone: its transport finds out which
            sent = 0
        if sent != whole:
            streams[descriptor].stall(chunk[sent:])
