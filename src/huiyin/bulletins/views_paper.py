"""A bulletin as a page to print, and as a Word file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.bulletins import charts, filling, queries
from huiyin.bulletins.models import Bulletin
from huiyin.bulletins.numbers import pieces
from huiyin.bulletins.views import bulletin_of
from huiyin.people.access import staff
from huiyin.review import cells, periods

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
    told["numbers"] = [{**row, "href": _address(found, row)} for row in told["numbers"]]
    return render(request, "bulletins/paper.html", {"bulletin": found, **told})


def _address(bulletin: Bulletin, row: dict[str, Any]) -> str:
    """Where the figure opens into its cases as they stand today; empty for a group that has no such page."""
    if row["by"] is None or bulletin.topic_id:
        return ""
    return cells.address(row["name"], "all", periods.read(bulletin.period), by=row["by"], code=row["code"])


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
