"""A bulletin as a page to print, and as a Word file."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.bulletins import charts, filling, layouts, queries
from huiyin.bulletins.drafting_listed import LISTING
from huiyin.bulletins.drafting_measured import INDICATOR
from huiyin.bulletins.models import Bulletin
from huiyin.bulletins.numbers import pieces
from huiyin.bulletins.views import bulletin_of
from huiyin.people.access import staff
from huiyin.review import beside, cells

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@never_cache
@staff(*queries.READ)
@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    found = bulletin_of(request, pk)
    told = filling.values(found)
    for section in told["sections"]:
        section["chart"] = charts.drawn(charts.bars(section["key"], found.counted))
        section["lines"] = [pieces(line) for line in section["lines"]]
    told["numbers"] = [{**row, "href": address(found, row)} for row in told["numbers"]]
    told["annexes"] = [_annex(heading, one, told[one.rows]) for heading, one in layouts.annexes(found.kind)]
    return render(request, "bulletins/paper.html", {"bulletin": found, **told})


def _annex(heading: str, annex: layouts.Annex, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """For the page: heads, and under them the cells of each row; a number's own opens it."""
    names = [name for name, _wide in annex.columns.values()]
    lines = [
        (one.get("mark"), [(one[name], one.get("href") if name == "text" else "") for name in names]) for one in rows
    ]
    return {"heading": heading, "heads": list(annex.columns), "rows": lines}


def address(bulletin: Bulletin, row: dict[str, Any]) -> str:
    """Where a number opens: a figure into its cases as the cut-off kept them; empty for a group without such a page."""
    if row["by"] == INDICATOR:
        return f"{reverse('indicators:indicator', args=[row['code']])}?{urlencode({'period': row['name']})}"
    if row["by"] == LISTING:
        return reverse("standing:public")
    frozen, by, code = bulletin.freeze, row["by"], row["code"]
    if bulletin.topic and by == "":
        by, code = "category", bulletin.topic.code
    elif bulletin.topic or by is None:
        return ""
    return cells.address(row["name"], "all", beside.period_of(frozen), by=by, code=code, frozen=frozen)


@never_cache
@staff(*queries.READ)
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """As it was issued; a draft as it would be now."""
    found = bulletin_of(request, pk)
    name = f"bulletin-{found.kind}-{found.period.replace(':', '-')}.docx"
    if not found.file:
        return sent(filling.document(found, queries.template_of(found.kind)), name)
    with found.file.open("rb") as kept:
        return sent(kept.read(), name)


def sent(body: bytes, name: str) -> HttpResponse:
    return HttpResponse(body, content_type=DOCX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
