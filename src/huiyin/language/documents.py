"""The text of a file that an office has: plain text in any common encoding, or a Word document."""

from __future__ import annotations

import codecs

from huiyin.language import docx

_KINDS = {
    b"%PDF": "This is a PDF: open it, copy its text into a .txt file or save it as .docx.",
    b"\xd0\xcf\x11\xe0": "This is an old Word or Excel file: save it as .docx.",
    b"{\\rtf": "This is an RTF file: save it as .docx.",
    b"\x89PNG": "This is a picture: its text must be recognised first.",
    b"\xff\xd8\xff": "This is a picture: its text must be recognised first.",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROLS = dict.fromkeys([*range(9), *range(14, 32)])


def text_of(data: bytes) -> str:
    """Read a file's content by what it is, not by its name: .docx, or text in UTF-8, UTF-16 with mark, GBK, GB18030.

    ValueError with a sentence that says what to do, for anything else.
    """
    kind = next((advice for start, advice in _KINDS.items() if data.startswith(start)), None)
    if kind:
        raise ValueError(kind)
    if data.startswith(b"PK\x03\x04"):
        return docx.text_of(data)
    text = _decoded(data)
    if text.translate(_CONTROLS) != text:
        raise ValueError("This is no text: give a .txt or .docx file.")
    return text


def _decoded(data: bytes) -> str:
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("The characters of this file cannot be read: save it as UTF-8 text or as .docx.")
