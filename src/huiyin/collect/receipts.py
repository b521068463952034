"""The receipt that a resident takes home: number, secret, and a code that leads back."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString

from huiyin.cases import private
from huiyin.cases.qr import qr
from huiyin.collect.domain import Opened
from huiyin.people.sealing import seal

# The browser keeps the receipt, sealed with our key, so that a reload still shows it; nothing of it stays here.
_COOKIE = "receipt"
_SECONDS = 15 * 60


class Ticket(NamedTuple):
    number: str
    secret: str
    address: str
    code: SafeString


def hand_over(response: HttpResponse, opened: Opened) -> HttpResponse:
    sealed = seal(private.to_bytes({"number": opened.number, "secret": opened.secret})).decode()
    response.set_cookie(
        _COOKIE, sealed, max_age=_SECONDS, path=reverse("collect:say"), httponly=True, samesite="Strict",
        secure=settings.HTTPS,
    )  # fmt: skip
    return response


def taken(request: HttpRequest) -> Ticket | None:
    """The receipt this browser was given in the last quarter of an hour."""
    try:
        kept = private.unseal(request.COOKIES.get(_COOKIE, "").encode())
        return ticket(request, Opened(kept["number"], kept["secret"]))
    except (ValueError, KeyError):
        return None


def ticket(request: HttpRequest, opened: Opened) -> Ticket:
    """The code carries the secret behind a `#`: that part of an address is never sent to a server, nor logged."""
    address = request.build_absolute_uri(reverse("evaluate:track", args=[opened.number]))
    return Ticket(opened.number, opened.secret, address, qr(f"{address}#S{opened.secret}"))
