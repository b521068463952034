"""Bars as vectors: a native chart in a Word file, which Word can edit; the same as SVG on the print page."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Mm

from huiyin.bulletins.counting import NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.parts.document import DocumentPart

_WIDE: Final = Mm(156)
_ROUND: Final = Mm(18)
_MOST: Final = 26
_LONGEST: Final = 90
_FEW: Final = 12  # bars that stand at ease
_MAIN: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CHART: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_INK: Final = "C8371F"


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars from top to bottom."""

    title: str
    unit: str
    names: tuple[str, ...]
    values: tuple[float, ...]

    @property
    def step(self) -> float:
        """Millimetres from one bar to the next: many stand closer, so that a page takes them with its text."""
        return 7 if len(self.values) <= _FEW else 4.5

    @property
    def height(self) -> int:
        return _ROUND + Mm(self.step * len(self.values))


def bars(key: str, counted: Mapping[str, Any]) -> Bars | None:
    """The chart that belongs to a section; None where it has none, or nothing to draw."""
    if key in _CHARTS:
        title, unit, lines, name = _CHARTS[key]
        found = [(one["name"], one["figures"][name]["text"]) for one in counted[lines] if one["code"]]
        return _drawn(title, unit, found)
    sheet = next((one for one in counted.get("sheets", ()) if key == f"measured-{one['code']}-{one['start']}"), None)
    if sheet is None:
        return None
    return _drawn(
        f"各单位{sheet['name']}", sheet["measured_in"], [(one["name"], one["value"]) for one in sheet["units"]]
    )


def _drawn(title: str, unit: str, texts: Sequence[tuple[str, str]]) -> Bars | None:
    """As many as a page takes, which the title says. Bars begin at nought: with a value below it there is no chart."""
    known = [(name, float(text.replace(",", ""))) for name, text in texts if text not in (NOTHING, "0")]
    if not known or min(value for _name, value in known) < 0:
        return None
    said = title if len(known) <= _MOST else f"{title}（前{_MOST}位）"
    return Bars(said, unit, *map(tuple, zip(*known[:_MOST], strict=True)))


_CHARTS: Final = {
    "matters": ("各类诉求受理量", "件", "matters", "received"),
    "units": ("各单位综合成绩", "分", "units", "score"),
}


def embedded(part: DocumentPart, chart: Bars, number: int) -> str:
    """The chart put into the package, with its sheet; the paragraph that shows it, as XML."""
    package = part.package
    if package is None:
        raise ValueError("A chart needs a file to stand in.")
    sheet = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), CONTENT_TYPE.SML_SHEET, _sheet(chart), package)
    drawn = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    link = drawn.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE)
    drawn._blob = _space(chart, link).encode()  # noqa: SLF001 - it names the relation, which needs the part first
    return _paragraph(chart, part.relate_to(drawn, RELATIONSHIP_TYPE.CHART), number)


def _sheet(chart: Bars) -> bytes:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415 - only a chart needs it

    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.write_row(0, 0, ["", chart.unit])
        for row, pair in enumerate(zip(chart.names, chart.values, strict=True), 1):
            sheet.write_row(row, 0, pair)
    return file.getvalue()


def _points(kind: str, values: tuple[object, ...]) -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{escape(str(one))}</c:v></c:pt>' for at, one in enumerate(values))
    form = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    return f'<c:{kind}Cache>{form}<c:ptCount val="{len(values)}"/>{points}</c:{kind}Cache>'


def _space(chart: Bars, sheet: str) -> str:
    last = len(chart.values) + 1
    text = '<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="1050"/></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    title = f'<a:p><a:pPr><a:defRPr sz="1200" b="0"/></a:pPr><a:r><a:rPr lang="zh-CN" sz="1200" b="0"/><a:t>{escape(chart.title)}（{chart.unit}）</a:t></a:r></a:p>'
    names = f"<c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f>{_points('str', chart.names)}</c:strRef></c:cat>"
    values = f"<c:val><c:numRef><c:f>Sheet1!$B$2:$B${last}</c:f>{_points('num', chart.values)}</c:numRef></c:val>"
    label = (
        '<c:dLbls><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )
    fill = f'<c:spPr><a:solidFill><a:srgbClr val="{_INK}"/></a:solidFill></c:spPr>'
    series = (
        f'<c:ser><c:idx val="0"/><c:order val="0"/>{fill}<c:invertIfNegative val="0"/>{label}{names}{values}</c:ser>'
    )
    plot = f'<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}<c:gapWidth val="60"/><c:axId val="1"/><c:axId val="2"/></c:barChart>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}" xmlns:r="{_RELATIONS}"><c:roundedCorners val="0"/><c:chart>'
        f'<c:title><c:tx><c:rich><a:bodyPr/>{title}</c:rich></c:tx><c:overlay val="0"/></c:title>'
        f'<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>{plot}{_axes(text)}</c:plotArea>'
        f'<c:plotVisOnly val="1"/></c:chart><c:externalData r:id="{sheet}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _axes(text: str) -> str:
    """The first bar on top; no scale, since each bar says its value."""
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{text}'
        '<c:crossAx val="2"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        '<c:delete val="1"/><c:axPos val="t"/><c:crossAx val="1"/><c:crosses val="autoZero"/></c:valAx>'
    )


def _paragraph(chart: Bars, relation: str, number: int) -> str:
    """The line is as high as the chart, not as the grid's lines are."""
    size = f'cx="{_WIDE}" cy="{chart.height}"'
    return (
        '<w:p><w:pPr><w:keepLines/><w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/></w:pPr>'
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f'<wp:extent {size}/><wp:docPr id="{number}" name="chart {number}" descr="{escape(_said(chart), {chr(34): ""})}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" xmlns:r="{_RELATIONS}" r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


def _said(chart: Bars) -> str:
    """For whoever cannot see it."""
    pairs = zip(chart.names, chart.values, strict=True)
    return f"{chart.title}：{'，'.join(f'{name}{value:g}{chart.unit}' for name, value in pairs)}"


def drawn(chart: Bars | None) -> dict[str, Any] | None:
    """The same for an SVG of 156 × `height` mm: a bar's name, its value, its top and its length."""
    if chart is None:
        return None
    most = max(chart.values)
    thick = round(chart.step * 0.72, 1)
    tops = [round(6 + chart.step * at, 1) for at in range(len(chart.values))]
    rows = [
        {"name": name, "value": f"{value:g}", "top": top, "long": round(_LONGEST * value / most, 1)}
        | {"base": round(top + thick / 2 + 1.3, 1)}
        for name, value, top in zip(chart.names, chart.values, tops, strict=True)
    ]
    return {
        "title": chart.title,
        "unit": chart.unit,
        "rows": rows,
        "thick": thick,
        "height": 8 + chart.step * len(rows),
        "said": _said(chart),
    }
