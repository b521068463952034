"""Which category a text belongs to: the district's own model once it has one, the taxonomy's words until then."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huiyin.cases.models import Case, Category
from huiyin.language.coldstart import KeywordModel
from huiyin.language.coldstart import guess as ask
from huiyin.language.linear import LinearModel

COLD = "taxonomy"
FEWEST = 200
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Guess:
    """`category` is a code, None when nothing speaks for one; `confidence` in 0..1; `words` say why."""

    category: str | None
    confidence: float
    words: tuple[str, ...]
    model: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a fit was made of, and how it did on the cases kept aside (the latest fifth)."""

    cases: int
    categories: int
    held_out: int
    accuracy: float


def model_file() -> Path:
    return Path(settings.HOME) / "models" / "triage.npz"


def guess(texts: Sequence[str]) -> list[Guess]:
    """One guess a text, in order. The learned model answers where it is there; else the taxonomy's words."""
    if not texts:
        return []
    stamp = _stamp()
    learned = _learned(stamp)
    model, name = (learned, f"linear-{stamp}") if learned else (_cold(int(time.monotonic()) // _MINUTE), COLD)
    return [
        Guess(found.label, found.confidence, found.words, name) if found.words else Guess(None, 0.0, (), name)
        for found in ask(model, texts)
    ]


def learn() -> Lesson:
    """Fit on the district's own dispatched cases, latest fifth kept aside for the score; then save.

    Raises ValueError with fewer than 200 cases or one category.
    """
    from huiyin.language.classify import TextClassifier  # noqa: PLC0415 scikit-learn stays out of the web process

    rows = list(
        Case.objects.filter(category__isnull=False, dispatched_at__isnull=False)
        .order_by("created_at")
        .values_list("title", "body__text", "category__code")
    )
    texts, labels = [f"{title}\n{text}" for title, text, _ in rows], [label for *_, label in rows]
    if len(rows) < FEWEST or len(set(labels)) < 2:  # noqa: PLR2004 two to tell apart
        raise ValueError(f"Learning needs at least {FEWEST} dispatched cases in two categories; there are {len(rows)}.")
    cut = len(rows) * 4 // 5
    trial = TextClassifier().fit(texts[:cut], labels[:cut])
    right = sum(a == b for a, b in zip(trial.predict(texts[cut:]), labels[cut:], strict=True))
    model_file().parent.mkdir(parents=True, exist_ok=True)
    TextClassifier().fit(texts, labels).save(model_file())
    return Lesson(len(rows), len(set(labels)), len(rows) - cut, right / (len(rows) - cut))


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
