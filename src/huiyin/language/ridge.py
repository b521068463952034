"""Regularised least squares on sparse rows, all labels at once, by conjugate gradients: a pass costs two products.

Hestenes and Stiefel 1952 in the form CGLS (Björck 1996, 7.4), one step length for each label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PASSES = 60
_AT_ONCE = 16  # labels: enough to share the passes, few enough for memory
_CLOSE = 1e-2  # stopping here holds back what closer fits would learn by heart


def solve(
    matrix: Any, targets: NDArray[np.float32], weights: NDArray[np.float32], penalty: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Coefficients (columns, labels) least in Σ weights·(targets - matrix·c)² + Σ penalty·c².

    `matrix`: CSR (rows, columns); `targets` (rows, labels); `weights` (rows,); `penalty` (columns,), all positive.
    """
    from scipy.sparse import diags  # type: ignore[import-untyped]  # noqa: PLC0415 - learning only; ships no types

    scale = 1 / np.sqrt(penalty)
    roots = np.sqrt(weights)
    rows = (diags(roots) @ matrix @ diags(scale)).tocsr().astype(np.float32)
    turned = rows.T.tocsr()
    blocks = [
        _descended(rows, turned, targets[:, first : first + _AT_ONCE] * roots[:, None])
        for first in range(0, targets.shape[1], _AT_ONCE)
    ]
    return (np.hstack(blocks) * scale[:, None]).astype(np.float32)


def _descended(rows: Any, turned: Any, rest: NDArray[np.float32]) -> NDArray[np.float32]:
    """Conjugate gradients on rows and their transpose; `rest`, what is still unexplained, is used up."""
    found = np.zeros((rows.shape[1], rest.shape[1]), dtype=np.float32)
    slope = turned @ rest
    way, size = slope.copy(), _squares(slope)
    enough = size * _CLOSE**2
    for _ in range(_PASSES):
        if (size <= enough).all():
            break
        moved = rows @ way
        step = size / np.maximum(_squares(moved) + _squares(way), 1e-30)
        found += step * way
        rest -= step * moved
        slope = turned @ rest - found
        before, size = size, _squares(slope)
        way = slope + size / np.maximum(before, 1e-30) * way
    return found


def _squares(columns: NDArray[np.float32]) -> NDArray[np.float32]:
    squares: NDArray[np.float32] = np.einsum("ij,ij->j", columns, columns)
    return squares
