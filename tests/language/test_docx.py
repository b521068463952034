import io
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.language.docx import text_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/></w:style>
</w:styles>"""


def docx(body, styles=STYLES):
    """A Word document as small as can be."""
    data = io.BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W} {MC}><w:body>{body}</w:body></w:document>")
        if styles:
            archive.writestr("word/styles.xml", styles)
    return data.getvalue()


def paragraph(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(*rows):
    cells = ("".join(f"<w:tc>{''.join(map(paragraph, cell.split('|')))}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_headings_are_marked_by_style_or_outline_level():
    body = (
        paragraph("点评会", '<w:pStyle w:val="a3"/>')
        + paragraph("一、点评", '<w:pStyle w:val="1"/>')
        + paragraph("清源街道", '<w:outlineLvl w:val="1"/>')
        + paragraph("成绩突出。", '<w:pStyle w:val="a"/>')
    )

    assert text_of(docx(body)) == "# 点评会\n\n# 一、点评\n\n## 清源街道\n\n成绩突出。"


def test_lists_are_marked_as_word_keeps_their_numbers_to_itself():
    assert text_of(docx(paragraph("加强值守", "<w:numPr/>") + paragraph("完"))) == "- 加强值守\n\n完"


def test_document_without_styles_is_read():
    assert text_of(docx(paragraph("好。", '<w:pStyle w:val="1"/>'), styles="")) == "好。"


def test_runs_join_and_breaks_stay():
    body = "<w:p><w:r><w:t>新增</w:t></w:r><w:r><w:t>车位</w:t><w:br/><w:t>40</w:t><w:tab/><w:t>个</w:t></w:r></w:p>"

    assert text_of(docx(body)) == "新增车位\n40 个"


def test_deleted_and_doubled_text_is_left_out_and_inserted_text_is_read():
    body = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        "<mc:AlternateContent><mc:Choice><w:r><w:t>图</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>图</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
        f"<w:sdt><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"
    )

    assert text_of(docx(body)) == "新图\n\n控件"


def test_table_rows_are_labelled_by_the_first():
    body = table(["单位", "成绩", "不足"], ["清源街道", "建食堂。|修路。", "停车"], ["东里街道", "", "噪声"])

    assert (
        text_of(docx(body)) == "单位：清源街道。\n成绩：建食堂；修路。\n不足：停车。\n\n单位：东里街道。\n不足：噪声。"
    )


def test_table_of_one_row_has_nothing_under_its_heads():
    assert text_of(docx(table(["单位", "成绩"]) + "<w:tbl/>" + paragraph("完。"))) == "完。"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04 torn",
        docx("<w:p>"),
        docx("")[:-30],
        docx("").replace(b"document.xml", b"dokument.xml"),
    ],
)
def test_what_is_no_document_is_said(data):
    with pytest.raises(ValueError, match="no readable Word document"):
        text_of(data)


def test_document_type_is_refused():
    data = io.BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", f'<!DOCTYPE w [<!ENTITY a "b">]><w:document {W}/>')

    with pytest.raises(ValueError, match="too large, or no document"):
        text_of(data.getvalue())


def test_document_without_a_body_is_empty():
    data = io.BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}/>")

    assert text_of(data.getvalue()) == ""


@given(st.integers(0, 600), st.binary(max_size=4))
def test_damaged_document_is_read_or_refused(at, damage):
    data = docx(paragraph("好。"))
    try:
        text_of(data[:at] + damage + data[at + len(damage) :])
    except ValueError as error:
        assert "document" in str(error)  # noqa: PT017 - either is right
