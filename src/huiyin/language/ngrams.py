"""Hashed character n-grams of many texts at once, in numpy alone: what learning and the web process both count.

A text is seen twice: all of it by single characters and pairs, and its heading by one to three characters. The two
views have buckets of their own, so that a word in the heading can weigh otherwise than the same word further down.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

WHOLE_BITS, HEAD_BITS = 18, 16
WHOLE = 1 << WHOLE_BITS
BUCKETS = WHOLE + (1 << HEAD_BITS)
VIEWS = 2

_LONGEST_HEAD = 60
_OPENING = 30
_GREETING = re.compile(r"\s*(?:尊敬的|敬爱的)?[^\s，。,.!！:：]{0,12}(?:您好|你好|：|:)[！!，,。：:\s]*")
_OWNER_BITS = 19
_BREAK = 0
_PLANE = 0x10000
_BATCH = 1 << 16
_SALTS = (1, 0x5BD1E997, 0x2C1B3C70)
_STEP, _SPREAD = np.uint32(0x01000193 * 31 & 0xFFFFFFFF), np.uint32(0x9E3779B1)


class Gram(NamedTuple):
    """All n-grams of one length in one view: their buckets, and where each starts.

    Places count over all texts, each with one break before it and one after the last.
    """

    size: int
    bucket: NDArray[np.intp]
    start: NDArray[np.intp]


class Counts(NamedTuple):
    """Distinct buckets text by text, in order, with how often each occurs.

    View v of text i owns [bounds[VIEWS * i + v], bounds[VIEWS * i + v + 1]).
    """

    bucket: NDArray[np.intp]
    times: NDArray[np.intp]
    bounds: NDArray[np.intp]


def batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Consecutive slices of the texts, small enough for the processor's cache."""
    first = size = 0
    for place, text in enumerate(texts):
        if size and size + len(text) > _BATCH:
            yield texts[first:place]
            first, size = place, 0
        size += len(text) + 1
    if size:
        yield texts[first:]


def counts(texts: Sequence[str]) -> Counts:
    """Count the n-grams of one batch."""
    owner = np.repeat(np.arange(len(texts)) << _OWNER_BITS, [len(text) + 1 for text in texts])
    key = np.concatenate([owner[gram.start] | gram.bucket for gram in grams(texts)])
    key.sort()
    edges = np.flatnonzero(np.diff(key, prepend=-1))
    distinct = key[edges]
    starts = (np.arange(len(texts) + 1)[:, None] << _OWNER_BITS) + np.array([0, WHOLE])
    bounds = np.searchsorted(distinct, starts.ravel()[:-1])
    return Counts(distinct & ((1 << _OWNER_BITS) - 1), np.diff(edges, append=len(key)), bounds)


def grams(texts: Sequence[str]) -> Iterator[Gram]:
    """Every n-gram of the whole texts, then of their headings; ends of words count as characters."""
    codes = _codes("".join("\n" + text for text in texts) + "\n")
    yield from _hashed(codes, 2, WHOLE_BITS)
    sizes = np.asarray([len(text) + 1 for text in texts])
    heads = np.asarray([head(text) for text in texts]) + (sizes.cumsum() - sizes)[:, None]
    long = heads[:, 1] - heads[:, 0] + 2  # a break on either side
    place = np.repeat(heads[:, 0] - long.cumsum() + long, long) + np.arange(long.sum())
    inside = (place > np.repeat(heads[:, 0], long)) & (place <= np.repeat(heads[:, 1], long))
    for gram in _hashed(np.where(inside, codes[place], _BREAK), 3, HEAD_BITS):
        yield Gram(gram.size, gram.bucket + WHOLE, place[gram.start])


def head(text: str) -> tuple[int, int]:
    """Where the heading lies: a short first line before others, else the opening words after the greeting."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start, start + _LONGEST_HEAD + 1)
    if end >= 0 and text[end:].strip():
        return start, end
    greeting = _GREETING.match(text[: 2 * _OPENING])
    start = greeting.end() if greeting else start
    return start, min(len(text), start + _OPENING)


def _codes(text: str) -> NDArray[np.uint32]:
    """Folded code points, as many as there are characters; 0 wherever words end."""
    return _table().take(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32), mode="clip")


def _hashed(codes: NDArray[np.uint32], longest: int, bits: int) -> Iterator[Gram]:
    """Single letters, and longer n-grams with a letter inside: a break may stand at either end."""
    letter = codes != _BREAK
    inside = (letter, letter[:-1] | letter[1:], letter[1:-1])
    rolled = codes
    for size in range(1, longest + 1):
        if size > 1:
            rolled = rolled[:-1] * _STEP + codes[size - 1 :]
        start = np.flatnonzero(inside[size - 1])
        mixed = (rolled[start] ^ np.uint32(_SALTS[size - 1])) * _SPREAD
        yield Gram(size, (mixed >> np.uint32(32 - bits)).astype(np.intp), start)


def _folded(code: int) -> int:
    """One code point as it is counted: half-width, lower case, digits alike; all but letters and symbols a break."""
    char = unicodedata.normalize("NFKC", chr(code))[:1].lower()[:1]
    category = unicodedata.category(char)
    if category == "Nd":
        return ord("0")
    return ord(char) if category[0] in "LNS" and ord(char) < _PLANE else _BREAK


@cache
def _table() -> NDArray[np.uint32]:
    table = np.fromiter((_folded(code) for code in range(_PLANE)), dtype=np.uint32, count=_PLANE)
    table[_PLANE - 1] = _PLANE - 1  # every character outside the first plane counts as this one
    return table
