from http import HTTPStatus

import pytest
from tests.live.browser import raw

from huiyin.live.http import BODY_BYTES, Malformed, Response, read_head

HEAD = b"POST /live/hall/ask?after=3 HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nX-Forwarded-For: 1\r\nx-forwarded-for:  2 "


def test_head_is_read():
    request = read_head(HEAD)

    assert (request.method, request.path, request.query, request.length) == (
        "POST",
        "/live/hall/ask",
        {"after": "3"},
        5,
    )
    assert request.headers == {"host": "a", "content-length": "5", "x-forwarded-for": "1,2"}
    assert request.keeps_alive


@pytest.mark.parametrize(
    ("first", "keeps"), [("HTTP/1.1", True), ("HTTP/1.0", False), ("HTTP/1.1\r\nConnection: Close", False)]
)
def test_connection_is_kept_where_both_want_it(first, keeps):
    assert read_head(f"GET / {first}".encode()).keeps_alive is keeps


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"", HTTPStatus.BAD_REQUEST),
        (b"GET /", HTTPStatus.BAD_REQUEST),
        (b"GET  / HTTP/1.1", HTTPStatus.BAD_REQUEST),
        (b"GET /\xe4 HTTP/1.1", HTTPStatus.BAD_REQUEST),
        (b"GET / HTTP/2.0", HTTPStatus.HTTP_VERSION_NOT_SUPPORTED),
        (b"GET / HTTP/1.1\r\nno colon", HTTPStatus.BAD_REQUEST),
        (b"GET / HTTP/1.1\r\nHost: a\r\n folded", HTTPStatus.BAD_REQUEST),
        (b"GET / HTTP/1.1\r\nHost : a", HTTPStatus.BAD_REQUEST),
        (b"GET / HTTP/1.1\nHost: a", HTTPStatus.BAD_REQUEST),
        (b"GET / HTTP/1.1\r\nOrigin: http://a/\nSet-Cookie: b=c", HTTPStatus.BAD_REQUEST),
        (b"POST / HTTP/1.1\r\nHost: a\rContent-Length: 5", HTTPStatus.BAD_REQUEST),
        (b"GET / HTTP/1.1\r\nHost: a\0b", HTTPStatus.BAD_REQUEST),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked", HTTPStatus.LENGTH_REQUIRED),
        (b"POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 5", HTTPStatus.BAD_REQUEST),
        (b"POST / HTTP/1.1\r\nContent-Length: -5", HTTPStatus.BAD_REQUEST),
        (b"POST / HTTP/1.1\r\nContent-Length: +5", HTTPStatus.BAD_REQUEST),
        (b"POST / HTTP/1.1\r\nContent-Length: \xb2", HTTPStatus.BAD_REQUEST),
        (b"POST / HTTP/1.1\r\nContent-Length: %d" % (BODY_BYTES + 1), HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
        (b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5000, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    ],
)
def test_what_two_readers_might_read_differently_is_refused(head, status):
    with pytest.raises(Malformed) as refused:
        read_head(head)

    assert refused.value.status == status


def test_not_modified_says_no_length():
    assert Response(HTTPStatus.NOT_MODIFIED).encode(keeps_alive=True) == b"HTTP/1.1 304 Not Modified\r\n\r\n"


@pytest.mark.django_db(transaction=True)
def test_requests_sent_together_are_answered_one_after_another(port, meeting):
    one = b"GET /live/hall/snapshot.json HTTP/1.1\r\n\r\n"
    last = b"GET /live/nowhere/snapshot.json HTTP/1.1\r\nConnection: close\r\n\r\n"
    found = raw(port, one + one + last)

    assert [part[:3] for part in found.split(b"HTTP/1.1 ")] == [b"", b"200", b"200", b"404"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("data", "first"),
    [
        (b"nonsense\r\n\r\n", b"HTTP/1.1 400 Bad Request"),
        (b"GET /elsewhere HTTP/1.0\r\n\r\n", b"HTTP/1.1 404 Not Found"),
        (b"GET / HTTP/1.1\r\nA: " + b"a" * 9_000 + b"\r\n\r\n", b"HTTP/1.1 431 Request Header Fields Too Large"),
    ],
)
def test_what_is_refused_is_answered_and_ends(port, data, first):
    assert raw(port, data).split(b"\r\n")[0] == first
