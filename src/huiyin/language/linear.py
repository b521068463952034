"""A linear model over hashed character n-grams, for reading only: numpy, no scikit-learn, little memory.

`classify.TextClassifier` learns one; the web process loads and asks it.
"""

from __future__ import annotations

import itertools
import json
import os
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

import numpy as np
from numpy.lib import format as npy

from huiyin.language import ngrams
from huiyin.language.segment import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_TYPE = "huiyin-linear-2"
_LARGEST = 1 << 30
_NAME_AT = 26  # where a member of a zip says how long its name and its extra field are
_HEAD_SHARE = 0.3
"""How far the heading speaks for the whole; chosen on grouped folds (docs/language/classify.md)."""
_SHARES = np.sqrt([1 - _HEAD_SHARE, _HEAD_SHARE])


@dataclass(frozen=True, slots=True, eq=False)
class LinearModel:
    """Weights of every bucket for every label: `idf` (buckets,), `weights` (buckets, labels), `bias` (labels,).

    Weights are kept in half precision; a loaded model maps them, so that all processes of a machine share one copy.
    """

    labels: tuple[str, ...]
    idf: NDArray[np.float32]
    weights: NDArray[np.float16]
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

    def unseen(self, texts: Sequence[str]) -> float:
        """Share of the n-grams of these texts that the model has learned nothing of; 0 for no texts."""
        buckets = [ngrams.counts(batch).bucket for batch in ngrams.batches(texts)]
        strange = sum(int((self.idf[bucket] == 0).sum()) for bucket in buckets)
        return strange / max(1, sum(map(len, buckets)))

    def save(self, path: str | os.PathLike[str], **more: NDArray[Any]) -> None:
        """Write one file, whole or not at all; `more` lies beside the tables of the model."""
        head = {"type": _TYPE, "labels": self.labels, "sharpness": self.sharpness}
        target = Path(path)
        part = target.with_name(f"{target.name}.{os.getpid()}.part")
        with part.open("wb") as file:
            text = np.frombuffer(json.dumps(head).encode(), dtype=np.uint8)
            tables = {"head": text, "idf": self.idf, "weights": self.weights, "bias": self.bias, **more}
            np.savez(file, **cast("dict[str, Any]", tables))
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
            idf, bias = file["idf"], file["bias"]
        model = cls(tuple(head["labels"]), idf, mapped(path, "weights"), bias, float(head["sharpness"]))
        model._check()
        return model

    def _check(self) -> None:
        shapes = ((ngrams.BUCKETS,), (ngrams.BUCKETS, len(self.labels)), (len(self.labels),))
        arrays: tuple[NDArray[Any], ...] = (self.idf, self.weights, self.bias)
        if any(array.shape != shape for array, shape in zip(arrays, shapes, strict=True)):
            raise ValueError("its tables have another shape")
        if [array.dtype for array in arrays] != [np.float32, np.float16, np.float32]:
            raise ValueError("its tables hold something else than numbers")
        if not all(np.isfinite(array.sum(dtype=np.float64)) for array in arrays):
            raise ValueError("its tables hold something else than numbers")
        if not self.labels or not all(isinstance(label, str) for label in self.labels):
            raise ValueError("its labels are not texts")

    def _rows(self, batch: Sequence[str]) -> list[NDArray[np.float32]]:
        counted = ngrams.counts(batch)
        values = tf_idf(counted, self.idf)
        bounds = counted.bounds[:: ngrams.VIEWS].tolist()
        return [
            values[start:end] @ self.weights[counted.bucket[start:end]].astype(np.float32)
            for start, end in itertools.pairwise(bounds)
        ]

    def _by_character(self, text: str, column: int) -> NDArray[np.float64]:
        """What each character adds to the label beyond the mean of all, every n-gram shared among its characters."""
        added = np.zeros(len(text) + 2)
        counted = ngrams.counts([text])
        rows = self.weights[counted.bucket].astype(np.float32)
        speaks = (rows[:, column] - rows.mean(axis=1)) * tf_idf(counted, self.idf) / counted.times
        for gram in ngrams.grams([text]):
            share = speaks[np.searchsorted(counted.bucket, gram.bucket)] / gram.size
            for step in range(gram.size):
                np.add.at(added, gram.start + step, share)
        return added[1:-1]


def tf_idf(counted: ngrams.Counts, idf: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sublinear counts times idf; each view of a text has the length of its share, whatever it says."""
    values = (1 + np.log(counted.times)).astype(np.float32) * idf[counted.bucket]
    squares = np.concatenate((np.zeros(1), np.cumsum(values.astype(np.float64) ** 2)))
    norms = np.sqrt(np.maximum(np.diff(squares[counted.bounds]), 1e-12)).reshape(-1, ngrams.VIEWS)
    scale = (_SHARES / norms).ravel()
    return (values * np.repeat(scale, np.diff(counted.bounds))).astype(np.float32)


def mapped(path: Path, name: str) -> NDArray[Any]:
    """One array of an uncompressed .npz, mapped from the file and not read."""
    with zipfile.ZipFile(path) as archive, archive.open(f"{name}.npy") as member:
        entry = archive.getinfo(f"{name}.npy")
        if entry.compress_type != zipfile.ZIP_STORED or npy.read_magic(member) != (1, 0):
            raise ValueError("its tables are packed")
        shape, _, dtype = npy.read_array_header_1_0(member)
        header = member.tell()
    with path.open("rb") as file:
        file.seek(entry.header_offset + _NAME_AT)
        names = sum(struct.unpack("<HH", file.read(4)))
    if dtype.hasobject:
        raise ValueError("its tables hold something else than numbers")
    return np.memmap(path, dtype, "r", entry.header_offset + _NAME_AT + 4 + names + header, shape)


def softmax(scores: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """Shares by row."""
    raised = np.exp(scores.astype(np.float64) - scores.max(axis=1, keepdims=True, initial=-np.inf))
    shares: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
    return shares
