"""A paper in the layout of GB/T 9704-2012 (domain.md 11.4) as .docx: A4, 22 lines of 28 characters, page number — n —.

The fonts of the standard are not free: a paper names them, and whoever opens it without them sees what their office
suite puts in their place. `Fonts` names others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.document import Document as Paper
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

TOP, BOTTOM, LEFT, RIGHT = Mm(37), Mm(35), Mm(28), Mm(26)
WIDTH, HEIGHT = Mm(210), Mm(297)
LINES, CHARACTERS = 22, 28
# 225 mm of text in 22 lines, and 156 mm in 28 characters of 16 pt, each drawn 0.25 pt together; twentieths of a point.
# A grid of characters narrower than 16 pt would make LibreOffice give every character two places.
LINE_PITCH: Final = 579
CHARACTER_SPACE: Final = -5
# 三号, 二号, 四号, and what fits into a table.
BODY, TITLE, NUMBER, CELL, HEAD = Pt(16), Pt(22), Pt(14), Pt(12), Pt(36)
_RED: Final = RGBColor(0xC8, 0x10, 0x2E)
_LINE = Pt(LINE_PITCH / 20)
# What XML does not hold: a paper with one of them could not be written at all.
_NO_XML: Final = re.compile("[^\\t\\n\\r -\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
# The schema orders what a paragraph's and a run's properties hold.
_AFTER_BORDER: Final = ("w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
_AFTER_SPACING: Final = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:u", "w:vertAlign", "w:lang")
_NUMERALS: Final = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Fonts:
    body: str = "仿宋"
    title: str = "方正小标宋简体"
    first: str = "黑体"
    second: str = "楷体"
    number: str = "宋体"


def numeral(number: int) -> str:
    """1 → 一, 12 → 十二; up to 99."""
    tens, ones = divmod(number, 10)
    units = _NUMERALS[ones - 1] if ones else ""
    return units if not tens else ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" + units


def _plain(text: str) -> str:
    return _NO_XML.sub("", text)


@dataclass(frozen=True, slots=True)
class Head:
    """Above the title, in red: whose periodical; below it which number; on the red line who made it and when."""

    name: str
    number: str
    office: str
    day: str


@dataclass
class Official:
    """Written from top to bottom; first headings number themselves."""

    title: str
    fonts: Fonts = field(default_factory=Fonts)
    head: Head | None = None

    def __post_init__(self) -> None:
        self._paper: Paper = Document()
        self._headings = 0
        _page(self._paper)
        self._styles()
        self._numbers()
        self._paper.core_properties.title = _plain(self.title)[:255]
        if self.head:
            self._red(self.head)
        self._paper.add_paragraph(_plain(self.title), style="Title")

    def heading(self, text: str) -> None:
        """一、… in 黑体."""
        self._headings += 1
        self._paper.add_paragraph(f"{numeral(self._headings)}、{_plain(text)}", style="Heading 1")

    def second_heading(self, text: str) -> None:
        """（一）… in 楷体, with its numeral written by the caller."""
        self._paper.add_paragraph(_plain(text), style="Heading 2")

    def paragraph(self, text: str) -> None:
        for line in text.splitlines() or [""]:
            self._paper.add_paragraph(_plain(line), style="Normal")

    def line(self, text: str, style: str = "Normal") -> None:
        """In one of the paper's styles, as it is written."""
        self._paper.add_paragraph(_plain(text), style=style)

    def annex(self, text: str) -> None:
        """附件 in 黑体, on a page of its own."""
        self._paper.add_paragraph(_plain(text), style="Annex").paragraph_format.page_break_before = True

    def table(self, head: Sequence[str], rows: Iterable[Sequence[object]], *, millimetres: Sequence[int] = ()) -> None:
        """`millimetres`: how wide each column is; without, all are equal."""
        table = self._paper.add_table(rows=1, cols=len(head), style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for row in (head, *rows):
            cells = table.rows[0].cells if row is head else table.add_row().cells
            for cell, value in zip(cells, row, strict=True):
                cell.paragraphs[0].style = "Cell"
                cell.paragraphs[0].add_run(_plain(str(value))).bold = row is head
        _widths(table, millimetres)
        self._paper.add_paragraph("", style="Cell")

    def signed(self, *lines: str) -> None:
        """Whose paper, of which day: on the right."""
        for line in lines:
            self._paper.add_paragraph(_plain(line), style="Signature of the office")

    def as_bytes(self) -> bytes:
        file = BytesIO()
        self._paper.save(file)
        return file.getvalue()

    def _styles(self) -> None:
        fonts, made = self.fonts, self._paper.styles
        _style(made["Normal"], fonts.body, BODY, indent=2)
        _style(made["Title"], fonts.title, TITLE, align=WD_ALIGN_PARAGRAPH.CENTER)
        made["Title"].paragraph_format.space_after = _LINE
        _style(made["Heading 1"], fonts.first, BODY, indent=2)
        _style(made["Heading 2"], fonts.second, BODY, indent=2)
        _style(_new(self._paper, "Cell"), fonts.body, CELL, align=WD_ALIGN_PARAGRAPH.LEFT, line=Pt(18))
        off_grid = _element("snapToGrid", val=0)
        self._paper.styles["Cell"].element.pPr.insert_element_before(off_grid, "w:spacing", "w:ind", "w:jc")
        _style(_new(self._paper, "Signature of the office"), fonts.body, BODY, align=WD_ALIGN_PARAGRAPH.RIGHT)
        _style(made["Footer"], fonts.number, NUMBER, line=Pt(16))
        _style(_new(self._paper, "Annex"), fonts.first, BODY)
        self._red_styles()

    def _red_styles(self) -> None:
        fonts, centre = self.fonts, WD_ALIGN_PARAGRAPH.CENTER
        _style(_new(self._paper, "Red head"), fonts.title, HEAD, align=centre, line=Pt(LINE_PITCH / 10))
        _style(_new(self._paper, "Red number"), fonts.body, BODY, align=centre)
        _style(_new(self._paper, "Red line"), fonts.body, BODY)
        self._paper.styles["Red head"].font.color.rgb = _RED
        under = _element("pBdr")
        under.append(_element("bottom", val="single", sz=18, space=4, color=str(_RED)))
        self._paper.styles["Red line"].element.get_or_add_pPr().insert_element_before(under, *_AFTER_BORDER)

    def _red(self, head: Head) -> None:
        for text, style in ((head.name, "Red head"), (head.number, "Red number")):
            self._paper.add_paragraph(_plain(text), style=style)
        line = self._paper.add_paragraph(f"{head.office}\t{head.day}", style="Red line")
        line.paragraph_format.tab_stops.add_tab_stop(WIDTH - LEFT - RIGHT, WD_TAB_ALIGNMENT.RIGHT)
        self._paper.add_paragraph("")

    def _numbers(self) -> None:
        """Odd pages right, even ones left, one character in from the edge; 7 mm below the text."""
        section = self._paper.sections[0]
        self._paper.settings.odd_and_even_pages_header_footer = True
        section.footer_distance = BOTTOM - Mm(7)
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            line = footer.paragraphs[0]
            line.style = "Footer"
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
            setattr(line.paragraph_format, f"{side}_indent", NUMBER)
            _number(line)


def _page(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.top_margin, section.bottom_margin = TOP, BOTTOM
    section.left_margin, section.right_margin = LEFT, RIGHT
    for old in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001 python-docx has no grid of its own
        section._sectPr.remove(old)  # noqa: SLF001
    section._sectPr.append(_element("docGrid", type="lines", linePitch=LINE_PITCH))  # noqa: SLF001


def _widths(table: Any, millimetres: Sequence[int]) -> None:
    if millimetres:
        table.autofit = False
    for place, wide in enumerate(millimetres):
        table.columns[place].width = Mm(wide)
        for cell in table.columns[place].cells:
            cell.width = Mm(wide)


def _style(style: Any, font: str, size: Pt, *, indent: int = 0, align: Any = None, line: Pt = _LINE) -> None:
    """`indent` in characters of the first line."""
    style.font.name, style.font.size = font, size
    style.font.bold = style.font.italic = False
    style.font.color.rgb = None
    _in_every_script(style, font)
    if size == BODY:
        _narrower(style)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing, form.alignment = line, WD_ALIGN_PARAGRAPH.JUSTIFY if align is None and indent else align
    form.first_line_indent = size * indent
    form.keep_with_next = style.name.startswith("Heading")
    for frame in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(frame)


def _in_every_script(style: Any, font: str) -> None:
    """The template's fonts come from its theme, which would win over ours."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def _narrower(style: Any) -> None:
    spacing = _element("spacing", val=CHARACTER_SPACE)
    style.element.get_or_add_rPr().insert_element_before(spacing, *_AFTER_SPACING)


def _new(paper: Paper, name: str) -> ParagraphStyle:
    style: Any = paper.styles.add_style(name, 1)
    style.base_style = paper.styles["Normal"]
    return style  # type: ignore[no-any-return]


def _number(line: Paragraph) -> None:
    """— n —, the field that counts pages between two dashes."""
    line.add_run("— ")
    run = line.add_run()
    for part in ("begin", "PAGE", "end"):
        if part == "PAGE":
            instruction = _element("instrText")
            instruction.text = part
            run._r.append(instruction)  # noqa: SLF001 python-docx has no fields
        else:
            run._r.append(_element("fldChar", fldCharType=part))  # noqa: SLF001
    line.add_run(" —")


def _element(name: str, **attributes: object) -> Any:
    made = OxmlElement(f"w:{name}")
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), str(value))
    return made
