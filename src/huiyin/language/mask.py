"""Personal data out of a text before anybody reads it: numbers, accounts, names, doors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from huiyin.language import identifiers, names, numbers
from huiyin.language.numbers import digits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


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


_WIDE = re.compile(r"[！-～]")
_DOOR_SIGN = re.compile(r"[^-]")


def mask(text: str) -> Masked:
    """Replace personal data by short placeholders such as `138****0421`, `张**`, `京A*****`.

    Kinds: phone, landline, id_card, bank_card, passport, plate, email, wechat, qq, name, address_number. Spans are
    character positions in the original, sorted, never overlapping. Time is linear in the length of the text, and
    masking a masked text changes nothing.
    """
    if not text:
        return Masked("", [])
    cuts: list[_Cut] = []
    shadow = _WIDE.sub(_narrow, text)  # one character for one, so that places stay
    for find in _FINDERS:  # each sees what earlier ones took replaced: what the next reading of the result would see
        if found := _apart(find(shadow)):
            cuts += found
            shadow = _covered(shadow, found)
    cuts.sort()
    return Masked(_rewritten(text, cuts), [Span(cut.start, cut.end, cut.kind) for cut in cuts])


def _narrow(wide: re.Match[str]) -> str:
    """A full-width letter, digit or sign as the half-width one."""
    return chr(ord(wide.group()) - 0xFEE0)


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
    if kind in {"phone", "landline", "qq", "wechat"}:
        return f"{digits[:1]}****{digits[-2:]}" if len(digits) > 4 else "*" * len(digits)  # noqa: PLR2004
    ends = (3, 2) if kind == "id_card" else (4, 4)
    return digits[: ends[0]] + "*" * (len(digits) - sum(ends)) + digits[-ends[1] :]


def _apart(cuts: Iterable[_Cut]) -> list[_Cut]:
    """From left to right; of two that overlap the first."""
    apart: list[_Cut] = []
    for cut in sorted(cuts):
        if not apart or cut.start >= apart[-1].end:
            apart.append(cut)
    return apart


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


def _numbers(text: str) -> Iterator[_Cut]:
    for number in numbers.find(text):
        shown = mask_phone(number.digits) if number.kind == "phone" else _shown(number.kind, number.digits)
        yield _Cut(number.start, number.end, number.kind, shown)


def _finder(
    kind: str, find: Callable[[str], Iterable[tuple[int, int]]], shown: Callable[[str], str]
) -> Callable[[str], Iterator[_Cut]]:
    return lambda text: (_Cut(start, end, kind, shown(text[start:end])) for start, end in find(text))


_FINDERS: tuple[Callable[[str], Iterator[_Cut]], ...] = (
    _finder("email", identifiers.emails, lambda written: written[0] * written[0].isalpha() + "***"),
    _finder("wechat", identifiers.wechats, lambda written: written[0] + "****"),
    _finder("passport", identifiers.passports, lambda written: written[0] + "****" + written[-1]),
    _numbers,
    _finder("plate", identifiers.plates, lambda written: written[:2] + "*" * (sum(map(str.isalnum, written)) - 2)),
    _finder("address_number", identifiers.doors, lambda written: _DOOR_SIGN.sub("*", written)),
    _finder("name", names.find, mask_name),
)
