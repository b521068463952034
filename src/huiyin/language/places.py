"""Names of places in running text: estates, roads, schools, villages, stations, lines, companies.

A name is an ending of `tables/places.csv` (小区, 路, 幼儿园) with the words before it, as far as those are not what
anybody says of any place (附近, 投诉, 我们). Names without such an ending are left to `fingerprints`, which weighs how
rare their characters are.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from huiyin.language import background, matters, segment, tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Place(NamedTuple):
    """A named place: character positions in the text, the name without its area, and its kind."""

    start: int
    end: int
    name: str
    kind: str

    @property
    def core(self) -> str:
        """What tells this place from others of its kind: 丽发 of 丽发新城小区."""
        core = self.name
        while (ending := _ending(core)) and len(core) - len(ending) > 1:
            core = core[: -len(ending)]
        return core


class Words(NamedTuple):
    """The words of a text and where each starts."""

    texts: list[str]
    starts: list[int]


AREA = re.compile(r"(?<![a-z\d])(?:[a-z]\d{0,2}[市区县])+[市区县]?|西地省")
"""Areas under a pseudonym (A3区), as published requests have them."""

NUMBERED = re.compile(
    r"(?=[\d地a-z])(?:"  # one quick look before the rest is tried
    r"(?P<line>地铁\d{1,2}号线|(?<!\d)\d{1,2}号线|(?<![a-z\d])[a-z]?\d{1,4}路(?=公交|车|线)|(?<=公交)[a-z]?\d{1,4}路?)"
    r"|(?P<highway>(?<![a-z\d])[gsx]\d{3,4}|\d{3}[国省县]道)"
    r"|(?P<section>\d{1,2}期|\d{1,2}组)"
    r"|(?P<building>\d{1,3}(?:栋|幢|号楼)))"
)
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
_LONGEST = 9
_COMMON = 5.2  # rarity below which a word is nobody's name: more than one request in two hundred has it
_NAMING = frozenset(
    re.findall("..", "人民解放建设劳动中心实验东风和平胜利文化中山开放阳光时代第一第二第三国际青年团结幸福新华")
)
"""Common words that are names all the same right before an ending: 人民路, 实验小学."""
_NEVER = frozenset(
    "给离靠旁近用的了在和与是有到把被让向从对为由及或而但就也都又将等于里内外上下旁边前后这那哪该本各每某我你他她它们请求望盼"
    "一二三四五六七八九十个条段家所间处座栋期号建住修去来往至经过没不无非未可能会要想"
)
_TRADES = frozenset(
    re.findall(
        r"\w+", "供热 供暖 热力 供电 电力 供水 自来水 燃气 天然气 公交 物业 保洁 开发 施工 装修 快递 电信 通信 保险"
    )
)
"""What a company does is not which one: everybody's 供热公司 is another."""


def find_places(text: str) -> list[Place]:
    """Named places in order of appearance, never overlapping."""
    narrow = plain(text)
    return list(named(cut(narrow), narrow))


_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_NARROW |= dict.fromkeys(range(0xD800, 0xE000), "?")  # halves of a character: no encoding has them


def plain(text: str) -> str:
    """Half-width and lower case, one character for one."""
    narrow = text.translate(_NARROW)
    lower = narrow.lower()
    return lower if len(lower) == len(narrow) else narrow


def cut(text: str) -> Words:
    """The words of a plain text; areas under a pseudonym are blanked out, so that no word runs over them."""
    texts = segment.words(AREA.sub(lambda area: " " * len(area[0]), text))
    return Words(texts, [0, *accumulate(map(len, texts))][:-1])


def named(words: Words, text: str) -> Iterator[Place]:
    """Places of a text that is cut already."""
    free = 0  # words before this one belong to an earlier place
    texts, starts = words
    for number, word in enumerate(texts):
        ending = word[-1] in _last() and _ending(word)
        if not ending or _goes_on(ending, texts[number + 1 : number + 2]):
            continue
        first = _first(texts, number, free)
        if first is not None:
            start, end = starts[first], starts[number] + len(word)
            yield Place(start, end, text[start:end], _endings()[ending])
            free = number + 1


def _goes_on(ending: str, following: Sequence[str]) -> bool:
    """Whether the next word ends the same name: 滨河|苑, 山水|湾|小区, but 雅苑|饭店."""
    kind = _endings()[ending]
    return any(word in _endings() and kind in {"water", _endings()[word]} for word in following)


@lru_cache(1 << 15)
def _ending(word: str) -> str:
    """The longest ending of a kind of place that a word of Chinese characters has, or nothing."""
    if not _HAN.fullmatch(word):
        return ""
    return next((word[-size:] for size in (5, 4, 3, 2, 1) if word[-size:] in _endings()), "")


def _first(words: Sequence[str], number: int, free: int) -> int | None:
    """The first word of the name that ends with this one; None where nothing of it is a name."""
    word = words[number]
    own = not _common(word) and word not in _endings() and not matters.is_word(word)  # 搅拌站 is no name
    first, size = number, len(words[number])
    while first > free:
        before = words[first - 1]
        if size + len(before) > _LONGEST or not _names(before, near=first == number):
            break
        first -= 1
        size += len(before)
    return first if own or first < number else None


def _names(word: str, *, near: bool) -> bool:
    """Whether a word before an ending can be part of the name."""
    if not _HAN.fullmatch(word) or (len(word) == 1 and word in _NEVER) or word in _TRADES:
        return False
    return not _common(word) or (near and word in _NAMING)


def _common(word: str) -> bool:
    return background.words().get(word, background.UNSEEN) < _COMMON


@cache
def _endings() -> Mapping[str, str]:
    return {row["ending"]: row["kind"] for row in tables.rows("places")}


@cache
def _last() -> frozenset[str]:
    return frozenset(ending[-1] for ending in _endings())
