"""The text of a Word document: its headings marked by #, lists by -, tables as labelled lines."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n"}
_SKIPPED = (_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}instrText")
_HEADING = re.compile(r"(?:heading|标题) ?([1-6])$", re.IGNORECASE)
_TITLES = ("title", "标题")
_LARGEST = 64 * 1024**2


def text_of(data: bytes) -> str:
    """Paragraphs of the body, one a line with an empty line between, as a reader sees them: deletions left out.

    A table row becomes one line a cell, `head：cell`, by the first row. ValueError for what is no Word document.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            body = _part(archive, "word/document.xml").find(f"{_W}body")
            styles = _styles(archive)
    except (BadZipFile, KeyError, ET.ParseError, NotImplementedError, RuntimeError, EOFError) as error:
        raise ValueError("This is no readable Word document.") from error
    blocks = () if body is None else _blocks(body, styles)
    return "\n\n".join(block for block in blocks if block.strip())


def _part(archive: ZipFile, name: str) -> Element:
    """One XML part, unpacked no further than is sane. Word writes no DTD: none is read."""
    with archive.open(name) as part:
        xml = part.read(_LARGEST + 1)
    if len(xml) > _LARGEST or b"<!DOCTYPE" in xml[:1024]:
        raise ValueError("This Word document is too large, or no document.")
    return ET.fromstring(xml)  # noqa: S314 - no DTD, so no entities to expand


def _styles(archive: ZipFile) -> dict[str, int]:
    """The heading level of each paragraph style that has one."""
    if "word/styles.xml" not in archive.namelist():
        return {}
    levels: dict[str, int] = {}
    for style in _part(archive, "word/styles.xml").iter(f"{_W}style"):
        name, identity = style.find(f"{_W}name"), style.get(f"{_W}styleId")
        said = "" if name is None else name.get(f"{_W}val", "")
        heading = _HEADING.match(said)
        if identity and heading:
            levels[identity] = int(heading[1])
        elif identity and said.lower() in _TITLES:
            levels[identity] = 1
    return levels


def _blocks(body: Element, styles: dict[str, int]) -> Iterator[str]:
    for child in body:
        if child.tag == f"{_W}p":
            yield _paragraph(child, styles)
        elif child.tag == f"{_W}tbl":
            yield from _table(child)
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"}:
            yield from _blocks(child, styles)


def _paragraph(paragraph: Element, styles: dict[str, int]) -> str:
    text = _text(paragraph).strip()
    level = _level(paragraph, styles)
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    mark = "#" * level or ("-" if listed else "")  # Word draws the numbers itself: they are not in the text
    return f"{mark} {text}" if mark and text else text


def _level(paragraph: Element, styles: dict[str, int]) -> int:
    """By its style, else by the outline level of the paragraph itself; 0 for running text."""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    outline = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
    by_style = 0 if style is None else styles.get(style.get(f"{_W}val", ""), 0)
    written = "" if outline is None else outline.get(f"{_W}val", "")
    return by_style or (int(written) + 1 if written in {"0", "1", "2", "3", "4", "5"} else 0)


def _text(element: Element) -> str:
    parts: list[str] = []
    waiting = [element]
    while waiting:
        node = waiting.pop()
        if node.tag in _SKIPPED:
            continue
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        parts.append(_BREAKS.get(node.tag, ""))
        waiting.extend(reversed(node))
    return "".join(parts)


def _table(table: Element) -> Iterator[str]:
    rows = [[_cell(cell) for cell in row.iterfind(f"{_W}tc")] for row in table.iterfind(f"{_W}tr")]
    if not rows:
        return
    heads = [head.rstrip("。") for head in rows[0]]
    for row in rows[1:]:
        yield "\n".join(f"{head}：{cell}" for head, cell in zip(heads, row, strict=False) if cell)


def _cell(cell: Element) -> str:
    """Paragraphs of a cell as items of one sentence."""
    lines = (_text(paragraph).strip("；;。 \n") for paragraph in cell.iterfind(f"{_W}p"))
    text = "；".join(line for line in lines if line)
    return f"{text}。" if text else ""
