"""Personal data out of a text before anybody reads it: numbers, accounts, names, doors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from huiyin.language import names, numbers
from huiyin.language.names import PLATE
from huiyin.language.numbers import GAP, NUMERALS, digits_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Span(NamedTuple):
    """What was masked: character positions in the original text, and the kind."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Masked:
    """The readable rest, and what was taken out of the original."""

    text: str
    spans: list[Span]


class _Cut(NamedTuple):
    start: int
    end: int
    kind: str
    shown: str


_LATIN = r"A-Za-z0-9Ａ-Ｚａ-ｚ０-９"
_DIGIT = rf"\d{NUMERALS}"
_SUSPECT = re.compile(
    rf"[{_DIGIT}](?:[{GAP}]{{0,3}}[{_DIGIT}]){{6}}|[@＠]"
    rf"|{PLATE}"
    rf"|单元|[{_DIGIT}][室房]|号房|[楼栋幢座院区园苑里村城庭府寓居]\d|\d[-—－]\d"
    r"|微信|薇信|威信|加微|[Vv]信|[Vv][Xx]|[Ww][Xx]|[Ww]e[Cc]hat|[Ww]eixin|[Qq][Qq]|扣扣|[Qq]号"
    r"|我叫|名叫|本人|姓名|名字|[系报诉映电信请事件]人|反映者|户主|房主"
    r"|先生|女士|小姐|太太|阿姨|大[爷妈叔娘]|师傅|同志"
)
_EMAIL = re.compile(rf"[@＠](?=[{_LATIN}-]{{1,63}}[.．][{_LATIN}])")
_LOCAL = frozenset("._%+-") | {
    chr(code) for code in (*range(0x21, 0x7F), *range(0xFF01, 0xFF5F)) if chr(code).isalnum()
}
_WECHAT = re.compile(
    rf"(?:微信|薇信|威信|加微|(?<![{_LATIN}])(?:[Vv]信|[Vv][Xx]|[Ww][Xx]|[Ww]e[Cc]hat|[Ww]eixin))"
    rf"(?:号码?|[Ii][Dd])?[：: 是为]{{0,3}}+(?P<id>[A-Za-zＡ-Ｚａ-ｚ][{_LATIN}_-]{{5,63}}+(?!\*))"
    rf"|(?<![{_LATIN}])(?P<own>wxid_[{_LATIN}_-]{{4,63}}+(?!\*))"
)
_QQ = re.compile(r"(?:[Qq][Qq]|扣扣|[Qq]号)(?:号码?|群号?)?[：: 是为]{0,3}+(?P<id>[1-9１-９]\d{4,10}+)(?!\d|\*{3})")
_PLATE = re.compile(
    rf"(?P<kept>{PLATE})"
    rf"[·•・. -]?(?P<rest>[{_LATIN}]{{5,6}}|[{_LATIN}]{{4,5}}[挂学警港澳])(?![{_LATIN}*])"
)
_COUNTED = r"[A-Za-z\d*年月日元多余平米万个块%.:：-]"
_DOOR = re.compile(
    rf"(?<![{_DIGIT}十*Xx])(?:\d{{1,3}}|[{NUMERALS}十]{{1,3}}|[A-Za-z])(?=单元)"
    rf"|(?<![{_DIGIT}十*Xx])(?:\d{{3,4}}|[{NUMERALS}]{{3,4}})(?=室|房(?![间*])|号房)"
    rf"|(?<=[楼栋幢座元])[-—－]?(?:\d{{1,2}}[-—－])?\d{{3,4}}(?!{_COUNTED})"
    rf"|(?<=[\u4e00-\u9fff]\d[-—－])\d{{1,2}}[-—－]\d{{3,4}}(?!{_COUNTED})"
    rf"|(?<=[\u4e00-\u9fff]\d\d[-—－])\d{{1,2}}[-—－]\d{{3,4}}(?!{_COUNTED})"
    rf"|(?<=[区园苑里村城庭府寓居院]\d[-—－])\d{{3,4}}(?!{_COUNTED})"
    rf"|(?<=[区园苑里村城庭府寓居院]\d\d[-—－])\d{{3,4}}(?!{_COUNTED})"
)
_DOOR_SIGN = re.compile(r"[^-—－]")


def mask(text: str) -> Masked:
    """Replace personal data by short placeholders such as `138****0421`, `张**`, `京A*****`.

    Spans are character positions in the original, sorted, never overlapping. Time is linear in the length of the text,
    and masking a masked text changes nothing.
    """
    if not _SUSPECT.search(text):
        return Masked(text, [])
    cuts: list[_Cut] = []
    shadow = text  # each kind sees what earlier kinds took replaced: what the next reading of the result would see
    for find in (_emails, _wechats, _qqs, _numbers, _plates, _doors, _names):
        found = list(find(shadow))
        if found:
            cuts += found
            shadow = _covered(shadow, found)
    cuts.sort()
    return Masked(_rewritten(text, cuts), [Span(cut.start, cut.end, cut.kind) for cut in cuts])


def mask_name(name: str) -> str:
    """`张三丰` → `张**`."""
    return name[:1] + "*" * (len(name) - 1)


def mask_phone(phone: str) -> str:
    """`13800000421` → `138****0421`, whatever the spacing; what is masked already stays."""
    if "*" in phone:
        return phone
    digits = digits_of(phone)
    mobile = re.search(r"1[3-9]\d{9}$", digits)
    return _shown("phone", mobile.group() if mobile else digits) if digits else "*" * len(phone)


def _shown(kind: str, digits: str) -> str:
    """Digits on both sides of the stars: `numbers` knows a masked number by that."""
    if kind in {"phone", "landline"} and len(digits) > 9:  # noqa: PLR2004 - long enough to show seven
        return f"{digits[:3]}****{digits[-4:]}"
    if kind in {"phone", "landline", "qq"}:
        return f"{digits[:1]}****{digits[-2:]}" if len(digits) > 4 else "*" * len(digits)  # noqa: PLR2004
    ends = (3, 2) if kind == "id_card" else (4, 4)
    return digits[: ends[0]] + "*" * (len(digits) - sum(ends)) + digits[-ends[1] :]


def _covered(text: str, cuts: Iterable[_Cut]) -> str:
    """The text with placeholders squeezed or stretched to the length of what they replace."""
    return _rewritten(text, (cut._replace(shown=_fitted(cut.shown, cut.end - cut.start)) for cut in cuts))


def _fitted(shown: str, size: int) -> str:
    return shown if len(shown) == size else (shown[0] + "*" * (size - 2) + shown[-1])[:size]


def _rewritten(text: str, cuts: Iterable[_Cut]) -> str:
    parts, at = [], 0
    for cut in cuts:
        parts += [text[at : cut.start], cut.shown]
        at = cut.end
    return "".join([*parts, text[at:]])


def _emails(text: str) -> Iterator[_Cut]:
    for match in _EMAIL.finditer(text):
        start = end = match.start()
        while start and end - start < 64 and text[start - 1] in _LOCAL:  # noqa: PLR2004 - RFC 5321's longest local part
            start -= 1
        rest_of_number = text[start:end].isdecimal() and text[start - 1 : start] == "*"
        if start < end and not rest_of_number:
            yield _Cut(start, end, "email", text[start] * text[start].isalpha() + "***")


def _wechats(text: str) -> Iterator[_Cut]:
    for match in _WECHAT.finditer(text):
        group = match.lastgroup or 0
        yield _Cut(*match.span(group), "wechat", match[group][0] + "****")


def _qqs(text: str) -> Iterator[_Cut]:
    for match in _QQ.finditer(text):
        yield _Cut(*match.span("id"), "qq", _shown("qq", digits_of(match["id"])))


def _numbers(text: str) -> Iterator[_Cut]:
    for number in numbers.find(text):
        shown = mask_phone(number.digits) if number.kind == "phone" else _shown(number.kind, number.digits)
        yield _Cut(number.start, number.end, number.kind, shown)


def _plates(text: str) -> Iterator[_Cut]:
    for match in _PLATE.finditer(text):
        if any(char.isdecimal() for char in match["rest"]):
            yield _Cut(*match.span(), "plate", match["kept"] + "*" * (len(match.group()) - 2))


def _doors(text: str) -> Iterator[_Cut]:
    for match in _DOOR.finditer(text):
        yield _Cut(*match.span(), "address_number", _DOOR_SIGN.sub("*", match.group()))


def _names(text: str) -> Iterator[_Cut]:
    for start, end in names.find(text):
        yield _Cut(start, end, "name", mask_name(text[start:end]))
