"""A question from the live page, on its way to the verb: read, limited, asked. In a thread, for Django waits."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import orjson
from django.db import close_old_connections, connection

from huiyin.language.mask import mask
from huiyin.live.http import Request, Response, answer
from huiyin.people.sealing import seal
from huiyin.townhall import domain
from huiyin.townhall.limits import ASKED, asked_enough
from huiyin.townhall.models import Meeting, Question
from huiyin.townhall.words import NotTaken

EMPTY = "请先写下您的问题。 Please write your question first."
TOO_LONG = f"问题请不超过{domain.LONGEST}字。 Please keep the question to {domain.LONGEST} characters."
UNREADABLE = (
    "没有读懂提交的内容，请刷新页面后再试。 What was sent could not be read; please reload the page and try again."
)
NOT_TAKEN = (
    "您的问题里有不能用的词，请换一种说法，您写的都还在。"
    " Your question holds words that are not taken; please say it in other words, all you wrote is still there."
)
TOO_MANY = "您提交得有些频繁，请稍后再试。 That was a lot in a short time; please try again later."
_PRESS_LONGEST = 32


class Unreadable(Exception):  # noqa: N818 an answer, not a fault
    """One sentence for the person who asked, in both languages."""


@dataclass(frozen=True, slots=True)
class Asked:
    text: str
    press: str
    name: str = ""
    phone: str = ""


def read(request: Request) -> Asked:
    """JSON or a form. Raises `Unreadable`."""
    values = fields(request)
    said = [values.get(name) or "" for name in ("text", "press", "name", "phone")]
    if not all(isinstance(one, str) for one in said):
        raise Unreadable(UNREADABLE)
    asked = Asked(*map(str.strip, said))
    if not asked.text:
        raise Unreadable(EMPTY)
    if len(asked.text) > domain.LONGEST:
        raise Unreadable(TOO_LONG)
    if not 0 < len(asked.press) <= _PRESS_LONGEST or "\0" in f"{asked.text}{asked.press}":
        raise Unreadable(UNREADABLE)
    return asked


def fields(request: Request) -> dict[str, Any]:
    """What a body holds. Raises `Unreadable`."""
    try:
        if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return dict(parse_qsl(request.body.decode(), strict_parsing=True, max_num_fields=10))
        values = orjson.loads(request.body)
    except ValueError:
        raise Unreadable(UNREADABLE) from None
    if not isinstance(values, dict):
        raise Unreadable(UNREADABLE)
    return values


def warm() -> None:
    """Read the tables that the first question would read."""
    mask("三号楼暖气不热，张三丰，13900000421")
    seal(b"{}")


def before(press: str, meeting: int, viewer: UUID) -> Response | None:
    """The answer to a press of this browser that came already, which no limit stops."""
    with _short_connection():
        question = Question.objects.filter(press=press, meeting_id=meeting, asker=viewer).first()
        return _told(question, HTTPStatus.OK) if question else None


def ask(asked: Asked, meeting: int, viewer: UUID) -> Response:
    with _short_connection():
        if asked_enough(meeting, viewer):
            return too_many(ASKED.seconds / ASKED.times)
        hall = Meeting.objects.get(pk=meeting)
        try:
            question = domain.ask(
                hall, text=asked.text, press=asked.press, asker=viewer, name=asked.name, phone=asked.phone
            )
        except NotTaken:
            return answer(HTTPStatus.UNPROCESSABLE_ENTITY, {"error": NOT_TAKEN})
        except ValueError:
            return answer(HTTPStatus.BAD_REQUEST, {"error": EMPTY})
        except domain.Late:
            return answer(HTTPStatus.CONFLICT, {"error": UNREADABLE})
        return _told(question, HTTPStatus.CREATED if question.press == asked.press else HTTPStatus.OK)


def too_many(seconds: float) -> Response:
    return answer(HTTPStatus.TOO_MANY_REQUESTS, {"error": TOO_MANY}, ("Retry-After", str(int(seconds) + 1)))


def _told(question: Question, status: HTTPStatus) -> Response:
    return answer(status, {"question": question.pk, "state": question.state})


class _short_connection:  # noqa: N801 reads as a verb
    """Django's connection of this thread is given back: PostgreSQL has few, and live processes are many."""

    def __enter__(self) -> None:
        close_old_connections()

    def __exit__(self, *_: object) -> None:
        connection.close()
