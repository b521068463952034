"""What anybody sees: the front page and the masked list. No unit is ranked here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.cases.paging import paged
from huiyin.kernel.measures import FIRST, MEASURES
from huiyin.review import cells, figures, periods, queries
from huiyin.review.forms import PublicFilterForm

WALL = 40
SIZE = 20
SHOWN = ("received", "response", "resolution", "satisfaction")


def front(request: HttpRequest) -> HttpResponse:
    period = periods.read(periods.DEFAULT)
    counted, as_of = figures.of_group(period, names=FIRST)
    shown = [(MEASURES[name], cells.cell(counted, name, period)) for name in SHOWN]
    context = {
        "wall": [queries.masked(case) for case in queries.public_list()[:WALL]],
        "figures": [(cells.label(measure), cell) for measure, cell in shown],
        "period": periods.said(period),
        "as_of": as_of,
    }
    return render(request, "review/front.html", context)


def public_list(request: HttpRequest) -> HttpResponse:
    form = PublicFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = paged(queries.public_list(**wanted), order=("-id",), cursor=request.GET.get("at", ""), size=SIZE)
    context = {"form": form, "rows": [queries.masked(case) for case in page.rows], "page": page}
    return render(request, "review/public_list.html", context)
