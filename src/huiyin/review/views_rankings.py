"""Rankings, for the house alone: no public page ranks units."""

from dataclasses import dataclass
from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.kernel.figures import said
from huiyin.kernel.measures import MEASURES
from huiyin.people.access import staff
from huiyin.review import cells, exports_rankings, periods, ranking
from huiyin.review.cells import Cell
from huiyin.review.forms_rules import RankingForm
from huiyin.review.ranking import RANKED_BY, Asked, Place, Ranking

_SHOWN = ("received", *RANKED_BY)


@dataclass(frozen=True, slots=True)
class Row:
    """A place as the page draws it; `low`, `width`, `at` in percent of the bar."""

    place: Place
    main: Cell
    received: Cell
    others: list[Cell]
    shrunk: str
    interval: str
    low: float
    width: float
    at: float
    own: int
    adjusted: str
    expected: str


@never_cache
@require_safe
@staff()
def rankings(request: HttpRequest) -> HttpResponse:
    form = RankingForm(request.GET)
    asked = read(form)
    found = ranking.rank(asked, ranking.rules(asked.period))
    _sort(found, form.cleaned_data.get("sort", ""))
    context = {
        "form": form,
        "asked": asked,
        "found": found,
        "rows": [row(place, found) for place in found.places],
        "groups": ranking.groups(asked.period),
        "by": [(name, cells.label(MEASURES[name])) for name in RANKED_BY],
        "others": [(name, cells.label(MEASURES[name])) for name in RANKED_BY if name != asked.name],
        "measure": cells.label(MEASURES[asked.name]),
        "definition": cells.exclusions(found.table.measures[asked.name]),
        "method": exports_rankings.method(),
        "period_said": periods.said(asked.period),
        "compared_said": periods.said(found.before),
        "mean": said(_points(found.group.mean), MEASURES[asked.name]),
        "strength": round(found.group.strength),
    }
    return render(request, "review/rankings.html", context)


@never_cache
@require_safe
@staff()
def export(request: HttpRequest, form: str) -> HttpResponse:
    if form not in exports_rankings.FORMATS:
        raise Http404
    asked = read(RankingForm(request.GET))
    found = ranking.rank(asked, ranking.rules(asked.period))
    kind, write = exports_rankings.FORMATS[form]
    name = f"ranking-{asked.name}-{asked.period.label.replace(':', '-')}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write(found), content_type=kind, headers=headers)


def read(form: RankingForm) -> Asked:
    period, given = form.chosen, form.cleaned_data
    return Asked(period, given.get("by") or "score", given.get("variant") or "all", given.get("group"), form.kept)


def row(place: Place, found: Ranking) -> Row:
    asked, measure, value = found.asked, MEASURES[found.asked.name], place.shrunk
    of_unit = {name: _cell(place, name, asked) for name in _SHOWN}
    low, high, at = (value.low, value.high, value.value) if value else (0.0, 0.0, 0.0)
    return Row(
        place=place,
        main=of_unit[asked.name],
        received=of_unit["received"],
        others=[of_unit[name] for name in RANKED_BY if name != asked.name],
        shrunk=said(_points(value.value if value else None), measure),
        interval=f"{said(_points(low), measure)} – {said(_points(high), measure)}" if value else "",
        low=round(100 * low, 1),
        width=round(100 * (high - low), 1),
        at=round(100 * at, 1),
        own=round(100 * value.own) if value else 0,
        adjusted=said(_points(place.adjusted), measure),
        expected=said(_points(place.expected), measure),
    )


def _cell(place: Place, name: str, asked: Asked) -> Cell:
    """The variant that is ranked, as the large figure."""
    figures = place.line.figures
    shown = {"all": figures[asked.variant], "net": figures[asked.variant]}
    found = cells.cell(shown, name, asked.period, by="unit", code=place.line.code, frozen=asked.frozen)  # type: ignore[arg-type]
    return found if asked.variant == "all" else _net(found)


def _net(cell: Cell) -> Cell:
    return Cell(
        cell.name, cell.net, cell.net_parts, cell.net_href, cell.net, cell.net_parts, cell.net_href, cell.called
    )


def _points(share: Fraction | float | None) -> Fraction | None:
    return None if share is None else Fraction(share) * 100


def _sort(found: Ranking, by: str) -> None:
    """By one column; what has no value comes last, whichever way."""
    name, sign = by.lstrip("-"), -1 if by.startswith("-") else 1
    if not name:
        return

    def key(place: Place) -> tuple[bool, float]:
        value = _value(place, name, found.asked)
        return value is None, sign * float(value or 0)

    found.places.sort(key=key)


def _value(place: Place, name: str, asked: Asked) -> Fraction | float | None:
    figures = place.line.figures[asked.variant]
    of_place: dict[str, Fraction | float | None] = {
        "rank": place.rank,
        "rise": place.rise,
        "volume": figures["received"].value,
        "shrunk": place.shrunk.value if place.shrunk else None,
        "adjusted": place.adjusted,
    }
    return of_place[name] if name in of_place else figures[name].value
