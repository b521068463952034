"""Phrases that put a resident off: 高度重视, 正在研究, 请咨询相关部门, unless the reply says what they leave out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from huiyin.language import tables

if TYPE_CHECKING:
    from collections.abc import Container, Iterator


class BrushOff(NamedTuple):
    """Where a phrase stands, and its code in `tables/reply_warnings.csv`."""

    start: int
    end: int
    code: str


def find_brush_offs(reply: str, told: Container[str]) -> Iterator[BrushOff]:
    """Brush-offs by code; `told` are the facts (action, date, contact) that the reply gives and that clear a phrase."""
    for pattern, code, cleared_by in _patterns():
        if cleared_by not in told:
            yield from (BrushOff(*match.span(), code) for match in pattern.finditer(reply))


@cache
def _patterns() -> list[tuple[re.Pattern[str], str, str]]:
    return [(re.compile(row["pattern"]), row["code"], row["cleared_by"]) for row in tables.rows("brush_offs")]
