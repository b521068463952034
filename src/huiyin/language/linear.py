"""A linear model over hashed character n-grams, for reading only: numpy, no scikit-learn, little memory.

`classify.TextClassifier` learns one; the web process loads and asks it.
"""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from huiyin.language import ngrams
from huiyin.language.segment import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_TYPE = "huiyin-linear-1"
_LARGEST = 1 << 30


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Weights of every bucket for every label: `idf` (buckets,), `weights` (buckets, labels), `bias` (labels,)."""

    labels: tuple[str, ...]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    sharpness: float = 1.0

    def scores(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Signed margins, shape (texts, labels)."""
        if isinstance(texts, str):
            raise TypeError("Give a list of texts, not one text.")
        rows = [row for batch in ngrams.batches(texts) for row in self._rows(batch)]
        return np.asarray(rows, dtype=np.float32).reshape(-1, len(self.labels)) + self.bias

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Calibrated shares that sum to one in every row, shape (texts, labels)."""
        return softmax(self.scores(texts) * self.sharpness)

    def explain(self, text: str, label: str, k: int = 5) -> tuple[str, ...]:
        """At most k words of the text that speak most for the label rather than for the others."""
        speaks = np.concatenate((np.zeros(1), np.cumsum(self._by_character(text, self.labels.index(label)))))
        best: dict[str, float] = {}
        at = 0
        for word in words(text):
            end = at + len(word)
            if len(word) > 1 and word.isalpha():
                best[word] = max(best.get(word, 0.0), float(speaks[end] - speaks[at]))
            at = end
        ranked = sorted(best, key=lambda word: -best[word])
        return tuple(word for word in ranked[:k] if best[word] > 0)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write one file, whole or not at all."""
        head = {"type": _TYPE, "labels": self.labels, "sharpness": self.sharpness}
        target = Path(path)
        part = target.with_name(f"{target.name}.{os.getpid()}.part")
        with part.open("wb") as file:
            text = np.frombuffer(json.dumps(head).encode(), dtype=np.uint8)
            np.savez_compressed(file, head=text, idf=self.idf, weights=self.weights, bias=self.bias)
        part.replace(target)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read what `save` wrote. Nothing in the file is ever executed; any other file is a ValueError."""
        try:
            return cls._read(Path(path))
        except (zipfile.BadZipFile, EOFError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"{path} is not a text model saved by Huiyin: {error}") from error

    @classmethod
    def _read(cls, path: Path) -> Self:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                raise ValueError("it unpacks to more than 1 GiB")
        with np.load(path, allow_pickle=False) as file:
            head = json.loads(file["head"].tobytes())
            if head["type"] != _TYPE:
                raise ValueError(f"its type is {head['type']!r}")
            idf, weights, bias = (file[name] for name in ("idf", "weights", "bias"))
        model = cls(tuple(head["labels"]), idf, weights, bias, float(head["sharpness"]))
        model._check()
        return model

    def _check(self) -> None:
        shapes = ((ngrams.BUCKETS,), (ngrams.BUCKETS, len(self.labels)), (len(self.labels),))
        arrays = (self.idf, self.weights, self.bias)
        if any(array.shape != shape for array, shape in zip(arrays, shapes, strict=True)):
            raise ValueError("its tables have another shape")
        if any(array.dtype != np.float32 or not np.isfinite(array).all() for array in arrays):
            raise ValueError("its tables hold something else than numbers")
        if not self.labels or not all(isinstance(label, str) for label in self.labels):
            raise ValueError("its labels are not texts")

    def _rows(self, batch: Sequence[str]) -> list[NDArray[np.float32]]:
        counted = ngrams.counts(batch)
        values = tf_idf(counted, self.idf)
        spans = zip(counted.bounds[:-1].tolist(), counted.bounds[1:].tolist(), strict=True)
        return [values[start:end] @ self.weights.take(counted.bucket[start:end], axis=0) for start, end in spans]

    def _by_character(self, text: str, column: int) -> NDArray[np.float64]:
        """What each character adds to the label beyond the mean of all, every n-gram shared among its characters."""
        added = np.zeros(len(text))
        for gram in ngrams.grams(ngrams.fold(text)):
            rows = self.weights.take(gram.bucket, axis=0)
            share = (rows[:, column] - rows.mean(axis=1)) * self.idf[gram.bucket] / gram.size
            for step in range(gram.size):
                added[gram.start + step] += share
        return added


def tf_idf(counted: ngrams.Counts, idf: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sublinear counts times idf, every text of length one."""
    values = (1 + np.log(counted.times)).astype(np.float32) * idf[counted.bucket]
    sizes = np.diff(counted.bounds)
    squares = np.concatenate((np.zeros(1), np.cumsum(values.astype(np.float64) ** 2)))
    norms: NDArray[np.float64] = np.sqrt(np.maximum(np.diff(squares[counted.bounds]), 1e-12))
    return (values / np.repeat(norms, sizes)).astype(np.float32)


def softmax(scores: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Shares by row."""
    raised = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True, initial=-np.inf))
    shares: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
    return shares
