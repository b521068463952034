"""A model without one label: the words of the labels name the clearest texts, and these teach the rest.

Self-training (Scudder 1965) on the texts at hand. It needs some hundred of them; `coldstart.KeywordModel` needs none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np

from huiyin.language.classify import TextClassifier
from huiyin.language.coldstart import KeywordModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_ROUNDS = (0.5, 0.5, 0.7)
"""Which part of the texts of each label, the clearest first, teaches in each round."""
_UNKNOWN = 1e-9


class ColdStart:
    """Labels by the words that name them, then by what else stands in the texts that have these words."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        self.keywords = KeywordModel(words)
        self.labels = self.keywords.labels

    def fit(self, texts: Sequence[str]) -> Self:
        """Learn from texts without labels. Raises ValueError where the words point to fewer than two labels."""
        rows = list(texts)
        names = np.asarray(self.labels)
        shares, said = self.keywords.probabilities(rows), names
        for part in _ROUNDS:
            kept = _clearest(shares, part)
            self.model_ = TextClassifier().fit([rows[row] for row in kept], said[shares[kept].argmax(axis=1)])
            shares, said = self.model_.predict_proba(rows), self.model_.classes_
        return self

    def predict(self, texts: Sequence[str]) -> NDArray[np.str_]:
        """The likeliest label of each text."""
        return self.model_.predict(texts)

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Shape (texts, labels). They agree with the words, not with people: not calibrated."""
        found = np.full((len(texts), len(self.labels)), _UNKNOWN)
        found[:, [self.labels.index(name) for name in self.model_.classes_]] += self.model_.predict_proba(texts)
        shares: NDArray[np.float64] = found / found.sum(axis=1, keepdims=True)
        return shares

    def explain(self, text: str, label: str, k: int = 5) -> tuple[str, ...]:
        """At most k words that speak for the label."""
        return self.model_.model_.explain(text, label, k) if label in self.model_.model_.labels else ()


def _clearest(shares: NDArray[np.float64], part: float) -> NDArray[np.intp]:
    """Of the texts said to have a label this part, those farthest from any other; never one that nothing speaks for."""
    ranked = np.sort(shares, axis=1)
    lead, said = ranked[:, -1] - ranked[:, -2], shares.argmax(axis=1)
    kept = []
    for column in np.unique(said):
        rows = np.flatnonzero((said == column) & (lead > 0))
        kept.append(rows[np.argsort(-lead[rows], kind="stable")[: int(np.ceil(part * len(rows)))]])
    return np.sort(np.concatenate(kept)) if kept else np.empty(0, dtype=np.intp)
