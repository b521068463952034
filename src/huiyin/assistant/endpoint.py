"""One model behind an OpenAI-compatible address, described in a file; without the file there is no assistant.

`assistant.toml` (HUIYIN_ASSISTANT): `url`, the base that `/chat/completions` follows; `model`; optional `key`,
`seconds` to wait (30) and questions `per_hour` and account (30). Neither key nor text is logged or raised.
"""

import re
import time
import tomllib
from collections.abc import Sequence
from http.client import HTTPException, HTTPResponse
from typing import Any, Final, NamedTuple
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

import orjson
from django.conf import settings
from django.utils.translation import gettext as _

from huiyin.assistant.choices import Outcome

_MOST_BYTES: Final = 256 * 1024
_MOST_SECONDS: Final = 120
# What a reasoning model thought aloud before it answered.
_THOUGHTS = re.compile(r"\A.*</think>", re.DOTALL)


class NotAnswered(Exception):  # noqa: N818 an answer of the assistant
    """One sentence for the person who asked; `outcome` for the log."""

    def __init__(self, sentence: str, outcome: Outcome = Outcome.ERROR) -> None:
        super().__init__(sentence)
        self.outcome = outcome


class Endpoint(NamedTuple):
    url: str
    model: str
    key: str = ""
    seconds: float = 30
    per_hour: int = 30


class Message(NamedTuple):
    role: str
    content: str


class _Stay(HTTPRedirectHandler):
    """A redirect would carry the text to a host nobody configured."""

    def redirect_request(self, *_args: Any) -> None:
        return None


def configured() -> bool:
    return bool(settings.ASSISTANT_FILE.is_file())


def described() -> Endpoint:
    """What the file says. Raises `NotAnswered`."""
    try:
        told = tomllib.loads(settings.ASSISTANT_FILE.read_text("utf-8"))
        found = Endpoint(**{name: told[name] for name in Endpoint._fields if name in told})
        usable = _usable(found)
    except (OSError, TypeError, ValueError):
        usable = False
    if not usable:
        raise NotAnswered(_("assistant.toml cannot be used. Tell whoever runs this installation."))
    return found


def _usable(found: Endpoint) -> bool:
    words = all(isinstance(word, str) for word in (found.url, found.model, found.key))
    numbers = 0 < found.seconds <= _MOST_SECONDS and found.per_hour > 0
    return words and numbers and found.url.startswith(("https://", "http://"))


def body_of(to: Endpoint, messages: Sequence[Message]) -> bytes:
    """What is posted, as JSON."""
    said = [message._asdict() for message in messages]
    return orjson.dumps({"model": to.model, "messages": said, "temperature": 0, "stream": False})


def post(to: Endpoint, body: bytes) -> str:
    """What the model answers, as it said it. Waits `seconds` for each part of the way. Raises `NotAnswered`."""
    try:
        with build_opener(_Stay, ProxyHandler({})).open(_request(to, body), timeout=to.seconds) as answer:
            found = _read(answer, to.seconds)
    except HTTPError as error:
        error.close()
        raise NotAnswered(_("The assistant answered with error %(code)s.") % {"code": error.code}) from None
    except (OSError, HTTPException, ValueError) as error:  # its own words may hold address or key
        raise _unreached(error) from None
    return _content(found)


def _request(to: Endpoint, body: bytes) -> Request:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if to.key:
        headers["Authorization"] = f"Bearer {to.key}"
    url = f"{to.url.rstrip('/')}/chat/completions"
    return Request(url, data=body, headers=headers, method="POST")  # noqa: S310 the scheme is checked


def _read(answer: HTTPResponse, seconds: float) -> bytes:
    """Piece by piece: an endless answer, or one that drips, is not waited for."""
    found, until = bytearray(), time.monotonic() + seconds
    while piece := answer.read1(_MOST_BYTES):
        found += piece
        if len(found) > _MOST_BYTES:
            raise NotAnswered(_("The assistant's answer was too long."))
        if time.monotonic() > until:
            raise TimeoutError
    return bytes(found)


def _unreached(error: Exception) -> NotAnswered:
    if isinstance(getattr(error, "reason", error), TimeoutError):
        return NotAnswered(_("The assistant did not answer in time."), Outcome.TIMEOUT)
    return NotAnswered(_("The assistant cannot be reached."))


def _content(body: bytes) -> str:
    try:
        said = orjson.loads(body)["choices"][0]["message"]["content"]
        found = _THOUGHTS.sub("", said).strip()
    except (ValueError, LookupError, TypeError):
        found = ""
    if not found:
        raise NotAnswered(_("The assistant's answer could not be read."))
    return found
