"""Hashed character n-grams of many texts at once, in numpy alone: what learning and the web process both count."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

BITS = 17
BUCKETS = 1 << BITS
LONGEST = 3
OPENING = 20
"""n-grams that start within so many characters count twice: there stands what the matter is."""

_BREAK = 0
_PLANE = 0x10000
_BATCH = 1 << 16
_SALTS = (1, 0x5BD1E997, 0x2C1B3C70)
_STEP, _SPREAD = np.uint32(0x01000193 * 31 & 0xFFFFFFFF), np.uint32(0x9E3779B1)


class Gram(NamedTuple):
    """All n-grams of one length: their buckets, and where in the code points each starts."""

    size: int
    bucket: NDArray[np.uint32]
    start: NDArray[np.intp]


class Counts(NamedTuple):
    """Distinct buckets text by text with how often each occurs; text number i owns [bounds[i], bounds[i + 1])."""

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
    codes, owner, offset = _code_points(texts)
    keys = []
    for gram in grams(codes):
        key = (owner[gram.start] << BITS) | gram.bucket
        keys += [key, key[offset[gram.start] < OPENING]]
    key = np.concatenate(keys)
    key.sort()
    edges = np.flatnonzero(np.diff(key, prepend=-1))
    distinct = key[edges]
    bounds = np.searchsorted(distinct, np.arange(len(texts) + 1) << BITS)
    return Counts(distinct & (BUCKETS - 1), np.diff(edges, append=len(key)), bounds)


def fold(text: str) -> NDArray[np.uint32]:
    """One text as folded code points, as many as it has characters; 0 wherever words end."""
    return _table().take(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32), mode="clip")


def grams(codes: NDArray[np.uint32]) -> Iterator[Gram]:
    """Every n-gram that crosses no break, shortest first."""
    rolled, inside = codes, codes != _BREAK
    whole = inside
    for size in range(1, LONGEST + 1):
        if size > 1:
            rolled = rolled[:-1] * _STEP + codes[size - 1 :]
            inside = inside[:-1] & whole[size - 1 :]
        start = np.flatnonzero(inside)
        mixed = (rolled[start] ^ np.uint32(_SALTS[size - 1])) * _SPREAD
        yield Gram(size, mixed >> np.uint32(32 - BITS), start)


def _code_points(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.intp], NDArray[np.intp]]:
    """All texts as one folded array with a break after each; of every code point its text and its place there."""
    sizes = np.fromiter((len(text) + 1 for text in texts), dtype=np.intp, count=len(texts))
    owner = np.repeat(np.arange(len(texts)), sizes)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return fold("".join(text + "\n" for text in texts)), owner, place


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
