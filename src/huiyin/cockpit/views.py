"""The district's big screen, what it asks for every five seconds, and the cases behind a number."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.cases.paging import paged
from huiyin.cases.queries import as_rows, visible_among
from huiyin.cockpit import counts, flow, tiles
from huiyin.cockpit.access import may_open
from huiyin.people.access import account_of, staff
from huiyin.review import periods

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
# Places of their own on the screen; what other rooms add stands in the room kept for it.
OWN = ("today", "rates", "late", "meetings", "topics", "map", "units")
EVERY_SECONDS = 5
PAGE = 30  # units at a time


def watcher(view: View[P]) -> View[P]:
    """For who watches the district; others are told so."""

    @wraps(view)
    def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not may_open(account_of(request)):
            return render(request, "cockpit/closed.html", status=403)
        return view(request, *args, **kwargs)

    return staff()(checked)


@never_cache
@require_safe
@watcher
def cockpit(request: HttpRequest) -> HttpResponse:
    return render(request, "cockpit/cockpit.html", _context())


@never_cache
@require_safe
@watcher
def now(request: HttpRequest) -> HttpResponse:
    """All tiles again, as `cockpit.js` puts them in the place of those before."""
    return render(request, "cockpit/_tiles.html", _context())


def _context() -> dict[str, object]:
    found, at = tiles.screen(), timezone.localtime()
    return {
        "tiles": [tile for tile in found.tiles if tile.name in OWN],
        "more": [tile for tile in found.tiles if tile.name not in OWN],
        "counted_at": found.at,
        "now": at,
        "clock": (at.hour * 60 + at.minute) * 60 + at.second,
        "every": EVERY_SECONDS,
        "page_size": PAGE,
        "period": periods.said(periods.read(periods.DEFAULT, found.at)),
    }


@never_cache
@require_safe
@watcher
def cases(request: HttpRequest, name: str) -> HttpResponse:
    """The cases behind a number, as many as are counted now; of a step of today also how many each hour has."""
    count, asked = counts.COUNTS.get(name), request.GET.dict()
    narrowed, day = counts.narrowed(name, asked), counts.narrowed(name, {**asked, "hour": ""})
    if count is None or narrowed is None or day is None:
        raise Http404
    of_day = count.of(tiles.moment()).filter(day.which)
    counted = of_day.filter(narrowed.which)
    readable = visible_among(counted, account_of(request))
    context = {
        "count": count,
        "narrowed": narrowed,
        "hours": flow.hours(name, of_day) if name in counts.STEPS else [],
        "page": paged(as_rows(readable), order=("-id",), cursor=request.GET.get("at", "")),
        "counted": counted.count(),
        "readable": readable.count(),
        "now": timezone.now(),
    }
    return render(request, "cockpit/cases.html", context)
