"""How deep a line stands: headings, 一、 (一) 1. (1) and bullets, as minutes and reports number them."""

from __future__ import annotations

import re
from typing import NamedTuple

HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
TITLE, BODY = 6, 99
"""Ranks: 1 to 6 a marked heading (#), 6 a line that looks like one, 7 to 11 a numbered one, 99 running text."""

_HEADING = re.compile(r"(#{1,6})\s*")
_NUMBERED = (
    (7, re.compile(rf"{HAN_NUMBER}[、.．]\s*|第{HAN_NUMBER}(?:部分|[章节项])?[、，,：: ]\s*")),
    (8, re.compile(rf"[（(]{HAN_NUMBER}[)）]\s*、?")),
    (9, re.compile(r"\d{1,2}(?:[.．]\s*(?!\d)|、)|[①-⑳]\s*")),
    (10, re.compile(r"[（(]?\d{1,2}[)）]\s*、?")),
    (11, re.compile(r"[●•■◆▪○※►▶·*\-–—]\s+")),
)
_IN_DIGITS = (9, 10)


class Marked(NamedTuple):
    """A line without its mark; `sure` that the mark is one and not the rest of a broken number."""

    rank: int
    text: str
    sure: bool


def marked(line: str) -> Marked:
    """The rank that a line's opening mark gives it; BODY without one."""
    heading = _HEADING.match(line)
    if heading:
        return Marked(len(heading[1]), _unnumbered(line[heading.end() :]).text, sure=True)
    return _unnumbered(line)


def _unnumbered(line: str) -> Marked:
    for rank, pattern in _NUMBERED:
        match = pattern.match(line)
        if match and match.end() < len(line):
            return Marked(rank, line[match.end() :], sure=rank not in _IN_DIGITS)
    return Marked(BODY, line, sure=False)
