"""The paper measured with the library that reads it: margins, grid, styles, page numbers."""

import shutil
import subprocess
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Length

from huiyin.documents.official import CHARACTERS, LINES, Official, numeral


def paper():
    made = Official("清源街道报告会复盘报告")
    made.heading("会议概况")
    made.second_heading("（一）到会")
    made.paragraph("会议在活动中心召开。\n到会三十人。")
    made.table(["清单", "件"], [["平安建设", 3], ["城市管理", 4]])
    made.heading("下一步")
    made.signed("清源街道", "2026年11月28日")
    return made.as_bytes()


@pytest.fixture(scope="module")
def read():
    return Document(BytesIO(paper()))


def test_the_page_is_a4_with_the_margins_of_the_standard(read):
    page = read.sections[0]
    sides = (
        page.page_width,
        page.page_height,
        page.top_margin,
        page.left_margin,
        page.right_margin,
        page.bottom_margin,
    )
    assert [round(side.mm) for side in sides] == [210, 297, 37, 28, 26, 35]


def test_twenty_two_lines_of_twenty_eight_characters_fit_and_no_more(read):
    page = read.sections[0]
    grid = page._sectPr.find(qn("w:docGrid"))
    line = int(grid.get(qn("w:linePitch")))
    space = int(read.styles["Normal"].element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    high = Length(page.page_height - page.top_margin - page.bottom_margin).pt
    wide = Length(page.page_width - page.left_margin - page.right_margin).pt
    body = read.styles["Normal"].font.size.pt
    assert grid.get(qn("w:type")) == "lines"
    assert (int(high // (line / 20)), int(wide // (body + space / 20))) == (LINES, CHARACTERS)


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Normal", "仿宋", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体", 16),
        ("Footer", "宋体", 14),
    ],
)
def test_each_part_has_its_font_and_size_in_every_script(read, style, font, points):
    found = read.styles[style]
    scripts = {value for name, value in found.element.rPr.rFonts.attrib.items()}
    assert (scripts, found.font.size.pt) == ({font}, points)


def test_a_line_is_exactly_as_high_as_the_grid(read):
    assert round(read.styles["Normal"].paragraph_format.line_spacing.pt, 2) == 28.95


def test_headings_number_themselves_and_the_text_stands_in_order(read):
    told = [line.text for line in read.paragraphs if line.text]
    assert told == [
        "清源街道报告会复盘报告", "一、会议概况", "（一）到会", "会议在活动中心召开。", "到会三十人。", "二、下一步", "清源街道", "2026年11月28日",
    ]  # fmt: skip
    assert [[cell.text for cell in row.cells] for row in read.tables[0].rows] == [
        ["清单", "件"], ["平安建设", "3"], ["城市管理", "4"],
    ]  # fmt: skip


def test_page_numbers_stand_between_dashes_right_on_odd_and_left_on_even_pages(read):
    page = read.sections[0]
    sides = [
        (foot.paragraphs[0].text, foot.paragraphs[0].alignment.name) for foot in (page.footer, page.even_page_footer)
    ]
    assert sides == [("—  —", "RIGHT"), ("—  —", "LEFT")]
    assert read.settings.odd_and_even_pages_header_footer is True


@pytest.mark.parametrize(
    ("number", "said"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_numerals(number, said):
    assert numeral(number) == said


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not here: the PDF was not drawn")
def test_an_office_suite_draws_it(tmp_path):
    (tmp_path / "paper.docx").write_bytes(paper())
    subprocess.run(
        [
            shutil.which("soffice"),
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "paper.docx"),
        ],
        check=True,
    )
    assert (tmp_path / "paper.pdf").read_bytes()[:4] == b"%PDF"


def test_signs_that_no_paper_holds_are_left_out():
    """Somebody's keyboard or scanner puts them into a question: the paper must still be written."""
    made = Official("复\x08盘")
    made.heading("会\x01议")
    made.second_heading("（一）\x02")
    made.paragraph("路灯\x08坏\ufffe了")
    made.table(["清\x03单"], [["城\x04市"]])
    made.signed("清\x05源")
    read = Document(BytesIO(made.as_bytes()))
    assert [line.text for line in read.paragraphs] == ["复盘", "一、会议", "（一）", "路灯坏了", "", "清源"]
    assert [cell.text for cell in read.tables[0].column_cells(0)] == ["清单", "城市"]
