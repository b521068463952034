import pytest
from tests.live.browser import Stream, fetch

from huiyin.townhall import domain
from huiyin.townhall.choices import Kind, Stage

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/live/hall/snapshot.json"


def say(meeting, count):
    for number in range(1, count + 1):
        domain.post(meeting, Kind.TEXT, {"text": str(number)})


def test_snapshot_says_where_the_meeting_stands(port, meeting):
    domain.turn(meeting, Stage.LIVE)
    found = fetch(port, PATH)
    data = {"stage": "live", "at": meeting.feed.get().at.isoformat()}

    assert found.json == {
        "stage": "live",
        "last": 1,
        "likes": {},
        "watching": 0,
        "viewers": 0,
        "posts": [{"number": 1, "kind": "stage", "data": data}],
    }
    assert found.headers["Cache-Control"] == "public, max-age=1"


def test_snapshot_holds_the_last_two_hundred_or_those_after_a_number(port, meeting):
    say(meeting, 205)
    whole, after = fetch(port, PATH).json, fetch(port, f"{PATH}?after=203").json

    assert [post["number"] for post in whole["posts"]] == list(range(6, 206))
    assert [post["number"] for post in after["posts"]] == [204, 205]


def test_after_a_number_not_yet_reached_nothing_is_new(port, meeting):
    say(meeting, 1)

    assert fetch(port, f"{PATH}?after=7").json["posts"] == []


def test_unchanged_snapshot_is_not_sent_again(port, meeting):
    tag = fetch(port, PATH).headers["ETag"]
    again = fetch(port, PATH, if_none_match=tag)

    assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)


def test_changed_snapshot_has_another_tag(port, meeting):
    tag = fetch(port, PATH).headers["ETag"]
    with Stream(port, "hall") as stream:
        say(meeting, 1)
        stream.posts(1)
    while (found := fetch(port, PATH, if_none_match=tag)).status == 304:
        pass  # made at most once a second

    assert (found.status, found.json["last"]) == (200, 1)


def test_unknown_meeting_is_not_found(port, meeting):
    assert fetch(port, "/live/nowhere/snapshot.json").status == 404
