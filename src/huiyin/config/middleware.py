"""What holds for every page: no NUL reaches the database, and what staff see stays out of every cache."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]
_NULS = ("\x00", "%00")


def without_nul(answer: Answer) -> Answer:
    """PostgreSQL keeps no NUL in text; in an address it is never meant well."""

    def checked(request: HttpRequest) -> HttpResponseBase:
        if any(nul in part for nul in _NULS for part in (request.path_info, request.META.get("QUERY_STRING", ""))):
            raise BadRequest("The address holds a NUL character.")
        return answer(request)

    return checked


def never_stored(answer: Answer) -> Answer:
    """Pages for those who signed in, or came with a token, are gone from the machine when they leave it."""

    def marked(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        if not response.has_header("Cache-Control") and request.user.is_authenticated:
            response["Cache-Control"] = "no-store"
        return response

    return marked
