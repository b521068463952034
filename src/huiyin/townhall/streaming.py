"""Where a page finds the stream of a meeting: behind its own address, or at `HUIYIN_LIVE_URL` (decision 19)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.urls import reverse

View = Callable[..., HttpResponse]


def stream(request: HttpRequest, code: str) -> str:
    return f"{_elsewhere(request)}{reverse('townhall:live', args=[code])}stream"


def _elsewhere(request: HttpRequest) -> str:
    """Scheme, host and port of the live processes; empty where the page's own do. `:8001`: a port beside the page's."""
    if not settings.LIVE_URL.startswith(":"):
        return str(settings.LIVE_URL)
    host, _ = split_domain_port(request.get_host())
    return f"{request.scheme}://{host}{settings.LIVE_URL}"


def streamed(view: View) -> View:
    """The page may hold the stream open, and nothing else that is not its own."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        elsewhere = _elsewhere(request)
        allowed = csp_update({"connect-src": [SELF, elsewhere]})(view) if elsewhere else view
        return allowed(request, *args, **named)  # type: ignore[return-value]  # it is the view's own

    return answered


def may_listen(origin: str, host: str) -> bool:
    """Whether a page of `origin` may read the stream that it asked of `host`: one of ours, at another port or name."""
    if not (settings.LIVE_URL and origin):
        return False
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    try:
        return None is not urlsplit(origin).hostname == urlsplit(f"//{host}").hostname
    except ValueError:  # brackets that hold no address
        return False
