"""Phones, identity cards, bank cards and accounts among the digit groups of a text, whatever their width or script."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HAN = dict(zip("零〇○一幺壹二贰两三叁四肆五伍六陆七柒八捌九玖", "000111222" + "33445566778899", strict=True))
_ENCLOSED = {  # ① ⑴ ⒈ ⓪ ⓵ ❶ ➀ ㈠ ㊀
    char: str(int(number))
    for block in ((0x2460, 0x249C), (0x24EA, 0x2500), (0x2776, 0x2794), (0x3220, 0x3229), (0x3280, 0x3289))
    for char in map(chr, range(*block))
    if (number := unicodedata.numeric(char, 10)) < 10  # noqa: PLR2004 - one digit
}
_VALUES = _HAN | _ENCLOSED
NUMERALS = "".join(_VALUES)
GAP = r" \t\u00a0\u2000-\u200d\u3000\ufeff\ufe0f\u20e3\-‐‑–—―－_.．·•()（）/"
_LISTED = ",，、~～|…"
_LONGEST = 19
_SHORTEST = 5
# The first branch is a number masked before: it ends every number beside it, so that masking twice changes nothing.
_GROUP = re.compile(
    rf"(?<!\d)\d{{1,4}}(?:\*{{3,}}+[\dXx]{{1,4}}(?!\d))+|\d++|[{''.join(_HAN)}]++|[{''.join(_ENCLOSED)}]++"
)
_GAP = re.compile(rf"[{GAP}]?[{_LISTED}][{GAP}]?(?![{GAP}])|[{GAP}]{{0,3}}+")
_SPACINGS = {
    (3, 4, 4),
    (4, 4, 4),
    (4, 3, 4),
    (4, 4, 3),
    (3, 8),
    (3, 3, 5),
    (5, 6),
    (7, 4),
    (3, 7),
    (4, 7),
    (4, 8),
    (3, 3, 4),
}
_CHECK_X = re.compile(r"[XxＸｘ](?![A-Za-z\d])")
_LETTER = re.compile(r"[A-Za-z]")
_CARD = re.compile(r"(?:62|[345]|9)\d{14,18}")
_IDENTITY = re.compile(r"[1-8]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]")
_OLD_IDENTITY = r"[1-8]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
_FORM = re.compile(
    rf"(?P<id_card>{_IDENTITY.pattern}|{_OLD_IDENTITY})"
    r"|(?P<phone>(?:00)?(?:86)?1[3-9]\d{9}|01[3-9]\d{9})|(?P<landline>(?:010|02\d|0[3-9]\d{2})[2-9]\d{6,7})"
)
_LABEL_REACH = 14
_SAID = r"(?:[号群]{0,2}码?|[Ii][Dd])?[：:是为 \u3000“\"(（]{0,3}\Z"
# Digits that are personal only where the text calls them so: what it calls them, what they look like, their kind.
_CALLED = (
    (re.compile(rf"(?:电话|座机|固话|致电|拨打){_SAID}"), re.compile(r"[2-8]\d{6,7}"), "landline"),
    (re.compile(rf"(?:[Qq]{{2}}|[扣球]{{2}}|企鹅|(?<![A-Za-z])[Qq](?=号)){_SAID}"), re.compile(r"[1-9]\d{4,10}"), "qq"),
    (re.compile(rf"(?:微信|薇信|[Vv]信|(?<![A-Za-z])(?:[VvWw][Xx])){_SAID}"), re.compile(r"[1-9]\d{5,10}"), "wechat"),
)


class Found(NamedTuple):
    """One number: where it stands, its kind, its digits in ASCII."""

    start: int
    end: int
    kind: str
    digits: str


class _Group(NamedTuple):
    start: int
    end: int
    digits: str
    gap: str | None  # what stands between this group and the next; None ends the number


def digits_of(text: str) -> str:
    """The digits of a text as ASCII, Chinese numerals and circled digits included, everything else dropped."""
    return "".join(_VALUES.get(char) or str(unicodedata.decimal(char, "")) for char in text)


def is_identity(number: str) -> bool:
    """Whether 18 characters are a resident identity number by GB 11643 (date and check character)."""
    if not _IDENTITY.fullmatch(number):
        return False
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17]


def is_card(number: str) -> bool:
    """Whether 16 to 19 digits pass the Luhn check of bank cards."""
    if not _CARD.fullmatch(number):
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def find(text: str) -> Iterator[Found]:
    """Numbers from left to right, never overlapping; at one place the longest reading wins."""
    groups = list(_groups(text))
    at = 0
    while at < len(groups):
        found, used = _longest(text, groups, at)
        if found:
            yield found
        at += used


def _groups(text: str) -> Iterator[_Group]:
    for match in _GROUP.finditer(text):
        start, end = match.span()
        group = match.group()
        if "*" in group:
            yield _Group(start, end, "", None)
            continue
        gap = _GAP.match(text, end)
        after = gap.end() if gap else end
        joined = text[after : after + 1]
        digits = group if group.isascii() else digits_of(group)
        yield _Group(start, end, digits, text[end:after] if joined.isdecimal() or joined in _VALUES else None)


def _longest(text: str, groups: Sequence[_Group], first: int) -> tuple[Found | None, int]:
    """The longest number that starts with group `first`, and how many groups to step on."""
    digits, sizes, gaps = "", list[int](), set[str]()
    found, used = None, 1
    for group in groups[first : first + _LONGEST]:
        digits += group.digits
        sizes.append(len(group.digits))
        if not group.digits or len(digits) > _LONGEST:
            break
        if len(digits) >= _SHORTEST and _belongs(sizes, gaps):
            here = _read(text, groups[first].start, group.end, digits)
            found, used = (here, len(sizes)) if here else (found, used)
        if group.gap is None:
            break
        gaps.add(group.gap)
    return found, used


def _belongs(sizes: Sequence[int], gaps: set[str]) -> bool:
    """Whether groups are one number: digit by digit, in a customary spacing, or spaced in one way that is no list."""
    if tuple(sizes) in _SPACINGS or len(sizes) == sum(sizes):
        return True
    return len(gaps) < 2 and not any(char in _LISTED for gap in gaps for char in gap)  # noqa: PLR2004 - one way


def _read(text: str, start: int, end: int, digits: str) -> Found | None:
    if len(digits) == 17 and _CHECK_X.match(text, end) and is_identity(digits + "X"):  # noqa: PLR2004
        return Found(start, end + 1, "id_card", digits + "X")
    kind = _kind(digits) or _told(text, start, digits) or _card(text, start, end, digits)
    return Found(start, end, kind, digits) if kind else None


def _kind(digits: str) -> str | None:
    match = _FORM.fullmatch(digits)
    if match is None or (len(digits) == 18 and not is_identity(digits)):  # noqa: PLR2004 - with a check digit
        return None
    return match.lastgroup


def _card(text: str, start: int, end: int, digits: str) -> str | None:
    """A company's code (91…X) has letters beside its digits, a bank card has none."""
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return "bank_card" if is_card(digits) and not _LETTER.search(beside) else None


def _told(text: str, start: int, digits: str) -> str | None:
    """What the text calls the digits that start here, where they look like it."""
    before = text[max(0, start - _LABEL_REACH) : start]
    return next((kind for label, form, kind in _CALLED if form.fullmatch(digits) and label.search(before)), None)
