"""Groups of texts by average likeness, without comparing each with each: only what shares a rare place is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]
from scipy.cluster.hierarchy import fcluster, linkage  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]
from scipy.spatial.distance import squareform  # type: ignore[import-untyped]

from huiyin.language.fingerprints import FULL, PART_BITS, WHERE
from huiyin.language.resemblance import compare, nearness
from huiyin.language.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from huiyin.language.fingerprints import Fingerprint

_SAME_PLACE = 0.08  # cosine of places from which on a pair is compared at all
_LARGEST = 4_000  # linked at once: 64 MB of distances
_TIGHTER = 0.1


def clusters(prints: Sequence[Fingerprint], days: Sequence[float], alike: float) -> Iterator[NDArray[np.intp]]:
    """Groups of two or more whose average likeness is at least `alike`; average linkage within connected parts."""
    if not prints:
        return
    rows = Rows()
    rows.append(prints, days)
    likeness = _likenesses(rows)
    for part in _connected(likeness, np.arange(len(prints)), alike):
        distances = 1 - likeness[part][:, part].toarray()
        np.fill_diagonal(distances, 0)
        label = fcluster(linkage(squareform(distances.clip(0, 1), checks=False), "average"), 1 - alike, "distance")
        yield from (group for one in np.unique(label) if len(group := part[label == one]) > 1)


def _likenesses(rows: Rows) -> sparse.csr_array:
    """Symmetric, (n, n); pairs that cannot matter are left out."""
    found = []
    for row, others in enumerate(_neighbours(rows)):
        if len(others):
            one = rows.fingerprint(row)
            score = compare(one, rows.keys[others], rows.weights[others], rows.names[others]).score
            score *= nearness(rows.days[others] - rows.days[row])
            found.append((np.full(len(others), row), others, score))
    size = (len(rows), len(rows))
    if not found:
        return sparse.csr_array(size)
    first, second, scores = (np.concatenate(column) for column in zip(*found, strict=True))
    upper = sparse.csr_array((scores, (first, second)), shape=size)
    return sparse.csr_array(upper + upper.T)


def _neighbours(rows: Rows) -> Iterator[NDArray[np.intp]]:
    """For each row the later rows of a place alike."""
    where = rows.keys >> np.uint32(PART_BITS) == WHERE
    row, _slot = np.nonzero(where)
    _keys, column = np.unique(rows.keys[where], return_inverse=True)
    weight = rows.weights[where].astype(np.float32) / FULL
    vectors = sparse.csr_array((weight, (row, column)), shape=(len(rows), max(1, len(_keys))))
    cosine = sparse.csr_array(sparse.triu(vectors @ vectors.T, k=1))
    for start, end in zip(cosine.indptr[:-1], cosine.indptr[1:], strict=True):
        yield cosine.indices[start:end][cosine.data[start:end] >= _SAME_PLACE].astype(np.intp)


def _connected(likeness: sparse.csr_array, rows: NDArray[np.intp], alike: float) -> Iterator[NDArray[np.intp]]:
    """Parts of two or more that are joined by pairs alike; a part too large to link is joined more tightly."""
    inner = sparse.csr_array(likeness[rows][:, rows])
    inner.data[inner.data < alike] = 0
    inner.eliminate_zeros()
    _count, label = connected_components(inner, directed=False)
    order = label.argsort(kind="stable")
    for part in np.split(rows[order], np.flatnonzero(np.diff(label[order])) + 1):
        if len(part) > _LARGEST and alike < 1:
            yield from _connected(likeness, part, alike + _TIGHTER)
        elif len(part) > 1:
            yield part
