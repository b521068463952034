"""Which keys of a text to look others up by, where a database holds the inverted index: few rows must tell it all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from huiyin.language.fingerprints import MATTERS, PART_BITS, Fingerprint, finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


class Lookup(NamedTuple):
    """Keys as signed 32-bit numbers, as a database has them.

    `rare`: rows with any of them are worth reading. `named`: all pairs of the named place, where one of them is too
    common to be read by itself; with `matters`, any of which narrows it further.
    """

    rare: list[int]
    named: list[int]
    matters: list[int]


def lookup(one: Fingerprint, rows_of: Callable[[NDArray[np.int32]], NDArray[np.float64]], most: int) -> Lookup:
    """Keys that together bring about `most` rows; `rows_of` says how many rows each key is expected to bring."""
    found = finding(one.keys, one.weights)
    keys, named = signed(one.keys[found]), one.names[found] > 0
    rows = rows_of(keys)
    rare: list[int] = []
    left, common = float(most), False
    for slot in np.lexsort((rows, ~named)):  # the named place first, then the rarest
        if rows[slot] <= left:
            left -= float(rows[slot])
            rare.append(int(keys[slot]))
        else:
            common |= bool(named[slot])
    matters = one.keys[one.keys >> np.uint32(PART_BITS) == MATTERS]
    return Lookup(rare, keys[named].tolist() if common else [], signed(matters).tolist())


def signed(keys: NDArray[np.uint32]) -> NDArray[np.int32]:
    """The same 32 bits as a signed number."""
    return np.ascontiguousarray(keys).view(np.int32)
