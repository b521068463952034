"""Text messages by the district's own gateway, described in a file; without the file nothing is ever sent.

`sms.toml` (HUIYIN_SMS): `url` with {phone} and {text}; optional `method`, `headers`, and `body`, a template as well.
Neither number nor text is logged or raised.
"""

import tomllib
from collections.abc import Callable
from http.client import HTTPException
from json import dumps
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

_SECONDS: Final = 10
_PLAIN: Final[Callable[[str], str]] = lambda text: quote(text, safe="")  # noqa: E731


class NotSent(Exception):  # noqa: N818 an answer of the gateway
    """The message did not leave; says how far it came, never to whom."""


class _Stay(HTTPRedirectHandler):
    """A redirect would carry the number to a host nobody configured."""

    def redirect_request(self, *_args: Any) -> None:
        return None


def configured() -> bool:
    return bool(settings.SMS_FILE.is_file())


def send(phone: str, text: str) -> None:
    """Hand one message to the gateway. Raises `NotSent`."""
    request = _request(_description(), phone, text)
    try:
        with build_opener(_Stay).open(request, timeout=_SECONDS) as answer:
            answer.read(1)
    except HTTPError as error:
        error.close()
        raise NotSent(f"HTTP {error.code}") from None
    except (OSError, HTTPException, ValueError) as error:
        raise NotSent(type(error).__name__) from None  # the error's own words may hold the address


def _description() -> dict[str, Any]:
    try:
        found = tomllib.loads(settings.SMS_FILE.read_text("utf-8"))
        url = found["url"]
    except (OSError, KeyError, ValueError) as error:
        raise NotSent(f"sms.toml: {type(error).__name__}") from None
    if not url.startswith(("https://", "http://")):
        raise NotSent("sms.toml: url must begin with https:// or http://")
    return found


def _request(told: dict[str, Any], phone: str, text: str) -> Request:
    headers = {str(name): str(value) for name, value in told.get("headers", {}).items()}
    body = None
    if "body" in told:
        json = "json" in headers.get("Content-Type", "")
        body = _filled(told["body"], phone, text, _inside_json if json else _PLAIN).encode()
    method = told.get("method", "POST" if body else "GET")
    return Request(_filled(told["url"], phone, text, _PLAIN), data=body, headers=headers, method=method)  # noqa: S310 the scheme is checked


def _inside_json(text: str) -> str:
    return dumps(text)[1:-1]


def _filled(template: str, phone: str, text: str, quoted: Callable[[str], str]) -> str:
    """Replaced, not formatted: a body of JSON is full of braces."""
    return template.replace("{phone}", quoted(phone)).replace("{text}", quoted(text))
