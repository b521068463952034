"""How alike one fingerprint is to many: the same place and the same matter, both."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from huiyin.language.fingerprints import FULL, MATTERS, PART_BITS, WHERE, WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from huiyin.language.fingerprints import Fingerprint

_FLOOR = 0.03  # so that a likeness in one half alone still orders
_MATTERS = 0.7  # against plain words
_UNNAMED = 0.5
_CONTRARY = 0.4  # both name a place, and neither names so much of the other's
_OTHER_PLACE = 0.1
_NAMES = 0.3
_FADING, _FADES_DAYS = 0.15, 180


class Parts(NamedTuple):
    """For each of n texts, 0..1: likeness of place, of matter, and both together."""

    place: NDArray[np.float64]
    matter: NDArray[np.float64]
    score: NDArray[np.float64]


def compare(one: Fingerprint, keys: NDArray[np.uint32], weights: NDArray[np.uint8], names: NDArray[np.uint8]) -> Parts:
    """One text with n others, whose arrays have shape (n, SLOTS)."""
    slot = np.searchsorted(one.keys, keys).clip(max=len(one.keys) - 1)
    shared = (one.keys[slot] == keys) & (keys != 0)
    product = np.where(shared, one.weights[slot].astype(np.float64) * weights, 0.0) / FULL**2
    part = keys >> np.uint32(PART_BITS)
    where, words, matters = (np.where(part == number, product, 0.0).sum(axis=1) for number in (WHERE, WORDS, MATTERS))
    place = np.minimum(where, 1) + _FLOOR
    place *= _naming(one.names[slot], one.names, shared, names) / (1 + _FLOOR)
    spoken = (one.keys >> np.uint32(PART_BITS) == MATTERS).any() | (part == MATTERS).any(axis=1)
    matter = np.where(spoken, (1 - _MATTERS) * words + _MATTERS * matters, words)
    matter = (np.minimum(matter, 1) + _FLOOR) / (1 + _FLOOR)
    return Parts(place, matter, np.sqrt(place * matter) * shared.any(axis=1))


def nearness(days: NDArray[np.float64]) -> NDArray[np.float64]:
    """A factor up to 1 for cases so many days apart, nan where unknown: an old case is seldom the same incident."""
    return np.where(np.isnan(days), 1.0, 1 - _FADING * (1 - np.exp(-np.abs(days) / _FADES_DAYS)))


def _naming(
    met: NDArray[np.uint8], own: NDArray[np.uint8], shared: NDArray[np.bool_], theirs: NDArray[np.uint8]
) -> NDArray[np.float64]:
    """A factor up to 1: how far each text has the place that the other names."""
    ours_named, theirs_named = bool(own.any()), theirs.any(axis=1)
    ours = np.where(shared, met, 0).sum(axis=1) / max(1, own.sum(dtype=int))
    other = np.where(shared, theirs, 0).sum(axis=1) / np.maximum(1, theirs.sum(axis=1, dtype=int))
    both = theirs_named & ours_named
    known = theirs_named.astype(int) + ours_named
    met_share = np.where(known > 0, (ours + other) / np.maximum(1, known), _UNNAMED)
    factor = (met_share + _NAMES) / (1 + _NAMES)
    return np.where(both & (np.maximum(ours, other) < _CONTRARY), factor * _OTHER_PLACE, factor)
