from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.chain import GENESIS, Break, Event, canonical, event_hash, private_digest, stamp, verify

AT = datetime(2026, 11, 23, 0, 16, tzinfo=UTC)
text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
keys = st.text(st.characters(max_codepoint=126, min_codepoint=32), min_size=1, max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(keys, values, max_size=6))
def test_canonical_equals_rfc_8785(value):
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [{"a": 1.5}, {"a": float("nan")}, {"类": 1}, {1: 2}, {"a": AT}, {"a": b"x"}])
def test_canonical_refuses_what_two_readers_could_write_differently(value):
    with pytest.raises(TypeError):
        canonical(value)


@pytest.mark.parametrize("value", [{"a": 2**60}, {"a": "\ud800"}])
def test_canonical_refuses_what_json_cannot_carry(value):
    with pytest.raises(ValueError, match="canonical JSON"):
        canonical(value)


def test_stamp_is_utc_with_microseconds():
    shanghai = timezone(timedelta(hours=8))
    assert stamp(datetime(2026, 11, 23, 8, 16, tzinfo=shanghai)) == "2026-11-23T00:16:00.000000Z"


def test_stamp_refuses_a_naive_time():
    with pytest.raises(ValueError, match="no zone"):
        stamp(datetime(2026, 11, 23))  # noqa: DTZ001


def chain(length):
    prev, pairs = GENESIS, []
    for seq in range(1, length + 1):
        event = Event("MH-1", seq, "note", AT, "system", "system", None, {"n": seq}, None, prev)
        prev = event_hash(event)
        pairs.append((event, prev))
    return pairs


def test_event_hash_is_the_documented_one():
    event = Event("MH-1", 1, "note", AT, "system", "system", None, {"text": "好"}, None, GENESIS)
    assert event_hash(event) == "1f0532bf05c3f1473b6e22479729fd10afb86055be05e1e40620f9fa635db324"


def test_private_digest_is_sha_256_of_salt_and_private():
    assert private_digest(b"", b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_verify_accepts_a_whole_chain():
    assert verify(chain(5)) is None


def test_verify_finds_a_lost_event():
    pairs = chain(5)
    del pairs[2]
    assert verify(pairs) == Break(3, "expected event 3, found 4")


def test_verify_finds_a_changed_event():
    pairs = chain(5)
    pairs[3] = (replace(pairs[3][0], public={"n": 99}), pairs[3][1])
    assert verify(pairs) == Break(4, "content does not match its hash")


def test_verify_finds_a_swapped_event():
    pairs = chain(5)
    pairs[1], pairs[2] = pairs[2], pairs[1]
    assert verify(pairs) == Break(2, "expected event 2, found 3")


@given(st.integers(0, 9), st.sampled_from(["case", "kind", "actor", "role", "unit", "prev"]))
def test_verify_finds_any_changed_field(place, field):
    pairs = chain(10)
    pairs[place] = (replace(pairs[place][0], **{field: "forged"}), pairs[place][1])
    assert verify(pairs).seq == place + 1
