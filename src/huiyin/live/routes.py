"""The four doors of a live process: stream, snapshot, ask, like."""

import re
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import Error

from huiyin.live import asking
from huiyin.live.connection import Connection
from huiyin.live.http import JSON, Request, Response, answer
from huiyin.live.room import Room
from huiyin.people.senders import seen_from
from huiyin.townhall.streaming import may_listen

if TYPE_CHECKING:
    from huiyin.live.engine import Engine

COOKIE, COOKIE_SECONDS = "viewer", 31_536_000
_PATH = re.compile(r"/live/([-\w]{1,50})/(stream|snapshot\.json|ask|like)", re.ASCII)
_COOKIE = re.compile(rf"(?:^|[;,]\s*){COOKIE}=([0-9a-f-]{{36}})(?:$|[;,])")
_METHODS: Final = {"stream": "GET", "snapshot.json": "GET", "ask": "POST", "like": "POST"}
_SENTENCES: Final = {
    HTTPStatus.NOT_FOUND: "没有找到。 Nothing was found here.",
    HTTPStatus.FORBIDDEN: "请从本站的页面提交。 Please send this from this site's own page.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "提交的内容太大。 What was sent is too large.",
    HTTPStatus.SERVICE_UNAVAILABLE: "系统暂时繁忙，请稍后再试。 Please try again in a moment.",
}


def refusal(status: HTTPStatus) -> Response:
    return answer(status, {"error": _SENTENCES.get(status, status.phrase)})


async def respond(engine: "Engine", connection: Connection, request: Request) -> Response | None:
    """None once the connection has become a stream, or was let go."""
    found = _PATH.fullmatch(request.path)
    if found is None:
        return refusal(HTTPStatus.NOT_FOUND)
    code, door = found.groups()
    if refused := _refused(door, request):
        return refused
    try:
        room = await engine.room(code)
        if room is None:
            return refusal(HTTPStatus.NOT_FOUND)
        return await _enter(door, engine, connection, room, request)
    except (psycopg.Error, Error):
        if door != "stream":
            return refusal(HTTPStatus.SERVICE_UNAVAILABLE)
        connection.drop()  # a browser takes an answer for good, and a silence for a reason to come back
        return None


def _refused(door: str, request: Request) -> Response | None:
    """A cookie of SameSite=Lax goes with no POST from elsewhere; the browser's own word stands beside it."""
    if request.method != _METHODS[door]:
        return answer(HTTPStatus.METHOD_NOT_ALLOWED, {"error": _METHODS[door]}, ("Allow", _METHODS[door]))
    if request.method == "POST" and request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return refusal(HTTPStatus.FORBIDDEN)
    return None


async def _enter(door: str, engine: "Engine", connection: Connection, room: Room, request: Request) -> Response | None:
    if door == "stream":
        _stream(connection, room, request)
        return None
    if door == "snapshot.json":
        return _snapshot(room, request)
    try:
        return await (_ask(engine, room, request) if door == "ask" else _like(engine, room, request))
    except asking.Unreadable as problem:
        return answer(HTTPStatus.BAD_REQUEST, {"error": str(problem)})


def _stream(connection: Connection, room: Room, request: Request) -> None:
    viewer, cookie = _viewer(request)
    room.fresh_viewers.add(viewer)
    headers = (
        ("Content-Type", "text/event-stream; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("X-Accel-Buffering", "no"),
        *_for_pages_elsewhere(request),
    )
    lines = "".join(f"{name}: {value}\r\n" for name, value in (*headers, *cookie))
    # Without length and chunks it ends with the connection: an event is the same bytes for everybody.
    head = f"HTTP/1.1 200 OK\r\n{lines}Connection: close\r\n\r\n".encode("latin-1")
    connection.follow(room, _number(request.headers.get("last-event-id") or request.query.get("after")) or 0, head)


def _for_pages_elsewhere(request: Request) -> tuple[tuple[str, str], ...]:
    """Only the stream is read across ports: questions and likes are taken from the engine's own address alone."""
    origin = request.headers.get("origin", "")
    if not may_listen(origin, request.headers.get("host", "")):
        return ()
    return ("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true"), ("Vary", "Origin")


def _snapshot(room: Room, request: Request) -> Response:
    after = _number(request.query.get("after"))
    snapshot = room.snapshot(after if after is None else min(after, len(room.posts)))
    headers = ("ETag", snapshot.etag), ("Cache-Control", "public, max-age=1")
    if snapshot.etag in request.headers.get("if-none-match", ""):
        return Response(HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(HTTPStatus.OK, snapshot.body, (("Content-Type", JSON), *headers))


async def _ask(engine: "Engine", room: Room, request: Request) -> Response:
    asked, (viewer, cookie) = asking.read(request), _viewer(request)
    response = await engine.in_thread(asking.before, asked.press, room.meeting, viewer)
    if response is None:
        where = seen_from(request.peer, request.headers.get("x-forwarded-for", ""))
        who, limits = (where if cookie else viewer), engine.limits
        if wait := limits.asked.take((room.meeting, who)) or limits.asked_from.take((room.meeting, where)):
            return asking.too_many(wait)
        response = await engine.in_thread(asking.ask, asked, room.meeting, viewer)
    return Response(response.status, response.body, (*response.headers, *cookie))


async def _like(engine: "Engine", room: Room, request: Request) -> Response:
    question, (viewer, new) = asking.fields(request).get("question"), _viewer(request)
    number = _number(str(question))
    if number is None or new:
        raise asking.Unreadable(asking.UNREADABLE)
    where = seen_from(request.peer, request.headers.get("x-forwarded-for", ""))
    if wait := engine.limits.liked_from.take((room.meeting, where)):
        return asking.too_many(wait)
    if not await engine.likes[room.meeting].add(number, viewer):
        return refusal(HTTPStatus.NOT_FOUND)
    return Response(HTTPStatus.NO_CONTENT, headers=(("Cache-Control", "no-store"),))


def _viewer(request: Request) -> tuple[UUID, tuple[tuple[str, str], ...]]:
    """Who it is, and the cookie to be set when that was not known."""
    found = _COOKIE.search(request.headers.get("cookie", ""))
    if found:
        try:
            return UUID(found[1]), ()
        except ValueError:
            pass
    viewer = uuid.uuid4()
    secure = "; Secure" if settings.SESSION_COOKIE_SECURE else ""
    kept = f"{COOKIE}={viewer}; Max-Age={COOKIE_SECONDS}; Path=/; HttpOnly; SameSite=Lax{secure}"
    return viewer, (("Set-Cookie", kept),)


def _number(text: str | None) -> int | None:
    """A count or an id; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None  # noqa: PLR2004 of 32 bits
