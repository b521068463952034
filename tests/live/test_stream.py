import json
import threading
import uuid

import pytest
from django.db import connection
from tests.live.browser import Stream, fetch
from tests.live.conftest import live_process

from huiyin.townhall import domain
from huiyin.townhall.choices import Kind, Stage
from huiyin.townhall.models import Viewer, Watching

pytestmark = pytest.mark.django_db(transaction=True)


def say(meeting, *texts):
    for text in texts:
        domain.post(meeting, Kind.TEXT, {"text": text})


def heard(posts):
    return [(number, data["text"]) for number, _, data in posts]


def eventually(found, wanted):
    """What is counted by the second: asked until it is so; a test that hangs has failed."""
    rest = threading.Event()
    while (got := found()) != wanted:
        rest.wait(0.1)
    return got


def test_posts_missed_come_first_and_live_ones_follow_in_order(port, meeting):
    say(meeting, "一", "二")
    with Stream(port, "hall") as stream:
        first = stream.posts(2)
        say(meeting, "三", "四")

        assert heard(first + stream.posts(2)) == [(1, "一"), (2, "二"), (3, "三"), (4, "四")]


def test_an_event_is_the_kind_and_body_of_its_post(port, meeting):
    domain.turn(meeting, Stage.LIVE)
    with Stream(port, "hall") as stream:
        ((number, kind, data),) = stream.posts(1)

    assert (number, kind, data) == (1, "stage", {"stage": "live", "at": meeting.feed.get().at.isoformat()})


@pytest.mark.parametrize("where", [{"after": 2}, {"last_event_id": 2}, {"after": 0, "last_event_id": 2}])
def test_who_has_two_gets_the_third_first(port, meeting, where):
    say(meeting, "一", "二", "三")
    with Stream(port, "hall", **where) as stream:
        assert heard(stream.posts(1)) == [(3, "三")]


@pytest.mark.parametrize("words", ["x", "-1", "99999999999999999999", "１"])
def test_a_number_that_is_none_begins_at_the_beginning(port, meeting, words):
    say(meeting, "一")
    with Stream(port, "hall", last_event_id=words.encode().decode("latin-1")) as stream:
        assert heard(stream.posts(1)) == [(1, "一")]


def test_two_streams_in_two_processes_get_the_same(port, other_port, meeting):
    with Stream(port, "hall") as one, Stream(other_port, "hall") as other:
        say(meeting, "一", "二")

        assert heard(one.posts(2)) == heard(other.posts(2)) == [(1, "一"), (2, "二")]


def test_meetings_do_not_hear_one_another(port, meeting, make_meeting):
    other = make_meeting("other")
    with Stream(port, "hall") as stream, Stream(port, "other") as aside:
        say(other, "别处")
        aside.posts(1)
        say(meeting, "这里")

        assert heard(stream.posts(1)) == [(1, "这里")]


def test_what_is_rolled_back_is_not_heard(port, meeting):
    connection.set_autocommit(False)
    say(meeting, "错")
    connection.rollback()
    connection.set_autocommit(True)
    with Stream(port, "hall") as stream:
        say(meeting, "对")

        assert heard(stream.posts(1)) == [(1, "对")]


def test_the_stream_goes_on_when_the_database_threw_everybody_out(port, meeting):
    with Stream(port, "hall") as stream:
        say(meeting, "一")
        stream.posts(1)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        say(meeting, "二")

        assert heard(stream.posts(1)) == [(2, "二")]


def test_many_posts_at_once_come_whole_and_in_order_to_who_reads_late(port, meeting):
    """More than the network takes unread: the stream waits for its reader and catches up."""
    long = "长" * 5_000
    with Stream(port, "hall") as stream:
        say(meeting, *[long] * 600)

        assert [number for number, _, _ in stream.posts(600)] == list(range(1, 601))


def test_unknown_meeting_is_not_found(port, meeting):
    with Stream(port, "nowhere") as stream:
        assert stream.status == 404


def test_a_browser_without_a_word_of_its_own_gets_one(port, meeting):
    with Stream(port, "hall") as stream:
        word, *rest = stream.headers["Set-Cookie"].split("; ")

    assert uuid.UUID(word.removeprefix("viewer=")).version == 4
    assert rest == ["Max-Age=31536000", "Path=/", "HttpOnly", "SameSite=Lax"]


def test_a_browser_that_has_one_keeps_it_and_is_counted_once(port, other_port, meeting):
    viewer = uuid.uuid4()
    with Stream(port, "hall", viewer=viewer) as one, Stream(other_port, "hall", viewer=viewer):
        assert one.headers["Set-Cookie"] is None
        eventually(lambda: list(Viewer.objects.values_list("meeting", "viewer")), [(meeting.pk, viewer)])


def test_who_comes_is_told_how_many_watch_in_all_processes(port, other_port, meeting):
    with Stream(port, "hall"), Stream(other_port, "hall"):
        eventually(lambda: sorted(Watching.objects.values_list("streams", flat=True)), [1, 1])
        with live_process() as third, Stream(third, "hall") as late:
            assert late.named("watching") == {"watching": 2, "viewers": 2}


def test_a_waiting_or_refused_question_is_nowhere(port, meeting):
    """First shown: that it can be seen at all. The words of the others must not be."""
    for text in ("等着的问题", "被拒的问题", "看得见的问题"):
        domain.ask(meeting, text=text, press=text)
    waiting, refused, shown = meeting.questions.order_by("pk")
    domain.refuse(refused)
    domain.show(shown)
    with Stream(port, "hall") as stream:
        say(meeting, "末")
        told = json.dumps(stream.posts(2), ensure_ascii=False)
    snapshot = fetch(port, "/live/hall/snapshot.json").body.decode()

    for words in (told, snapshot):
        assert [one.text in words for one in (waiting, refused, shown)] == [False, False, True]


def test_a_page_at_another_port_of_this_host_may_read_it_and_no_other_page(port, meeting, settings):
    settings.LIVE_URL = f":{port}"
    own, foreign = "http://localhost:8000", "https://evil.example"
    with Stream(port, "hall", origin=own) as one, Stream(port, "hall", origin=foreign) as other:
        names = ("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Vary")
        told = [[stream.headers[name] for name in names] for stream in (one, other)]

    assert told == [[own, "true", "Origin"], [None] * 3]
