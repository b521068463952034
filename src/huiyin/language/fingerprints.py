"""A text as a few weighted keys, so that its likeness to millions of others is arithmetic: what an index stores.

Three parts, each of unit length: where (rare neighbouring characters and numbers, those of named places above all),
what in words (dictionary words outside of names), what in matters (`matters`). How rare something is comes from a fixed
table (`background`), never from the other texts: a fingerprint is the same wherever and whenever it is made.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from huiyin.language import background, matters, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

WHERE, WORDS, MATTERS = 1, 2, 3
"""Parts, in the two highest bits of a key; a key of 0 is an empty slot."""
PART_BITS: Final = 30
_SHARES: Final = {WHERE: 36, WORDS: 20, MATTERS: 8}
SLOTS: Final = sum(_SHARES.values())
FULL: Final = 255
_TELLING: Final = 60  # of 255: a word that weighs less finds nobody
_SLOT: Final = np.dtype([("keys", "<u4"), ("weights", "u1"), ("names", "u1")])

_READ = 800  # characters of a text that are read: what it is about stands there
_TITLE, _LONGEST_TITLE = 25, 80
_LEAD = {WHERE: 4.0, WORDS: 2.0, MATTERS: 4.0}  # how much more is what stands in the title
_NAMED = 2.0
_IN_NAME = 0.2  # words of a name say little of the matter
_RARE = 4.5  # rarity from which on two characters may be part of a name
_TOLD = 4.2  # and within a name that was found
_EVERYDAY = 1.5
_NUMBER = 7.0
POINTS = frozenset(["estate", "school", "hospital", "market", "park", "building", "company"])
"""Kinds of places that are one spot."""
_FIRST_HAN, _HANS = 0x3400, 0x9FFF - 0x3400 + 1
_COUNTED = "年月日号时点元万千百块米平方人户天小个多次分%栋楼级名亿余条斤吨公岁左周届"
_NAMED_NUMBER = re.compile(rf"(?=[a-z\d])(?<![a-z\d])[a-z]?\d{{2,4}}[a-z]{{0,2}}(?![\d{_COUNTED}])[a-z\u4e00-\u9fff]")


class Fingerprint(NamedTuple):
    """Arrays of `SLOTS` each, sorted by key.

    Keys; weights 0..255, of Euclidean length 255 within each part; and how much of the named place each key tells,
    0..255 together (all 0 where no place is named).
    """

    keys: NDArray[np.uint32]
    weights: NDArray[np.uint8]
    names: NDArray[np.uint8]

    def packed(self) -> bytes:
        """Only the slots in use, 6 bytes each, for storing; `unpacked` reads it."""
        used = np.flatnonzero(self.keys)
        slots = np.empty(len(used), dtype=_SLOT)
        slots["keys"], slots["weights"], slots["names"] = self.keys[used], self.weights[used], self.names[used]
        return slots.tobytes()


def unpacked(rows: Sequence[bytes]) -> Fingerprint:
    """Packed fingerprints as arrays of shape (rows, SLOTS)."""
    slots = np.frombuffer(b"".join(rows), dtype=_SLOT)
    used = np.array([len(row) for row in rows], dtype=np.intp) // _SLOT.itemsize
    row = np.repeat(np.arange(len(rows)), used)
    # Keys are sorted: the empty ones come first.
    column = np.arange(len(slots)) - np.repeat(used.cumsum() - used, used) + SLOTS - used[row]
    keys, weights, names = (np.zeros((len(rows), SLOTS), dtype=kind) for kind in (np.uint32, np.uint8, np.uint8))
    keys[row, column], weights[row, column], names[row, column] = slots["keys"], slots["weights"], slots["names"]
    return Fingerprint(keys, weights, names)


def finding(keys: NDArray[np.uint32], weights: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which keys others are looked up by: those of places and numbers, and words that weigh enough."""
    part = keys >> np.uint32(PART_BITS)
    found: NDArray[np.bool_] = (part == WHERE) | ((part == WORDS) & (weights >= _TELLING))
    return found


def fingerprint(text: str, place: str | None = None) -> Fingerprint:
    """Read a request, and the place it was filed under if that is known; time is linear in at most 800 characters."""
    return Reading(text, place).fingerprint()


class Term(NamedTuple):
    """A key, and the characters of the text it stands for."""

    key: int
    start: int
    end: int


class Reading:
    """One text with its words, the places it names, and where its title ends.

    `text` begins with `filed` characters of the place it was filed under; `in_name` tells of each character whether it
    belongs to a place's name.
    """

    def __init__(self, text: str, place: str | None = None) -> None:
        filed = places.plain((place or "")[:_LONGEST_TITLE]).replace("\n", " ")
        body = places.plain(text[:_READ])
        self.filed = len(filed) + 1 if filed.strip() else 0  # characters before the text itself
        self.text = f"{filed},{body}" if self.filed else body
        self.title = self.filed + _title_end(body)
        self._words = places.cut(self.text)
        self.places = list(places.named(self._words, self.text))
        self.in_name = np.zeros(len(self.text), dtype=bool)
        for start, end, *_ in self.places:
            self.in_name[start:end] = True
        self.in_name[: self.filed] = True

    def fingerprint(self) -> Fingerprint:
        parts = {WHERE: self._where(), WORDS: self._what(), MATTERS: self._matters()}
        keys, weights = zip(*(_strongest(part, found) for part, found in parts.items()), strict=True)
        key, weight = np.concatenate(keys), np.concatenate(weights)
        order = key.argsort(kind="stable")
        key = key[order]
        return Fingerprint(key, weight[order], _shares(key, self._name()))

    def matters(self) -> list[matters.Mention]:
        """What the text is about, in order of appearance."""
        return list(matters.find_matters(self.text, self._words.starts))

    def terms(self) -> Iterator[Term]:
        """Every key with the characters of `text` it stands at."""
        for part, key, start, end in self._terms():
            yield Term(key | part << PART_BITS, start, end)

    def _terms(self) -> Iterator[tuple[int, int, int, int]]:
        keys, _rarity, at = _rare_pairs(self.text)
        yield from ((WHERE, key, start, start + 2) for key, start in zip(keys.tolist(), at.tolist(), strict=True))
        yield from ((WHERE, _hashed(match[0]), *match.span()) for match in self._numbers())
        lexicon, matter_keys = _lexicon(), _matter_keys()
        for word, start in zip(*self._words, strict=True):
            if word in lexicon:
                yield WORDS, lexicon[word][0], start, start + len(word)
        for start, end, matter in self.matters():
            yield MATTERS, matter_keys[matter][0], start, end

    def _name(self) -> Mapping[int, float]:
        """Pairs of characters that tell the named place from others, with their rarity; empty where none is named."""
        pairs = {pair for core in self._cores() for pair in pairwise(core)}
        rarity = background.pairs()
        told = {one + other: rarity.get(one + other, background.UNSEEN) for one, other in pairs}
        return {_pair_key(pair): weight for pair, weight in told.items() if weight >= _TOLD}

    def _cores(self) -> Iterable[str]:
        titled = [place for place in self.places if place.start < self.title]
        if named := [place.core for place in titled if place.kind in POINTS]:
            return named
        if named := [place.core for place in titled if place.kind != "street"]:
            return named
        if self.filed:
            return [self.text[: self.filed - 1]]
        repeated = Counter(place.core for place in self.places if place.kind in POINTS).most_common(1)
        return [name for name, times in repeated if times > 1]

    def _where(self) -> Mapping[int, float]:
        key, rarity, at = _rare_pairs(self.text)
        factor = np.where(at < self.title, _LEAD[WHERE], 1.0) * np.where(self.in_name[at], _NAMED, 1.0)
        order = key.argsort(kind="stable")
        key, first, times = np.unique(key[order], return_index=True, return_counts=True)
        found: dict[int, float] = {}
        if len(key):
            weight = rarity[order][first] * (1 + np.log(times)) * np.maximum.reduceat(factor[order], first)
            best = (-weight).argsort(kind="stable")[: _SHARES[WHERE]]
            found = dict(zip(key[best].tolist(), weight[best].tolist(), strict=True))
        for match in self._numbers():
            lead = _LEAD[WHERE] if match.start() < self.title else 1.0
            number = _hashed(match[0])
            found[number] = max(found.get(number, 0.0), _NUMBER * lead)
        return found

    def _numbers(self) -> Iterator[re.Match[str]]:
        yield from places.NUMBERED.finditer(self.text)
        yield from _NAMED_NUMBER.finditer(self.text)

    def _what(self) -> Mapping[int, float]:
        lexicon = _lexicon()
        said = zip(self._words.texts, self._words.starts, strict=True)
        return self._weighed(WORDS, [(*term, at) for word, at in said if (term := lexicon.get(word))])

    def _matters(self) -> Mapping[int, float]:
        keys = _matter_keys()
        return self._weighed(MATTERS, [(*keys[matter], start) for start, _end, matter in self.matters()])

    def _weighed(self, part: int, terms: Iterable[tuple[int, float, int]]) -> Mapping[int, float]:
        times: Counter[int] = Counter()
        most: dict[int, float] = {}
        for key, weight, at in terms:
            times[key] += 1
            value = weight * (_LEAD[part] if at < self.title else 1.0) * (_IN_NAME if self.in_name[at] else 1.0)
            if value > most.get(key, 0.0):
                most[key] = value
        return {key: value * (1 + math.log(times[key])) for key, value in most.items()}


def _title_end(body: str) -> int:
    blank = len(body) - len(body.lstrip())
    end = body.find("\n", blank, blank + _LONGEST_TITLE)
    return end if end > 0 else blank + _TITLE


def _rare_pairs(text: str) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.intp]]:
    """Keys, rarities and places of neighbouring Chinese characters that are rare enough for a name."""
    shown = places.AREA.sub(lambda area: " " * len(area[0]), text)
    code = np.frombuffer(shown.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.int64) - _FIRST_HAN
    han = (code >= 0) & (code < _HANS)
    at = np.flatnonzero(han[:-1] & han[1:])
    key = code[at] * _HANS + code[at + 1]
    known, rarities = _pair_table()
    slot = np.searchsorted(known, key).clip(max=len(known) - 1)
    rarity = np.where(known[slot] == key, rarities[slot], background.UNSEEN)
    rare = rarity >= _RARE
    return key[rare], rarity[rare], at[rare]


def _strongest(part: int, found: Mapping[int, float]) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """The weightiest keys of a part in its slots, their weights brought to length 255."""
    keys = np.zeros(_SHARES[part], dtype=np.uint32)
    weights = np.zeros(_SHARES[part], dtype=np.uint8)
    best = sorted(found.items(), key=lambda term: (-term[1], term[0]))[: _SHARES[part]]
    if best:
        value = np.array([weight for _, weight in best])
        keys[: len(best)] = np.array([key for key, _ in best], dtype=np.uint32) | np.uint32(part << PART_BITS)
        weights[: len(best)] = np.rint(value * (FULL / np.linalg.norm(value))).clip(1, FULL)
    return keys, weights


def _shares(keys: NDArray[np.uint32], name: Mapping[int, float]) -> NDArray[np.uint8]:
    shares = np.zeros(SLOTS, dtype=np.uint8)
    total = sum(name.values())
    for key, weight in name.items():
        slot = int(np.searchsorted(keys, key | WHERE << PART_BITS))
        if slot < SLOTS and keys[slot] == key | WHERE << PART_BITS:
            shares[slot] = max(1, round(FULL * weight / total))
    return shares


def matter_of(key: int) -> str:
    """The name of a matter by its key."""
    return _matter_names()[key & ((1 << PART_BITS) - 1)]


def _pair_key(pair: str) -> int:
    return (ord(pair[0]) - _FIRST_HAN) * _HANS + ord(pair[1]) - _FIRST_HAN


def _hashed(term: str) -> int:
    return zlib.crc32(term.encode("utf-8", "surrogatepass")) & ((1 << PART_BITS) - 1)


@cache
def _pair_table() -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    rarities = background.pairs()
    key = np.array([_pair_key(pair) for pair in rarities], dtype=np.int64)
    order = key.argsort()
    return key[order], np.array(list(rarities.values()))[order]


@cache
def _lexicon() -> Mapping[str, tuple[int, float]]:
    return {
        word: (_hashed(word), rarity - _EVERYDAY) for word, rarity in background.words().items() if rarity > _EVERYDAY
    }


@cache
def _matter_keys() -> Mapping[str, tuple[int, float]]:
    return {matter: (_hashed(matter), weight) for matter, weight in matters.weights().items()}


@cache
def _matter_names() -> Mapping[int, str]:
    return {key: matter for matter, (key, _weight) in _matter_keys().items()}
