import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.language.test_docx import docx, paragraph

from huiyin.language.documents import text_of

TEXT = "区长强调，要抓好供暖准备。\r\n\t“关键小事”"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_text_of_every_encoding(encoding):
    assert text_of(TEXT.encode(encoding)) == TEXT


def test_word_document_is_known_by_its_content():
    assert text_of(docx(paragraph("好。"))) == "好。"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7", "This is a PDF: open it, copy its text into a .txt file or save it as .docx."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an old Word or Excel file: save it as .docx."),
        (b"{\\rtf1", "This is an RTF file: save it as .docx."),
        (b"\x89PNG\r\n", "This is a picture: its text must be recognised first."),
        (b"a\x00b", "This is no text: give a .txt or .docx file."),
        (b"\xff\xfe\x00", "The characters of this file cannot be read: save it as UTF-8 text or as .docx."),
        (b"\x81", "The characters of this file cannot be read: save it as UTF-8 text or as .docx."),
    ],
)
def test_other_files_say_what_to_do(data, sentence):
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole sentence is compared
        text_of(data)

    assert str(refused.value) == sentence


@given(st.binary())
def test_any_bytes_are_text_or_refused_in_a_sentence(data):
    try:
        text_of(data)
    except ValueError as error:
        assert str(error).endswith(".")  # noqa: PT017 - either is right
