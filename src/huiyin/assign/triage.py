"""Which category a text belongs to: the district's own model once it has one; until then the taxonomy's words.

Between the two stands what the words taught themselves on the district's texts (`starting`). Nobody has confirmed it,
so it names the category and the words alone say how sure that is: nothing goes out at once that they would not send.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huiyin.cases.models import Category
from huiyin.language.coldstart import Guess as Found
from huiyin.language.coldstart import KeywordModel
from huiyin.language.coldstart import guess as ask
from huiyin.language.linear import LinearModel
from huiyin.people import memory

logger = logging.getLogger(__name__)
COLD = "taxonomy"


@dataclass(frozen=True, slots=True)
class Guess:
    """`category` is a code, None when nothing speaks for one; `confidence` in 0..1; `words` say why."""

    category: str | None
    confidence: float
    words: tuple[str, ...]
    model: str


def model_file() -> Path:
    return Path(settings.HOME) / "models" / "triage.npz"


def started_file() -> Path:
    """The model that learned from texts without categories."""
    return Path(settings.HOME) / "models" / "started.npz"


def guess(texts: Sequence[str]) -> list[Guess]:
    """One guess a text, in order: of the learned model, else of the one that taught itself, else by the words."""
    if not texts:
        return []
    if learned := _model(model_file(), stamp := _stamp(model_file())):
        return _named(ask(learned, texts), f"linear-{stamp}")
    words = _cold(memory.minute())
    if started := _model(started_file(), stamp := _stamp(started_file())):
        return _named(_as_sure_as(words, started, texts), f"started-{stamp}")
    return _named(ask(words, texts), COLD)


def taxonomy_words() -> dict[str, list[str]]:
    """Each category that can be dispatched, with the words that name it."""
    rows = Category.objects.filter(parent__isnull=False).values_list("code", "name", "words")
    return {code: [name, *words.split()] for code, name, words in rows}


def _named(found: Sequence[Found], name: str) -> list[Guess]:
    return [Guess(one.label or None, one.confidence, one.words, name) if one.words else _none(name) for one in found]


def _none(name: str) -> Guess:
    return Guess(None, 0.0, (), name)


def _as_sure_as(words: KeywordModel, started: LinearModel, texts: Sequence[str]) -> list[Found]:
    """What the started model says, as sure as the words are of it; their own guess where it has no label of theirs."""
    columns = {label: column for column, label in enumerate(words.labels)}
    found = zip(ask(started, texts), ask(words, texts), words.probabilities(texts).tolist(), strict=True)
    return [
        Found(one.label, row[columns[one.label]], one.words) if one.label in columns else other
        for one, other, row in found
    ]


def _stamp(path: Path) -> int:
    return int(path.stat().st_mtime) if path.exists() else 0


@lru_cache(maxsize=2)
def _model(path: Path, stamp: int) -> LinearModel | None:
    try:
        return LinearModel.load(path) if stamp else None
    except ValueError as error:  # of another version: the taxonomy's words until the next night learns anew
        logger.warning("%s", error)
        return None


@lru_cache(maxsize=1)
def _cold(_minute: int) -> KeywordModel:
    return KeywordModel(taxonomy_words())
