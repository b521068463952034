"""Where mail addresses, WeChat names, passports, plates and doors stand in a half-width text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from huiyin.language.numbers import NUMERALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    Place = tuple[int, int]

PLATE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][A-Za-z]"
_DIGIT = rf"\d{NUMERALS}"
_AT = re.compile(r" ?@ ?(?=[A-Za-z0-9-]{1,63}\.[A-Za-z0-9])")
_LOCAL = frozenset("._%+-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_LONGEST_LOCAL = 64  # RFC 5321
_WECHAT = re.compile(
    r"(?<![A-Za-z0-9])(?P<own>wxid_[A-Za-z0-9_-]{4,63}+(?!\*))"
    r"|(?:微 ?信|[薇威维]信|加[微Vv]信?"
    r"|(?<![A-Za-z0-9])(?:[Vv](?![A-Za-z0-9])信?|[Vv][Xx]|[Ww][Xx]|[Ww]e[Cc]hat|[Ww]eixin))"
    r"(?:号码?|[Ii][Dd](?![A-Za-z0-9_-]))?[:是为 “\"(]{0,3}+(?P<id>[A-Za-z][A-Za-z0-9_-]{5,63}+(?!\*))"
)
_WECHAT_HINT = re.compile(r"[信微VvWw]")
_PASSPORT = re.compile(
    rf"(?:护照|通行证|台胞证|回乡证)[证编号码]{{0,3}}[:是为 ]{{0,3}}+"
    rf"(?P<told>[A-Za-z]{{1,2}}(?:[ -]?[{_DIGIT}]){{7,9}})(?![A-Za-z\d*])"
    r"|(?<![A-Za-z\d-])(?P<own>[EG]\d{8}|E[A-HJ-NP-Z]\d{7})(?![A-Za-z\d*-])"
)
_PASSPORT_HINT = re.compile(r"[照证EG]")
_PLATE = re.compile(
    rf"{PLATE}[·•・. -]?"
    rf"(?P<rest>(?: ?[A-Za-z{_DIGIT}]){{5,6}}|(?: ?[A-Za-z{_DIGIT}]){{4,5}}[挂学警港澳])(?![A-Za-z\d*])"
)
_DOOR_HINT = re.compile(r"[元室房楼栋幢座层#]|\d-\d")  # most texts have none, and are passed over at once
_COUNTED = (
    r"[A-Za-z\d*年月日元多余平米万个块户人家辆盏棵度吨次条份名座套斤公天小时分点%.:-]"  # 3号楼500户, 2栋2023年交房
)
_DOOR = re.compile(
    rf"(?<![{_DIGIT}十*Xx])(?:\d{{1,3}}|[{NUMERALS}十]{{1,3}}|[A-Za-z])(?= ?单元)"
    rf"|(?<![{_DIGIT}十*Xx])(?:\d{{3,4}}|[{NUMERALS}]{{3,4}})(?= ?室(?!内)| ?号?房(?![间产价款租源屋东型管地改*]))"
    rf"|(?<=[楼栋幢座元层#])[- ]?(?:\d{{1,2}}-)?(?:\d{{3,4}}|[{NUMERALS}]{{3,4}})(?!{_COUNTED})"
    rf"|(?<=[\u4e00-\u9fff]\d-)\d{{1,2}}-\d{{3,4}}(?!{_COUNTED})"
    rf"|(?<=[\u4e00-\u9fff]\d\d-)\d{{1,2}}-\d{{3,4}}(?!{_COUNTED})"
    rf"|(?<=#-)(?:\d{{1,2}}-)?\d{{3,4}}(?!{_COUNTED})"
    rf"|(?<=[区园苑里村城庭府寓居院]\d-)\d{{3,4}}(?!{_COUNTED})"
    rf"|(?<=[区园苑里村城庭府寓居院]\d\d-)\d{{3,4}}(?!{_COUNTED})"
)
_HOME = re.compile(
    r"(?:家住|住在|住址|家庭地址)[^,，。；;！!？?\n*]{1,30}?(?:路|街|巷|胡同|弄|村|里|组|条)(?P<house>\d{1,4})号(?![\u4e00-\u9fff*])"
    r"|门牌(?:号码?)?[:是为 ]{0,2}(?P<sign>\d{1,4})(?!\d)"
)


def emails(text: str) -> Iterator[Place]:
    """The part before the @ of each address."""
    for match in _AT.finditer(text):
        start = end = match.start()
        while start and end - start < _LONGEST_LOCAL and text[start - 1] in _LOCAL:
            start -= 1
        rest_of_number = text[start:end].isdecimal() and text[start - 1 : start] == "*"
        if start < end and not rest_of_number:
            yield start, end


def wechats(text: str) -> Iterator[Place]:
    """Names of WeChat accounts, where the text calls them so; those in digits are `numbers`' business."""
    found = _WECHAT.finditer(text) if _WECHAT_HINT.search(text) else ()
    return (match.span(match.lastgroup or 0) for match in found)


def passports(text: str) -> Iterator[Place]:
    """Chinese passports by their form; permits and foreign passports where the text calls them so."""
    found = _PASSPORT.finditer(text) if _PASSPORT_HINT.search(text) else ()
    return (match.span(match.lastgroup or 0) for match in found)


def plates(text: str) -> Iterator[Place]:
    """Number plates with at least one digit, those of learners, police, trailers and missions included."""
    return (match.span() for match in _PLATE.finditer(text) if any(char.isnumeric() for char in match["rest"]))


def doors(text: str) -> Iterator[Place]:
    """Unit and room; the number of a building stays, whoever goes there needs it."""
    if _DOOR_HINT.search(text):
        yield from (match.span() for match in _DOOR.finditer(text))
    yield from (match.span(match.lastgroup or 0) for match in _HOME.finditer(text))
