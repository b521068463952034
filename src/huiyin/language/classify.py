"""Learn to sort messages by label from those already sorted: a scikit-learn estimator over `linear.LinearModel`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin  # type: ignore[import-untyped]  # ships no types
from sklearn.utils.validation import check_is_fitted  # type: ignore[import-untyped]  # ships no types

from huiyin.language import calibrate, ngrams
from huiyin.language.card import Card
from huiyin.language.linear import LinearModel, softmax, tf_idf
from huiyin.language.ridge import solve

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from numpy.typing import NDArray

_CONSTANT = np.float32(0.05**0.5)
"""The value of the column that stands for the bias: small, so that it is held back a little like any other."""


@dataclass(frozen=True, slots=True)
class _Past:
    """What later lessons build on: texts that had each bucket, how firmly each weight stands, cases of each label."""

    seen: NDArray[np.int64]
    firmness: NDArray[np.float32]
    cases: NDArray[np.int64]


class TextClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]  # untyped bases
    """Regularised least squares on hashed character n-grams of the whole text and of its heading.

    A text is best given as title, line break, body; without a title its opening words are taken as heading.
    `penalty`: the larger, the more careful the fit. After a fit `card_` tells how it did on folds held out.
    """

    def __init__(self, penalty: float = 0.2) -> None:
        self.penalty = penalty

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> Self:
        """Learn from texts and their labels; at least two different labels are needed."""
        rows, targets = _checked(texts, labels)
        names, codes = np.unique(targets, return_inverse=True)
        if len(names) < 2:  # noqa: PLR2004 - nothing to tell apart
            raise ValueError("Give examples of at least two labels.")
        counted = [ngrams.counts(batch) for batch in ngrams.batches(rows)]
        seen = _seen(counted)
        idf = np.where(seen > min(1, len(rows) // 100), _rarity(seen, len(rows)), 0).astype(np.float32)
        matrix = _matrix(counted, idf)
        cases = np.bincount(codes)
        weights, bias = self._learned(matrix, codes, cases)
        held, scores = calibrate.held_out(codes, lambda kept: self._learned(matrix[kept], codes[kept], cases), matrix)
        sharpness = calibrate.sharpness(scores, codes[held])
        self.classes_ = names
        self.model_ = LinearModel(tuple(names.tolist()), idf, weights.astype(np.float16), bias, sharpness)
        self.past_ = _Past(seen, self._firmness(matrix, codes, cases), cases)
        self.card_ = Card.of(
            names.tolist(), codes[held], softmax(scores * sharpness), learned=cases.tolist(), split=calibrate.SPLIT
        )
        return self

    def partial_fit(self, texts: Sequence[str], labels: Sequence[str]) -> Self:
        """Learn more from new texts alone, new labels included, at the cost of the new texts.

        What was learned stands the firmer the more cases spoke for it. Calibration stays as it was: fit anew when a
        tenth has been added.
        """
        model, rows, targets = self._fitted(), *_checked(texts, labels)
        if not rows:
            return self
        names = np.asarray([*model.labels, *sorted(set(targets.tolist()) - set(model.labels))])
        codes = np.asarray([{name: place for place, name in enumerate(names)}[label] for label in targets])
        cases = np.bincount(codes, minlength=len(names))
        cases[: len(model.labels)] += self.past_.cases
        counted = [ngrams.counts(batch) for batch in ngrams.batches(rows)]
        seen = self.past_.seen + _seen(counted)
        idf = np.where((model.idf == 0) & (seen > 1), _rarity(seen, int(cases.sum())), model.idf).astype(np.float32)
        matrix = _matrix(counted, idf)
        more = len(names) - len(model.labels)
        old = np.pad(np.asarray(model.weights, dtype=np.float32), ((0, 0), (0, more)))
        stood = np.append(model.bias, np.full(more, -1, dtype=np.float32))
        known = matrix[:, :-1] @ old + stood
        change = solve(matrix, _signs(codes, len(names)) - known, _balance(cases)[codes], self.past_.firmness)
        firmness = self.past_.firmness + self._firmness(matrix, codes, cases) - np.float32(self.penalty)
        weights = (old + change[:-1]).astype(np.float16)
        self.model_ = LinearModel(tuple(names.tolist()), idf, weights, stood + change[-1] * _CONSTANT, model.sharpness)
        self.past_ = _Past(seen, firmness, cases)
        self.classes_ = names
        return self

    def predict(self, texts: Sequence[str]) -> NDArray[np.str_]:
        """The likeliest label of each text."""
        best = self._fitted().scores(list(texts)).argmax(axis=1)
        labels: NDArray[np.str_] = self.classes_[best]
        return labels

    def predict_proba(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Calibrated on folds held out; shape (texts, labels), columns in the order of `classes_`."""
        return self._fitted().probabilities(list(texts))

    def decision_function(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Signed margins, shape (texts, labels)."""
        return self._fitted().scores(list(texts))

    def decide(self, texts: Sequence[str], error_cost: float) -> list[str | None]:
        """The likeliest label where it is likely enough, else None: then a person decides (Chow 1970).

        `error_cost`: how many times dearer a wrong label is than asking a person; up to 1 nobody is ever asked.
        """
        shares = self.predict_proba(texts)
        sure = shares.max(axis=1, initial=0) >= calibrate.threshold(error_cost)
        labels = self.classes_[shares.argmax(axis=1)].tolist()
        return [label if enough else None for label, enough in zip(labels, sure, strict=True)]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write one file that `load` and `LinearModel.load` read."""
        past = self.past_
        self._fitted().save(path, seen=past.seen, firmness=past.firmness, cases=past.cases)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read what `save` wrote; any other file is a ValueError."""
        classifier = cls()
        classifier.model_ = LinearModel.load(path)
        with np.load(Path(path), allow_pickle=False) as file:
            classifier.past_ = _Past(file["seen"], file["firmness"], file["cases"])
        classifier.classes_ = np.asarray(classifier.model_.labels)
        return classifier

    def _fitted(self) -> LinearModel:
        check_is_fitted(self, "model_")
        return self.model_

    def _learned(
        self, matrix: Any, codes: NDArray[np.intp], cases: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Weights (buckets, labels) and bias (labels,)."""
        penalty = np.full(matrix.shape[1], self.penalty, dtype=np.float32)
        found = solve(matrix, _signs(codes, len(cases)), _balance(cases)[codes], penalty)
        return found[:-1], found[-1] * _CONSTANT

    def _firmness(self, matrix: Any, codes: NDArray[np.intp], cases: NDArray[np.int64]) -> NDArray[np.float32]:
        """The diagonal of the normal equations: penalty and what the rows say of each column."""
        spoken = matrix.multiply(matrix).T @ _balance(cases)[codes]
        firmness: NDArray[np.float32] = (self.penalty + spoken).astype(np.float32)
        return firmness


def _checked(texts: Sequence[str], labels: Sequence[str]) -> tuple[list[str], NDArray[np.str_]]:
    rows, targets = list(texts), np.asarray(labels, dtype=object)
    if isinstance(texts, str) or len(rows) != len(targets):
        raise ValueError("Give as many labels as texts.")
    if not all(isinstance(label, str) for label in targets):
        raise ValueError("Labels must be texts.")
    return rows, targets.astype(str)


def _signs(codes: NDArray[np.intp], labels: int) -> NDArray[np.float32]:
    """1 for the label of a row, -1 for the others; shape (rows, labels)."""
    signs: NDArray[np.float32] = np.where(codes[:, None] == np.arange(labels), 1, -1).astype(np.float32)
    return signs


def _balance(cases: NDArray[np.int64]) -> NDArray[np.float32]:
    """What one case of each label counts, so that rare labels are not drowned."""
    counts: NDArray[np.float32] = (cases.sum() / (len(cases) * np.maximum(cases, 1))).astype(np.float32)
    return counts


def _seen(counted: Sequence[ngrams.Counts]) -> NDArray[np.int64]:
    """In how many texts each bucket occurs."""
    none = np.zeros(ngrams.BUCKETS, dtype=np.int64)
    return sum((np.bincount(part.bucket, minlength=ngrams.BUCKETS) for part in counted), none)


def _rarity(seen: NDArray[np.int64], texts: int) -> NDArray[np.float64]:
    found: NDArray[np.float64] = np.log((1 + texts) / (1 + seen)) + 1
    return found


def _matrix(counted: Sequence[ngrams.Counts], idf: NDArray[np.float32]) -> Any:
    """The sparse matrix (texts, buckets and the constant)."""
    from scipy.sparse import csr_matrix, hstack, vstack  # type: ignore[import-untyped]  # noqa: PLC0415 - learning only; ships no types

    blocks = []
    for part in counted:
        bounds = part.bounds[:: ngrams.VIEWS]
        blocks.append(csr_matrix((tf_idf(part, idf), part.bucket, bounds), shape=(len(bounds) - 1, ngrams.BUCKETS)))
    matrix = vstack(blocks, format="csr")
    matrix.eliminate_zeros()
    return hstack((matrix, np.full((matrix.shape[0], 1), _CONSTANT)), format="csr")
