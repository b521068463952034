"""The paper opened and measured; drawn by an office suite, its lines and characters are counted."""

import re
import shutil
import subprocess
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from lxml import etree
from tests.bulletins.desk import drafted, issued, lines, read, saved
from tests.review import november

from huiyin.bulletins import charts, filling
from huiyin.bulletins.choices import Kind

pytestmark = pytest.mark.django_db
MONTH = "assess:2025-11"
MM = 72 / 25.4
HAN = "为民办实事求真务实每一件诉求都有回音有着落有评价"
suite = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice or poppler is not here"
)


@pytest.fixture(autouse=True)
def _cases():
    november.load()


@pytest.fixture
def monthly():
    return drafted(Kind.MONTHLY, MONTH)


@pytest.mark.parametrize(
    ("kind", "period"), [(Kind.MONTHLY, MONTH), (Kind.WEEKLY, "2025-W45"), (Kind.DAILY, "day:2025-11-07")]
)
def test_the_page_has_margins_grid_fonts_and_numbers_of_the_standard(kind, period):
    paper = read(filling.document(drafted(kind, period), None))
    page = paper.sections[0]
    sides = (page.top_margin, page.left_margin, page.bottom_margin, page.right_margin)
    grid = page._sectPr.find(qn("w:docGrid"))
    body = paper.styles["Normal"]
    assert [round(side.mm) for side in (page.page_width, page.page_height, *sides)] == [210, 297, 37, 28, 35, 26]
    assert (grid.get(qn("w:linePitch")), body.font.size.pt, body.font.name) == ("579", 16, "仿宋")
    assert [foot.paragraphs[0].text for foot in (page.footer, page.even_page_footer)] == ["—  —", "—  —"]


def test_the_text_stands_in_it_in_order_with_its_marks_raised(monthly):
    body = filling.document(monthly, None)
    told = lines(body)
    heads = [one for one in told if re.match("[一二三四五六]、", one)]
    assert heads == ["一、总体情况", "二、诉求分布", "三、应急敏感类诉求", "四、办理时效与重复诉求", "五、各单位情况"]
    assert (told[0], told[1], told[3]) == ("沐河区接诉即办通报", "通报（未编号，草稿）", monthly.title)
    raised = [run.text for line in read(body).paragraphs for run in line.runs if run.font.superscript]
    assert raised[:3] == ["[1]", "[2]", "[3]"]


def test_the_appendix_says_of_every_number_where_it_comes_from(monthly):
    units, numbers = read(filling.document(monthly, None)).tables
    first = [cell.text for cell in numbers.rows[1].cells]
    assert first[:5] == ["1", "16", "受理量", "全区", "16"]
    assert len(numbers.rows) == len(monthly.numbers) + 1
    assert len(units.rows) == len(monthly.counted["units"]) + 1


def test_charts_are_native_and_can_be_edited(monthly):
    with ZipFile(BytesIO(filling.document(monthly, None))) as pack:
        names = pack.namelist()
        drawn = [name for name in names if re.fullmatch(r"word/charts/chart\d\.xml", name)]
        points = etree.fromstring(pack.read(drawn[-1])).iterfind(".//{*}val//{*}v")
        assert [float(one.text) for one in points] == list(charts.bars("units", monthly.counted).values)
    assert (
        len(drawn)
        == sum("embeddings" in name for name in names)
        == len([key for key in ("matters", "units") if charts.bars(key, monthly.counted)])
    )


def test_what_people_type_is_text_and_nothing_else(monthly):
    saved(monthly, next="严禁<w:br/>{{ score }} & {% for a in b %}")
    assert "严禁<w:br/>{{ score }} & {% for a in b %}" in lines(filling.document(monthly, None))


def drawn(body, folder):
    """Page by page: the words with their places in points."""
    (folder / "paper.docx").write_bytes(body)
    place = f"-env:UserInstallation=file://{folder}/suite"
    command = [shutil.which("soffice"), "--headless", place, "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "paper.docx")], check=True, capture_output=True)
    told = subprocess.run(
        [shutil.which("pdftotext"), "-bbox", str(folder / "paper.pdf"), "-"], check=True, capture_output=True, text=True
    )
    return etree.HTML(re.sub(r"<!DOCTYPE[^>]*>", "", told.stdout).encode(), etree.HTMLParser(encoding="utf-8")).iter(
        "page"
    )


def rows(page):
    """Lines from the top: first and last place, and how many characters."""
    found = {}
    for word in page.iter("word"):
        found.setdefault(round(float(word.get("ymin"))), []).append(word)
    return [
        (min(float(w.get("xmin")) for w in row), max(float(w.get("xmax")) for w in row), sum(len(w.text) for w in row))
        for _top, row in sorted(found.items())
    ]


@suite
def test_an_office_suite_draws_twenty_two_lines_of_twenty_eight_characters(monthly, tmp_path):
    saved(monthly, summary=HAN * 70, matters="", sensitive="", late="", units="")
    pages = list(drawn(filling.document(issued(monthly), None), tmp_path))
    full = rows(pages[1])
    assert [round(float(pages[1].get(side)) / MM) for side in ("width", "height")] == [210, 297]
    assert ([characters for *_x, characters in full[:-1]], full[-1][2]) == ([28] * 22, 3)
    left, right = min(first for first, *_x in full[:-1]) / MM, max(last for _x, last, _n in full[:-1]) / MM
    assert (abs(left - 28) <= 1, abs(210 - 26 - right) <= 1) == (True, True)
    top = min(float(word.get("ymin")) for word in pages[1].iter("word")) / MM
    assert 37 <= top <= 40


@suite
def test_an_office_suite_draws_the_whole_bulletin(monthly, tmp_path):
    pages = list(drawn(filling.document(issued(monthly), None), tmp_path))
    text = ["".join(word.text for word in page.iter("word")) for page in pages]
    assert "沐河区接诉即办通报" in text[0]
    assert any("附件2数字出处" in one.replace("　", "") for one in text)
    assert any("各单位综合成绩" in one for one in text)
