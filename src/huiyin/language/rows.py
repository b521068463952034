"""Fingerprints of many texts as growing arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from huiyin.language.fingerprints import SLOTS, Fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_GROWTH = 1.5


class Rows:
    """Keys, weights, names: (n, SLOTS); days: (n,), since 1970, nan where unknown. A forgotten row is all zeros."""

    def __init__(self) -> None:
        self._size = 0
        self._keys = np.zeros((0, SLOTS), dtype=np.uint32)
        self._weights = np.zeros((0, SLOTS), dtype=np.uint8)
        self._names = np.zeros((0, SLOTS), dtype=np.uint8)
        self._days = np.zeros(0, dtype=np.float64)

    def __len__(self) -> int:
        return self._size

    @property
    def keys(self) -> NDArray[np.uint32]:
        return self._keys[: self._size]

    @property
    def weights(self) -> NDArray[np.uint8]:
        return self._weights[: self._size]

    @property
    def names(self) -> NDArray[np.uint8]:
        return self._names[: self._size]

    @property
    def days(self) -> NDArray[np.float64]:
        return self._days[: self._size]

    def fingerprint(self, row: int) -> Fingerprint:
        return Fingerprint(self._keys[row], self._weights[row], self._names[row])

    def append(self, prints: Sequence[Fingerprint], days: Sequence[float]) -> None:
        first, self._size = self._size, self._size + len(prints)
        if self._size > len(self._days):
            self._grow(max(self._size, int(len(self._days) * _GROWTH)))
        for row, one in enumerate(prints, first):
            self._keys[row], self._weights[row], self._names[row] = one
        self._days[first : self._size] = days

    def forget(self, rows: Sequence[int]) -> None:
        """Nothing is alike a forgotten row any more."""
        for array in (self._keys, self._weights, self._names):
            array[rows] = 0

    def _grow(self, room: int) -> None:
        more = room - len(self._days)
        self._keys = np.pad(self._keys, ((0, more), (0, 0)))
        self._weights = np.pad(self._weights, ((0, more), (0, 0)))
        self._names = np.pad(self._names, ((0, more), (0, 0)))
        self._days = np.pad(self._days, (0, more))
