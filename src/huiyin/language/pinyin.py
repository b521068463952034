"""Pinyin initials of place names: qyxq finds 清源小区."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

from huiyin.language.folded import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|[a-z0-9]+")
_TYPED = re.compile("[a-z0-9]{2,}")
_MOST = 16
_LONGEST = 64
# Names of places do not follow the dictionary's phrases: 朝阳里 may be read either way, so both are found.
_READ_TWICE = {
    char: letters
    for letters, chars in {
        "cz": "长朝重曾藏传种查",
        "hx": "行巷浒",
        "ly": "乐",
        "sx": "厦宿莘省",
        "cs": "盛沈参刹",
        "ds": "单石",
        "wy": "尉蔚",
        "fp": "番逢",
        "cj": "车",
        "hk": "会",
        "jx": "解降校系",
        "bp": "堡泊埔陂",
        "dt": "调弹提",
        "ln": "弄",
        "sz": "栅峙氏",
        "xw": "圩",
        "jg": "贾",
    }.items()
    for char in chars
}


@lru_cache(maxsize=4096)  # of the same few names, whatever is typed
def initials(name: str) -> tuple[str, ...]:
    """The letters by which somebody may type a name, the likeliest first, at most 16: 朝阳里 → zyl, cyl.

    Latin letters and digits stay, in lower case; everything else is passed over, and what follows 64 characters.
    """
    letters = [letters for run in _RUN.findall(_plain(name)) for letters in _letters(run)]
    return tuple("".join(chosen) for chosen in islice(product(*letters), _MOST)) if letters else ()


def matches(query: str, name: str) -> bool:
    """Whether two or more typed letters or digits stand in a row among the initials of a name."""
    typed = _plain(query).replace(" ", "")
    return _TYPED.fullmatch(typed) is not None and any(typed in written for written in initials(name))


def _letters(run: str) -> Iterator[str]:
    """The initials that each character may have."""
    if run.isascii():
        yield from run
        return
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - its dictionaries are large; most processes need none

    read = lazy_pinyin(run, style=Style.FIRST_LETTER, errors=list)  # type: ignore[arg-type]  # lists are taken too
    for char, letter in zip(run, read, strict=True):
        likely = letter[:1] if letter.isascii() else ""
        yield likely + _READ_TWICE.get(char, "").replace(likely, "") if likely else ""


def _plain(text: str) -> str:
    return folded(text[:_LONGEST])
