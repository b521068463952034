"""The report of a season: figures that open into their questions, by unit, and as files."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.people.access import account_of, staff
from huiyin.townhall import queries, queries_report, season_report, sheets
from huiyin.townhall.models import Season
from huiyin.townhall.numbers import number
from huiyin.townhall.queries_report import COUNTS

_ON_A_PAGE = 50


def _season(request: HttpRequest) -> Season | None:
    """The one that is asked for, else the newest; None before there is any."""
    if wanted := request.GET.get("season", ""):
        return get_object_or_404(Season, pk=number(wanted))
    return queries_report.seasons().first()


def _known(request: HttpRequest) -> Season:
    season = _season(request)
    if season is None:
        raise Http404
    return season


@never_cache
@staff(*queries.RUN)
@require_safe
def report(request: HttpRequest) -> HttpResponse:
    season, sort = _season(request), request.GET.get("sort", "")
    made = queries_report.report(season, account_of(request), sort) if season else None
    context = {
        "season": season,
        "seasons": queries_report.seasons(),
        "report": made,
        "sort": sort,
        "figures": [(name, one, made.total(name)) for name, one in COUNTS.items()] if made else [],
        "rows": [(row, [(name, row.counts[name]) for name in COUNTS]) for row in made.rows] if made else [],
    }
    return render(request, "townhall/report.html", context)


@never_cache
@staff(*queries.RUN)
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """Exactly what a figure counts."""
    season, name, unit = _known(request), request.GET.get("figure", "every"), request.GET.get("unit", "")
    if name not in COUNTS:
        raise Http404
    found = queries_report.figure(season, account_of(request), name, unit).select_related("meeting__unit", "unit")
    page = Paginator(found.order_by("meeting__begins_at", "pk"), _ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"season": season, "figure": COUNTS[name], "page": page, "unit": unit}
    return render(request, "townhall/report_questions.html", context)


@never_cache
@staff(*queries.RUN)
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    season = _known(request)
    made = queries_report.report(season, account_of(request))
    if kind in {"csv", "xlsx"}:
        return sheets.answer(kind, f"meetings-{season.first_day}", season_report.sheets(made))
    if kind != "docx":
        raise Http404
    from huiyin.townhall.papers import paper  # noqa: PLC0415 - python-docx waits until a paper is wanted

    body = paper(f"{season.title}情况报告", season_report.drafted(made), signed=queries_report.district())
    return sheets.saved(body, sheets.DOCX, f"meetings-{season.first_day}.docx")
