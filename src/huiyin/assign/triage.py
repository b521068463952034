"""Which category a text belongs to: the district's own model once it has one, the taxonomy's words until then."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huiyin.cases.models import Category
from huiyin.language.coldstart import KeywordModel
from huiyin.language.coldstart import guess as ask
from huiyin.language.linear import LinearModel

logger = logging.getLogger(__name__)
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
    stamp = _stamp()
    learned = _learned(stamp)
    model, name = (learned, f"linear-{stamp}") if learned else (_cold(int(time.monotonic()) // _MINUTE), COLD)
    return [
        Guess(found.label, found.confidence, found.words, name) if found.words else Guess(None, 0.0, (), name)
        for found in ask(model, texts)
    ]


def _stamp() -> int:
    path = model_file()
    return int(path.stat().st_mtime) if path.exists() else 0


@lru_cache(maxsize=1)
def _learned(stamp: int) -> LinearModel | None:
    try:
        return LinearModel.load(model_file()) if stamp else None
    except ValueError as error:  # of another version: the taxonomy's words until the next night learns anew
        logger.warning("%s", error)
        return None


@lru_cache(maxsize=1)
def _cold(_minute: int) -> KeywordModel:
    rows = Category.objects.filter(parent__isnull=False).values_list("code", "name", "words")
    return KeywordModel({code: [name, *words.split()] for code, name, words in rows})
