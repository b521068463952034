"""Which category a text belongs to: the district's own model once it has one, the taxonomy's words until then."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huiyin.cases.models import Category
from huiyin.language.coldstart import KeywordModel
from huiyin.language.coldstart import guess as guess_by_words
from huiyin.language.linear import LinearModel

COLD = "taxonomy"
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Guess:
    """`category` is a code, None when nothing speaks for one; `confidence` in 0..1; `words` say why."""

    category: str | None
    confidence: float
    words: tuple[str, ...]
    model: str


def model_file() -> Path:
    return Path(settings.HOME) / "models" / "triage.npz"


def guess(texts: Sequence[str]) -> list[Guess]:
    """One guess a text, in order. The learned model answers where it is there; else the taxonomy's words."""
    if not texts:
        return []
    learned = _learned(_stamp())
    if learned is None:
        return _cold_guesses(texts)
    return _learned_guesses(learned, texts)


def _cold_guesses(texts: Sequence[str]) -> list[Guess]:
    found = guess_by_words(_cold(int(time.monotonic()) // _MINUTE), texts)
    return [Guess(g.label, g.confidence, g.words, COLD) if g.words else Guess(None, 0.0, (), COLD) for g in found]


def _learned_guesses(model: LinearModel, texts: Sequence[str]) -> list[Guess]:
    shares = model.probabilities(texts)
    best = shares.argmax(axis=1)
    return [
        Guess(model.labels[k], float(share[k]), tuple(model.explain(text, model.labels[k], 3)), f"linear {_stamp()}")
        for text, share, k in zip(texts, shares, best, strict=True)
    ]


def _stamp() -> int:
    path = model_file()
    return int(path.stat().st_mtime) if path.exists() else 0


@lru_cache(maxsize=1)
def _learned(stamp: int) -> LinearModel | None:
    return LinearModel.load(model_file()) if stamp else None


@lru_cache(maxsize=1)
def _cold(_minute: int) -> KeywordModel:
    rows = Category.objects.filter(parent__isnull=False).values_list("code", "name", "words")
    return KeywordModel({code: [name, *words.split()] for code, name, words in rows})
