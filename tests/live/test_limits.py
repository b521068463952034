import pytest

from huiyin.live import limits
from huiyin.live.limits import Buckets


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: now[0])
    return now


def test_so_many_at_once_and_then_one_at_a_time(clock):
    buckets = Buckets(most=2, seconds=60)
    answers = [buckets.take("a") for _ in range(3)]
    clock[0] += 30

    assert (answers, buckets.take("a"), buckets.take("a")) == ([0, 0, 30], 0, 30)


def test_one_does_not_spend_for_another(clock):
    buckets = Buckets(most=1, seconds=60)

    assert [buckets.take(key) for key in ("a", "b", "a")] == [0, 0, 60]


def test_a_flood_of_keys_does_not_fill_the_memory(clock, monkeypatch):
    monkeypatch.setattr(limits, "_KEPT", 10)
    buckets = Buckets(most=1, seconds=60)
    for key in range(100):
        buckets.take(key)

    assert len(buckets.spent) <= 10


def test_who_is_full_again_is_forgotten_first(clock, monkeypatch):
    monkeypatch.setattr(limits, "_KEPT", 2)
    buckets = Buckets(most=1, seconds=60)
    buckets.take("long ago")
    clock[0] += 61
    buckets.take("now")
    buckets.take("too")

    assert sorted(buckets.spent) == ["now", "too"]
