"""The random word of a browser: who it is stays unknown, but its second press is not somebody else's."""

from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "viewer"
_YEAR_SECONDS = 365 * 24 * 3600


def viewer_of(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A browser that has no word yet gets one for a year."""
    if viewer_of(request) is None:
        response.set_cookie(
            COOKIE, str(uuid4()), max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=settings.HTTPS
        )
    return response
