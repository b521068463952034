import json
import os
from datetime import UTC, datetime

import pytest
from tests.live.walk import hand_on

from huiyin.live.frames import HEARTBEAT
from huiyin.live.room import CIRCLES, QUIET_TURNS, SNAPSHOTS_KEPT, Room

AT = datetime(2026, 11, 28, 9, tzinfo=UTC)


class Screen:
    """A stream at the other end of a pipe."""

    def __init__(self, room):
        self.end, self.descriptor = os.pipe()
        os.set_blocking(self.end, False)
        os.set_blocking(self.descriptor, False)
        self.circle, self.stalled = room.seat(), []
        self.circle.streams[self.descriptor] = self

    def stall(self, rest):
        self.stalled.append(rest)

    def seen(self):
        try:
            return os.read(self.end, 1_000_000)
        except BlockingIOError:
            return b""

    def close(self):
        os.close(self.end)
        os.close(self.descriptor)


@pytest.fixture
def screen():
    made = []

    def come(room):
        made.append(Screen(room))
        return made[-1]

    yield come
    for one in made:
        one.close()


def rows(*numbers):
    return [(number, "text", {"text": str(number)}, AT) for number in numbers]


def turns(room, count):
    for _ in range(count):
        room.turn()


def test_posts_come_to_everybody_in_order(screen):
    room = Room(1, "hall")
    one, other = screen(room), screen(room)
    hand_on(room, *rows(1, 2))
    told = (
        b'id: 1\nevent: text\ndata: {"text":"1","at":"2026-11-28T09:00:00+00:00"}\n\n'
        b'id: 2\nevent: text\ndata: {"text":"2","at":"2026-11-28T09:00:00+00:00"}\n\n'
    )

    assert (one.seen(), other.seen()) == (told, told)


def test_posts_read_twice_or_with_a_gap_are_not_sent(screen):
    room = Room(1, "hall")
    one = screen(room)
    hand_on(room, *rows(1))
    hand_on(room, *rows(1, 3))

    assert (one.seen().count(b"id: "), len(room.posts)) == (1, 1)


def test_what_the_network_does_not_take_is_handed_over_to_the_byte(screen):
    room = Room(1, "hall")
    one = screen(room)
    hand_on(room, (1, "text", {"text": "x" * 1_000_000}, AT))

    assert one.seen() + one.stalled[0] == room.events(0, 1)[0]


def test_what_is_posted_during_a_walk_goes_along_and_has_reached_all_after_one_round(screen):
    room = Room(1, "hall")
    screens = [screen(room) for _ in range(CIRCLES)]
    room.add(rows(1))
    first = [room.step() for _ in range(CIRCLES // 2)]
    room.add(rows(2))
    rest = [room.step() for _ in range(CIRCLES)]

    assert (first + rest, room.step()) == ([True] * (CIRCLES * 3 // 2), False)
    assert [one.seen().count(b"id: ") for one in screens] == [2] * CIRCLES


def test_who_comes_during_a_walk_gets_what_follows_once(screen):
    room = Room(1, "hall")
    early = [screen(room) for _ in range(CIRCLES)]
    room.add(rows(1))
    late = [screen(room) for _ in range(CIRCLES)]  # these have post 1 from their browsers' last page
    while room.step():
        pass
    hand_on(room, *rows(2))

    assert ([one.seen().count(b"id: ") for one in early], [one.seen() for one in late]) == (
        [2] * CIRCLES,
        room.events(1, 2) * CIRCLES,
    )


def test_tallies_go_along_with_a_post(screen):
    room = Room(1, "hall")
    screens = [screen(room) for _ in range(CIRCLES)]
    room.tell({7: 1}, {"watching": 3, "viewers": 4})
    hand_on(room, *rows(1))
    turns(room, CIRCLES)

    told = room.events(0, 1)[0] + room.tallies
    assert [one.seen() for one in screens] == [told] * CIRCLES


def test_tallies_that_changed_come_to_everybody_once_in_a_round_of_turns(screen):
    room = Room(1, "hall")
    screens = [screen(room) for _ in range(CIRCLES + 1)]
    room.tell({7: 1, 8: 2}, {"watching": 3, "viewers": 4})
    turns(room, CIRCLES)
    room.tell({7: 1, 8: 3}, {"watching": 3, "viewers": 4})
    turns(room, CIRCLES)

    first = b'event: likes\ndata: {"7":1,"8":2}\n\nevent: watching\ndata: {"watching":3,"viewers":4}\n\n'
    assert [one.seen() for one in screens] == [first + b'event: likes\ndata: {"8":3}\n\n'] * len(screens)


def test_where_nothing_changes_a_heartbeat_is_heard(screen):
    room = Room(1, "hall")
    one = screen(room)
    turns(room, CIRCLES * QUIET_TURNS * 2)

    assert one.seen() == HEARTBEAT * 2


def test_who_left_the_circle_gets_nothing_more(screen):
    room = Room(1, "hall")
    one = screen(room)
    del one.circle.streams[one.descriptor]
    hand_on(room, *rows(1))

    assert (one.seen(), room.streams) == (b"", 0)


def test_snapshot_is_made_once_for_all_who_ask():
    room = Room(1, "hall")

    assert room.snapshot(None) is room.snapshot(None)


def test_snapshots_of_many_numbers_are_not_all_kept():
    room = Room(1, "hall")
    room.add(rows(*range(1, 101)))
    found = [len(json.loads(room.snapshot(number).body)["posts"]) for number in range(100)]

    assert (found, len(room._snapshots) <= SNAPSHOTS_KEPT) == (list(range(100, 0, -1)), True)


def test_who_comes_later_does_not_read_the_words_of_a_question_that_was_taken_back():
    room = Room(1, "hall")
    room.add(
        [(1, "question", {"question": 7, "text": "骂人的话"}, AT), (2, "question", {"question": 8, "text": "路灯"}, AT)]
    )
    assert "骂人的话".encode() in b"".join(room.events(0, 9))
    room.add([(3, "state", {"question": 7, "state": "refused", "text": ""}, AT)])

    assert [
        ("骂人" in shown, "路灯" in shown)
        for shown in (b"".join(room.events(0, 9)).decode(), room.snapshot(None).body.decode())
    ] == [(False, True)] * 2


def test_who_comes_later_does_not_read_an_answer_that_was_corrected():
    room = Room(1, "hall")
    first = {"question": 7, "text": "路灯", "state": "answered", "answer": "找王某某"}
    room.add([(1, "state", first, AT), (2, "state", {**first, "question": 8}, AT)])
    room.add([(3, "state", {**first, "answer": "找值班室", "corrected": True}, AT)])
    told = [post["data"]["answer"] for post in json.loads(room.snapshot(None).body)["posts"]]
    assert told == ["", "找王某某", "找值班室"]


def test_what_was_taken_back_is_in_memory_no_more():
    room = Room(1, "hall")
    room.add(
        [
            (1, "picture", {"picture": "/live/hall/pictures/1.jpg", "text": "会场"}, AT),
            (2, "text", {"text": "开始了"}, AT),
            (3, "gone", {"of": 1}, AT),
        ]
    )
    told = [post["data"] for post in json.loads(room.snapshot(None).body)["posts"]]
    at = told[0].pop("at")
    assert (told[0], told[1]["text"], told[2]["of"]) == ({"gone": True}, "开始了", 1)
    assert (at, b"pictures" in b"".join(room.events(0, 9))) == (AT.isoformat(), False)
