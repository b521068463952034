"""A bulletin and a template make a .docx."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from docxtpl import DocxTemplate, RichText  # type: ignore[import-untyped]  # ships no py.typed
from markupsafe import Markup

from huiyin.bulletins import charts, layouts, queries
from huiyin.bulletins.choices import SERIES
from huiyin.bulletins.counting import NOTHING
from huiyin.bulletins.fields import FIELDS, LISTS
from huiyin.bulletins.numbers import pieces
from huiyin.bulletins.sandbox import Office
from huiyin.documents.official import numeral
from huiyin.people.queries import current_district

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from huiyin.bulletins.models import Bulletin, Template


def document(bulletin: Bulletin, template: Template | None) -> bytes:
    """`template` None: the house's own."""
    file = DocxTemplate(BytesIO(_body(template, bulletin.kind)))
    file.init_docx()
    context = values(bulletin)
    for number, section in enumerate(context["sections"], 1):
        drawn = charts.bars(section["key"], bulletin.counted)
        # Ours alone: names in it are escaped where it is written.
        section["chart"] = Markup(charts.embedded(file.docx.part, drawn, number)) if drawn else ""  # noqa: S704
        section["lines"] = [_rich(line) for line in section["lines"]]
    return _filled(file, context)


def sample(body: bytes) -> bytes:
    """A template filled with the examples of the help page. Raises what a template may raise."""
    context: dict[str, Any] = {name: field.example for name, field in FIELDS.items()}
    context |= {name: [{key: one.example for key, one in fields.items()}] for name, fields in LISTS.items()}
    context["sections"][0] |= {"lines": [_rich("共受理群众诉求1625件[1]。")], "chart": ""}
    return _filled(DocxTemplate(BytesIO(body)), context)


def _filled(file: Any, context: dict[str, Any]) -> bytes:
    file.render(context, Office())
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _body(template: Template | None, kind: str) -> bytes:
    if template is None:
        return layouts.template(kind)
    with template.file.open() as file:
        found: bytes = file.read()
    return found


def values(bulletin: Bulletin) -> dict[str, Any]:
    """Everything the fields name (`fields.FIELDS`, `fields.LISTS`), as text."""
    counted, district = bulletin.counted, current_district()
    as_of = parse_datetime(counted["as_of"])
    return {
        "head": f"{district.name if district else ''}{SERIES[bulletin.kind].head}",
        "number": bulletin.said_number,
        "office": bulletin.office,
        "date": _day(timezone.localdate(bulletin.issued_at) if bulletin.issued_at else timezone.localdate()),
        "title": bulletin.title,
        "signed_by": str(bulletin.signed_by or ""),
        "period": counted["period"]["said"],
        "compared": counted["before"]["said"],
        "as_of": f"{timezone.localtime(as_of):%Y-%m-%d %H:%M}",
        "sha256": counted["sha256"],
        **_whole(counted["whole"]),
        "sections": list(_sections(bulletin)),
        "units": [_unit(place, one) for place, one in queries.placed(counted["units"])],
        "matters": [_matter(one) for one in counted["matters"]],
        "sensitive": [_matter(one) for one in counted["sensitive"]],
        "standings": [_standing(sheet, one) for sheet in counted.get("sheets", ()) for one in sheet["units"]],
        "companies": [one for name in ("red", "black") for one in counted.get("listing", {}).get(name, ())],
        "numbers": bulletin.numbers,
    }


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _whole(figures: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, one in figures.items():
        found |= {name: one["text"], f"{name}_before": one["before"], f"{name}_change": one["change"]}
    return found


def _sections(bulletin: Bulletin) -> Iterator[dict[str, Any]]:
    for number, one in enumerate(bulletin.filled, 1):
        yield {**one, "numeral": numeral(number), "lines": one["text"].strip().splitlines()}


def _unit(place: int | None, line: Mapping[str, Any]) -> dict[str, Any]:
    figures = {name: one["text"] for name, one in line["figures"].items()}
    change = line["figures"]["score"]["change"]
    return {"place": place or NOTHING, "name": line["name"], "score_change": change, **figures}


def _matter(line: Mapping[str, Any]) -> dict[str, str]:
    one = line["figures"]["received"]
    return {"name": line["name"], "received": one["text"], "before": one["before"], "change": one["change"]}


def _standing(sheet: Mapping[str, Any], unit: Mapping[str, str]) -> dict[str, str]:
    return {"indicator": sheet["name"], "measured_in": sheet["measured_in"], "said": sheet["said"], **unit}


def _rich(line: str) -> RichText:
    """Marks small and raised, as notes are."""
    text = RichText()
    for piece, mark in pieces(line):
        text.add(f"[{piece}]" if mark else piece, superscript=mark)
    return text
