"""The browser that holds a number, by the cookie that it also asks and likes with."""

from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from huiyin.townhall.views_public import COOKIE

_YEAR_SECONDS = 365 * 24 * 3600


def viewer_of(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None


def known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response, with a cookie for a browser that has none."""
    if viewer_of(request) is None:
        response.set_cookie(
            COOKIE, str(uuid4()), max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=settings.HTTPS
        )
    return response
