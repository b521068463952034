"""Paragraphs of a text whose lines are broken by columns, pages or the width of a screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from huiyin.language.labels import LABEL
from huiyin.language.outline import BODY, TITLE, marked
from huiyin.language.segment import words
from huiyin.language.units import is_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Paragraph(NamedTuple):
    """One paragraph without its number; `rank` as in `outline`; a heading stands alone and says no sentence."""

    text: str
    rank: int
    heading: bool


_ITEM = BODY - 1
_ENDED = re.compile(r"[。！？!?：:…][”’」』）)】]*$")
_RUNNING = re.compile(r"[，,。；;]")
_NO_TITLE = re.compile("但|并|而|和|与|及|等|的|了|还|也|会上|会议(?:还|由|以)")
_SPACES = r"[ \t\u3000\xa0]+"
_WIDE = r"[^\x00-\x7f]"
_SPACED = re.compile(rf"(?<={_WIDE}){_SPACES}(?={_WIDE})")
_SPREAD = re.compile(rf"^(?:{_WIDE}{_SPACES}){{1,4}}{_WIDE}(?=[：:])")
_FURNITURE = re.compile(
    r"[-—–·\s]*(?:第\s*)?\d{1,4}\s*页?(?:\s*[/／共]+\s*\d{1,4}\s*页?)?[-—–·\s]*"
    r"|\d{4}年\d{1,2}月\d{1,2}日\s*星期[一二三四五六日天].{0,12}"
    r"|(?:本报)?(?:见习|特约)?(?:记者|通讯员)[^，,。：:]{0,30}|[文图摄][/／].{0,20}"
    r"|(?:责任编辑|责编|版式|校对|美编).{0,30}|第?\s*\d{1,2}\s*版.{0,8}"
)
_LONGEST_TITLE = 40
_REACH = 6


def mend(text: str) -> list[Paragraph]:
    """Join what was broken inside a sentence; headings, numbered and labelled lines begin anew. Page numbers go.

    A line goes on where it ends in no full stop and is running text: it has a comma, or is as wide as the column.
    """
    lines = [line for line in map(_cleaned, text.splitlines()) if line and not _FURNITURE.fullmatch(line)]
    return [paragraph.closed() for paragraph in _gathered(lines, _full_width(lines))]


def _cleaned(line: str) -> str:
    """Without outer spaces, the spaces of a spread label (主 持 人：) and those that recognition puts everywhere."""
    line = line.replace("**", "").strip()
    line = _SPREAD.sub(lambda label: "".join(label.group().split()), line)
    spaces = _SPACED.findall(line)
    return _SPACED.sub("", line) if len(spaces) > max(1, len(line) / 4) else line


def _full_width(lines: Sequence[str]) -> float:
    """From how many characters on a line is full, where the whole text is broken at one width of at most 60, else 0."""
    if len(lines) < 6:  # noqa: PLR2004 - too few to tell
        return 0
    widest = sorted(map(len, lines))[int(0.9 * len(lines))]
    full = sum(len(line) >= 0.75 * widest for line in lines)
    broken = sum(not _ENDED.search(line) for line in lines)
    return 0.75 * widest if widest <= 60 and min(full, broken) > len(lines) / 2 else 0  # noqa: PLR2004 - see above


@dataclass(slots=True)
class _Gathering:
    """A paragraph while its lines are found; `broken` while it has no end."""

    lines: list[str]
    rank: int
    broken: bool

    def goes_on(self, line: str, full: float) -> bool:
        """Whether a line belongs to it."""
        mark = marked(line)
        if self.rank == TITLE and mark.rank == BODY and _cut_in_two(self.lines[-1], line):
            self.rank, self.broken = BODY, True
        if not self.broken:
            return False
        if mark.rank < BODY:
            return not (mark.sure or self.lines[-1].endswith(("；", ";")))
        if full and len(self.lines[-1]) >= full:
            return True
        return not (LABEL.match(line) or is_unit(line))

    def take(self, line: str) -> None:
        self.lines.append(line)
        self.broken = not _ENDED.search(line)

    def lists(self) -> bool:
        """Whether bare lines after it are items."""
        return not self.broken and (self.rank == _ITEM or self.lines[-1].endswith(("：", ":")))

    def closed(self) -> Paragraph:
        text = "".join(self.lines)
        short = len(text) <= _LONGEST_TITLE and not _RUNNING.search(text) and not _ENDED.search(text)
        return Paragraph(text, self.rank, self.rank <= TITLE or (self.rank < _ITEM and short))


def _gathered(lines: Sequence[str], full: float) -> Iterator[_Gathering]:
    last: _Gathering | None = None
    for line in lines:
        if last and last.goes_on(line, full):
            last.take(line)
            continue
        if last:
            yield last
        last = _begun(line, full, listed=last is not None and last.lists())
    if last:
        yield last


def _begun(line: str, full: float, *, listed: bool) -> _Gathering:
    """A bare line without an end is an item after a colon and beside other items, else a heading."""
    mark = marked(line)
    ended = _ENDED.search(mark.text) is not None
    running = _RUNNING.search(mark.text) or _NO_TITLE.match(mark.text) or len(mark.text) >= (full or _LONGEST_TITLE)
    bare = mark.rank == BODY and not (ended or running or LABEL.match(mark.text))
    rank = (_ITEM if listed else TITLE) if bare else mark.rank
    return _Gathering([mark.text], rank, broken=bool(running) and not ended)


def _cut_in_two(before: str, after: str) -> bool:
    """Whether one word stands across the break: then the line above is no heading."""
    before, at = before[-_REACH:], 0
    for word in words(before + after[:_REACH]):
        at += len(word)
        if at >= len(before):
            return at > len(before)
    return False
