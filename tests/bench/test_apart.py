"""A bench's process that dies is an end with words, never a wait. Each is a function that a new process finds itself."""

import operator
import os
import time

import pytest
from bench.apart import Apart, BrokeOff, apart


def test_what_the_work_returns_comes_back():
    assert apart(operator.add, [1], [2]) == [1, 2]
    assert apart(lambda: "forked", method="fork") == "forked"


@pytest.mark.parametrize(
    ("work", "words"),
    [
        ((int, "seven"), ["int ended with 1", "ValueError", "'seven'"]),
        ((os._exit, 3), ["_exit ended with 3", "nothing but what stands above"]),
        ((os.abort,), ["abort ended by SIGABRT"]),
        ((open, os.devnull), ["open ended with 1", "TypeError", "TextIOWrapper"]),  # what it returns is not sent
        ((exec, "raise SystemExit('no room')"), ["SystemExit: no room"]),
    ],
)
def test_one_that_dies_ends_the_wait_and_says_why(work, words):
    with pytest.raises(BrokeOff) as ended:
        apart(*work)
    assert [word in str(ended.value) for word in words] == [True] * len(words)


def test_one_that_is_killed_while_others_wait():
    process = Apart(time.sleep).start()  # which takes a pipe for seconds, and breaks off
    with pytest.raises(BrokeOff, match="TypeError"):
        process.receive()
    with pytest.raises(BrokeOff, match="ended with 1"):
        process.send("are you there?")


def test_one_that_says_nothing_is_not_waited_for_longer_than_said():
    process = Apart(_silent, method="fork").start()
    with pytest.raises(TimeoutError, match=r"_silent said nothing for 0\.1 seconds"):
        process.receive(0.1)
    process.kill()
    with pytest.raises(BrokeOff, match="SIGKILL"):
        process.receive()


def _silent(pipe):
    pipe.recv()
