"""How sure a classifier may say it is: margins turned into probabilities on cases it has not learned from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from huiyin.language.linear import softmax

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

FOLDS = 3
SPLIT = f"{FOLDS} folds held out in turn, by label"
_SHARPNESS = np.geomspace(0.5, 32, 97)


def threshold(error_cost: float) -> float:
    """The probability from which a label is worth giving: Chow's rule (IEEE Trans. Inf. Theory 16, 1970).

    `error_cost`: how many times dearer a wrong label is than none.
    """
    if not error_cost > 0:
        raise ValueError("The cost of an error is a positive number.")
    return max(0.0, 1 - 1 / error_cost)


def held_out(
    codes: NDArray[np.intp],
    learn: Callable[[NDArray[np.bool_]], tuple[NDArray[np.float32], NDArray[np.float32]]],
    matrix: Any,
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Which rows were held out, and the margins a model learned without them gives, shape (held out, labels)."""
    rows, margins = [np.empty(0, dtype=np.intp)], [np.empty((0, codes.max() + 1), dtype=np.float32)]
    for held in _folds(codes):
        weights, bias = learn(~held)
        rows.append(np.flatnonzero(held))
        margins.append(np.asarray(matrix[held][:, :-1] @ weights + bias, dtype=np.float32))
    return np.concatenate(rows), np.concatenate(margins)


def sharpness(scores: NDArray[np.float32], truth: NDArray[np.intp]) -> float:
    """The factor on margins under which the truth surprises least (Guo et al. 2017, temperature); 1 without cases."""
    if not len(truth):
        return 1.0
    places = np.arange(len(truth))
    surprise = [-np.log(softmax(scores * factor)[places, truth] + 1e-9).mean() for factor in _SHARPNESS]
    return float(_SHARPNESS[int(np.argmin(surprise))])


def expected_error(shares: NDArray[np.float64], truth: NDArray[np.intp], bins: int = 15) -> float:
    """Expected calibration error: how far confidence and accuracy lie apart, weighed over equal steps of confidence."""
    return sum(abs(said - right) * cases for said, right, cases in curve(shares, truth, bins)) / max(1, len(truth))


def curve(shares: NDArray[np.float64], truth: NDArray[np.intp], bins: int = 10) -> list[tuple[float, float, int]]:
    """For every step of confidence that has cases: mean confidence, accuracy, cases."""
    sure, right = shares.max(axis=1, initial=0), shares.argmax(axis=1) == truth
    step = np.minimum((sure * bins).astype(np.intp), bins - 1)
    return [
        (float(sure[step == at].mean()), float(right[step == at].mean()), int((step == at).sum()))
        for at in np.unique(step)
    ]


def abstaining(shares: NDArray[np.float64], truth: NDArray[np.intp], coverage: float) -> tuple[float, float]:
    """The accuracy on this share of the cases, the surest first, and the confidence of the last of them."""
    sure, right = shares.max(axis=1, initial=0), shares.argmax(axis=1) == truth
    kept = np.argsort(-sure, kind="stable")[: max(1, round(coverage * len(truth)))]
    return float(right[kept].mean()), float(sure[kept[-1]])


def _folds(codes: NDArray[np.intp]) -> Iterator[NDArray[np.bool_]]:
    """Which rows are held out, fold by fold; labels with few examples are always learned from."""
    order = np.random.default_rng(0).permutation(len(codes))
    order = order[np.argsort(codes[order], kind="stable")]
    rank = np.empty(len(codes), dtype=np.intp)
    first = np.concatenate((np.zeros(1, dtype=np.intp), np.cumsum(np.bincount(codes))))
    rank[order] = np.arange(len(codes)) - first[codes[order]]
    enough = np.bincount(codes)[codes] >= FOLDS
    for fold in range(FOLDS):
        held = enough & (rank % FOLDS == fold)
        if held.any():
            yield held
