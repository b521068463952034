"""Learn to sort messages by label from those already sorted: a scikit-learn estimator over `linear.LinearModel`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin  # type: ignore[import-untyped]  # ships no types
from sklearn.utils.validation import check_is_fitted  # type: ignore[import-untyped]  # ships no types

from huiyin.language import ngrams
from huiyin.language.linear import LinearModel, softmax, tf_idf

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

_FOLDS = 3
_SHARPNESS = np.geomspace(0.5, 32, 49)


class TextClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # untyped bases
    """Linear support vector machine on hashed character 1- to 3-grams, margins calibrated on folds held out.

    `strength`: the larger, the closer the fit (the C of the machine).
    """

    def __init__(self, strength: float = 1.0) -> None:
        self.strength = strength

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> Self:
        """Learn from texts and their labels; at least two different labels are needed."""
        rows, targets = list(texts), np.asarray(labels, dtype=object)
        if isinstance(texts, str) or len(rows) != len(targets):
            raise ValueError("Give as many labels as texts.")
        if not all(isinstance(label, str) for label in targets):
            raise ValueError("Labels must be texts.")
        names, codes = np.unique(targets.astype(str), return_inverse=True)
        if len(names) < 2:  # noqa: PLR2004 - nothing to tell apart
            raise ValueError("Give examples of at least two labels.")
        idf, matrix = _matrix(rows)
        weights, bias = _learn(matrix, codes, self.strength)
        sharpness = _calibrated(matrix, codes, self.strength)
        self.classes_ = names
        self.model_ = LinearModel(tuple(names.tolist()), idf, weights, bias, sharpness)
        return self

    def predict(self, texts: Sequence[str]) -> NDArray[np.str_]:
        """The likeliest label of each text."""
        best = self._fitted().scores(list(texts)).argmax(axis=1)
        labels: NDArray[np.str_] = self.classes_[best]
        return labels

    def predict_proba(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Shape (texts, labels), columns in the order of `classes_`."""
        return self._fitted().probabilities(list(texts))

    def decision_function(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Signed margins, shape (texts, labels)."""
        return self._fitted().scores(list(texts))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write one file that `load` and `LinearModel.load` read."""
        self._fitted().save(path)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read what `save` wrote; any other file is a ValueError."""
        classifier = cls()
        classifier.model_ = LinearModel.load(path)
        classifier.classes_ = np.asarray(classifier.model_.labels)
        return classifier

    def _fitted(self) -> LinearModel:
        check_is_fitted(self, "model_")
        return self.model_


def _matrix(texts: Sequence[str]) -> tuple[NDArray[np.float32], Any]:
    """The idf of every bucket and the sparse matrix (texts, buckets). A bucket seen in one text only says nothing."""
    from scipy.sparse import csr_matrix, vstack  # type: ignore[import-untyped]  # noqa: PLC0415 - learning only; ships no types

    counted = [ngrams.counts(batch) for batch in ngrams.batches(texts)]
    seen = sum((np.bincount(part.bucket, minlength=ngrams.BUCKETS) for part in counted), np.zeros(ngrams.BUCKETS))
    idf = np.where(seen > min(1, len(texts) // 100), np.log((1 + len(texts)) / (1 + seen)) + 1, 0).astype(np.float32)
    blocks = [
        csr_matrix((tf_idf(part, idf), part.bucket, part.bounds), shape=(len(part.bounds) - 1, ngrams.BUCKETS))
        for part in counted
    ]
    matrix = vstack(blocks, format="csr")
    matrix.eliminate_zeros()
    return idf, matrix


def _learn(matrix: Any, codes: NDArray[np.intp], strength: float) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights (buckets, labels) and bias (labels,) of one machine per label against the rest."""
    from sklearn.svm import LinearSVC  # type: ignore[import-untyped]  # noqa: PLC0415 - learning only; ships no types

    machine = LinearSVC(C=strength, class_weight="balanced", random_state=0).fit(matrix, codes)
    weights, bias = machine.coef_.T, machine.intercept_
    if weights.shape[1] == 1:  # two labels: one machine, read from both sides
        weights, bias = np.hstack((-weights, weights)), np.hstack((-bias, bias))
    return np.ascontiguousarray(weights, dtype=np.float32), bias.astype(np.float32)


def _calibrated(matrix: Any, codes: NDArray[np.intp], strength: float) -> float:
    """The factor on margins under which held-out messages are least surprising; 1 when there are too few to tell."""
    margins, truth = [], []
    for held in _folds(codes):
        weights, bias = _learn(matrix[~held], codes[~held], strength)
        margins.append(np.asarray(matrix[held] @ weights + bias, dtype=np.float32))
        truth.append(codes[held])
    if not margins:
        return 1.0
    scores, right = np.concatenate(margins), np.concatenate(truth)
    surprise = [-np.log(softmax(scores * factor)[np.arange(len(right)), right] + 1e-9).mean() for factor in _SHARPNESS]
    return float(_SHARPNESS[int(np.argmin(surprise))])


def _folds(codes: NDArray[np.intp]) -> Iterator[NDArray[np.bool_]]:
    """Which rows are held out, fold by fold; labels with few examples are always learned from."""
    order = np.random.default_rng(0).permutation(len(codes))
    order = order[np.argsort(codes[order], kind="stable")]
    rank = np.empty(len(codes), dtype=np.intp)
    first = np.concatenate((np.zeros(1, dtype=np.intp), np.cumsum(np.bincount(codes))))
    rank[order] = np.arange(len(codes)) - first[codes[order]]
    enough = np.bincount(codes)[codes] >= _FOLDS
    for fold in range(_FOLDS):
        held = enough & (rank % _FOLDS == fold)
        if held.any():
            yield held
