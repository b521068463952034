"""As much of HTTP/1.1 as a live page needs, and nothing lenient: a proxy in front must never read it otherwise."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import orjson

HEAD_BYTES = 8_192
BODY_BYTES = 8_192
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_BREAKS = re.compile(rb"[\r\n\0]")  # alone: some readers end a line there
JSON = "application/json; charset=utf-8"


class Malformed(Exception):  # noqa: N818 an answer, not a fault
    """The request cannot be read; the connection ends with this status."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """One request; names of headers are in small letters, repeated ones joined by a comma."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    keeps_alive: bool
    length: int
    body: bytes = b""
    peer: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    status: HTTPStatus
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    def encode(self, *, keeps_alive: bool) -> bytes:
        lines = [f"HTTP/1.1 {self.status} {self.status.phrase}", *(f"{name}: {value}" for name, value in self.headers)]
        if self.status not in {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}:
            lines.append(f"Content-Length: {len(self.body)}")
        if not keeps_alive:
            lines.append("Connection: close")
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + self.body


def answer(status: HTTPStatus, value: Any, *headers: tuple[str, str]) -> Response:
    kept = ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")
    return Response(status, orjson.dumps(value), (("Content-Type", JSON), *kept, *headers))


def read_head(head: bytes) -> Request:
    """Raises `Malformed`. `head` ends before the empty line."""
    first, *lines = head.split(b"\r\n")
    try:
        method, target, version = first.decode("ascii").split(" ")
    except ValueError:
        raise Malformed(HTTPStatus.BAD_REQUEST) from None
    if version not in {"HTTP/1.1", "HTTP/1.0"}:
        raise Malformed(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)
    headers = _headers(lines)
    path, _, query = target.partition("?")
    keeps = version == "HTTP/1.1" and headers.get("connection", "").lower() != "close"
    return Request(method, path, dict(parse_qsl(query[:500])), headers, keeps, _length(headers))


def _headers(lines: list[bytes]) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon or not _NAME.fullmatch(name) or _BREAKS.search(value):
            raise Malformed(HTTPStatus.BAD_REQUEST)
        key, text = name.decode("ascii").lower(), value.strip().decode("latin-1")
        found[key] = f"{found[key]},{text}" if key in found else text
    return found


def _length(headers: Mapping[str, str]) -> int:
    """Bytes of the body. Chunked ones are refused: no browser sends them, and two readings of one are an attack."""
    if "transfer-encoding" in headers:
        raise Malformed(HTTPStatus.LENGTH_REQUIRED)
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise Malformed(HTTPStatus.BAD_REQUEST)
    if len(length) > 9 or int(length) > BODY_BYTES:  # noqa: PLR2004 nine digits: no number that takes long to read
        raise Malformed(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return int(length)
