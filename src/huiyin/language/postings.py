"""Which rows have a key: an inverted index in sorted arrays that grows by adding small ones and merging them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from huiyin.language.fingerprints import FULL, PART_BITS, WORDS, finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from huiyin.language.fingerprints import Fingerprint

_WORDS_COUNT = 0.3
_READ_AT_MOST = 80_000
_TOGETHER = 4  # neighbours are merged while the older is at most so many times the newer


class _Segment(NamedTuple):
    """Distinct keys; key number i has entries [bounds[i], bounds[i + 1]) of `rows` and `weights`."""

    keys: NDArray[np.uint32]
    bounds: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.uint8]


class Postings:
    """Rows by key. Memory: about 5 bytes an entry, some 40 entries a text."""

    def __init__(self) -> None:
        self._segments: list[_Segment] = []

    def add(self, first: int, keys: NDArray[np.uint32], weights: NDArray[np.uint8]) -> None:
        """Rows first, first + 1, … with their keys and weights, both of shape (rows, SLOTS)."""
        found = finding(keys, weights)
        row = np.broadcast_to(np.arange(first, first + len(keys), dtype=np.int32)[:, None], keys.shape)
        self._segments.append(_segment(keys[found], row[found], weights[found]))
        while len(self._segments) > 1 and len(self._segments[-2].rows) <= _TOGETHER * len(self._segments[-1].rows):
            self._segments.append(_merged(self._segments.pop(), self._segments.pop()))

    def rows(self, one: Fingerprint, size: int, most: int) -> NDArray[np.intp]:
        """At most so many of the first `size` rows, those that share the most; names are read first, then the rare."""
        chosen = [
            (segment.rows[start:end], segment.weights[start:end] * np.float32(weight))
            for segment, start, end, weight in self._chosen(one)
        ]
        if not chosen:
            return np.empty(0, dtype=np.intp)
        rows, shares = zip(*chosen, strict=True)
        total = np.bincount(np.concatenate(rows), np.concatenate(shares), minlength=size)
        touched = np.flatnonzero(total > 0)  # much faster than of the numbers themselves
        if len(touched) <= most:
            return touched
        return touched[np.argpartition(total[touched], -most)[-most:]]

    def _chosen(self, one: Fingerprint) -> Iterator[tuple[_Segment, int, int, float]]:
        """Entries of the keys worth reading, until enough are read."""
        read = 0
        found = [_Lookup(one, segment) for segment in self._segments]
        lengths = sum((lookup.lengths for lookup in found), np.zeros(len(one.keys), dtype=np.int64))
        for slot in np.lexsort((lengths, one.names == 0)):
            if read + lengths[slot] > _READ_AT_MOST and read:
                return
            read += int(lengths[slot])
            factor = _WORDS_COUNT if one.keys[slot] >> PART_BITS == WORDS else 1.0
            for lookup in found:
                if lookup.lengths[slot]:
                    start = int(lookup.starts[slot])
                    weight = factor * float(one.weights[slot]) / FULL
                    yield lookup.segment, start, start + int(lookup.lengths[slot]), weight


class _Lookup:
    """Where the keys of a text stand in a segment, and how many entries each has there."""

    def __init__(self, one: Fingerprint, segment: _Segment) -> None:
        self.segment = segment
        at = np.searchsorted(segment.keys, one.keys).clip(max=max(0, len(segment.keys) - 1))
        known = segment.keys[at] == one.keys if len(segment.keys) else np.zeros(len(one.keys), dtype=bool)
        self.starts = segment.bounds[at]
        self.lengths = np.where(known, segment.bounds[np.minimum(at + 1, len(segment.keys))] - self.starts, 0)


def _segment(keys: NDArray[np.uint32], rows: NDArray[np.int32], weights: NDArray[np.uint8]) -> _Segment:
    order = keys.argsort(kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=np.uint32(0)))  # no entry has the key 0
    return _Segment(keys[first], np.append(first, len(keys)).astype(np.int64), rows[order], weights[order])


def _merged(newer: _Segment, older: _Segment) -> _Segment:
    each = [np.repeat(part.keys, np.diff(part.bounds)) for part in (older, newer)]
    return _segment(
        np.concatenate(each),
        np.concatenate((older.rows, newer.rows)),
        np.concatenate((older.weights, newer.weights)),
    )
