"""Numbers from elsewhere: the board, one indicator with its course, the file behind each page."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.indicators import exports, queries, spans
from huiyin.indicators.models import Indicator
from huiyin.people.access import account_of, staff
from huiyin.people.models import Unit
from huiyin.townhall import sheets


@never_cache
@require_safe
@staff(*queries.SEE)
def board(request: HttpRequest) -> HttpResponse:
    kinds = queries.kinds()
    asked = request.GET.get("kind", "")
    kind = next((one for one in kinds if one == asked), kinds[0] if kinds else None)
    context = {
        "kinds": kinds,
        "board": queries.board(kind) if kind else None,
        "brings": account_of(request).has_role(*queries.BRING),
    }
    return render(request, "indicators/board.html", context)


@never_cache
@require_safe
@staff(*queries.SEE)
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Indicator, code=code)
    starts = queries.periods(found)
    start = period_of(request, starts)
    sheet = queries.sheet(found, start) if start else None
    unit = _unit(request, sheet)
    context = {
        "indicator": found,
        "sheet": sheet,
        "menu": [(at.isoformat(), spans.said(found.cycle, at)) for at in starts],
        "rule": queries.version_on(found, sheet.last) if sheet else None,
        "unit": unit,
        "course": queries.course(found, unit) if start else None,
        "corrections": queries.corrections(found)[:20],
        "brings": account_of(request).has_role(*queries.BRING),
    }
    return render(request, "indicators/indicator.html", context)


@never_cache
@require_safe
@staff(*queries.SEE)
def export(request: HttpRequest, code: str, form: str) -> HttpResponse:
    found = get_object_or_404(Indicator, code=code)
    start = period_of(request, queries.periods(found))
    if form not in ("csv", "xlsx") or start is None:
        raise Http404
    return sheets.answer(form, f"{code}-{start}", exports.of(queries.sheet(found, start)))


def period_of(request: HttpRequest, starts: list[date]) -> date | None:
    """What the address asks for, if there is such a period; else the latest."""
    asked = request.GET.get("period", "")
    return next((start for start in starts if start.isoformat() == asked), starts[0] if starts else None)


def _unit(request: HttpRequest, sheet: queries.Sheet | None) -> Unit | None:
    """The one whose course is drawn: as asked, else the last in the table, which is the one to look at."""
    units = [row.unit for row in sheet.rows] if sheet else []
    asked = request.GET.get("unit", "")
    return next((unit for unit in units if unit.code == asked), units[-1] if units else None)
