"""The words that a list of cases is about."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, Self

from huiyin.language import background as requests_at_large
from huiyin.language import jieba
from huiyin.language.segment import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Keyword(NamedTuple):
    """A word, its weight, and in how many texts it stands."""

    word: str
    weight: float
    documents: int


@dataclass(frozen=True, slots=True)
class Background:
    """What is usual: of so many texts, how many have each word."""

    documents: int
    counts: Mapping[str, int]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Count usual texts, such as a district's cases of the last year."""
        seen = [set(content_words(text)) for text in texts]
        return cls(len(seen), Counter(word for words in seen for word in words))

    def rarity(self, word: str) -> float:
        """Inverse document frequency, bounded: what one in thirty texts has is rare enough."""
        share = self.counts.get(word, 0) / max(1, self.documents)
        return math.log(1 + 1 / (share + _RARE))


NOTHING = Background(0, {})
_MANY = 10_000
# Nouns, verbs, adjectives, idioms, short forms, Latin words; no people, times, numbers.
_KINDS = ("n", "v", "a", "l", "i", "j", "z", "eng")
_PEOPLE = ("nr",)
_USUAL = frozenset((files("huiyin.language") / "tables" / "usual_words.txt").read_text(encoding="utf-8").split())
_RARE = 0.03
_SATURATION = 3


def keywords(texts: Iterable[str], k: int = 10, background: Background = NOTHING) -> list[Keyword]:
    """The k weightiest words, best first: how much of the texts they fill, times their rarity in the background.

    A word counts less with every repetition within one text (as in BM25). Time is linear in the length of the texts.
    """
    counted = [Counter(content_words(text)) for text in texts]
    documents = Counter(word for counts in counted for word in counts)
    filled: defaultdict[str, float] = defaultdict(float)
    for counts in counted:
        for word, times in counts.items():
            filled[word] += times / (times + _SATURATION)
    weighed = (
        Keyword(word, share / len(counted) * background.rarity(word), documents[word]) for word, share in filled.items()
    )
    return sorted(weighed, key=lambda found: (-found.weight, found.word))[:k]


@cache
def usual() -> Background:
    """Requests at large (`background.words`), where a district's own year has not been counted."""
    rarities = requests_at_large.words()
    return Background(_MANY, {word: round(_MANY * math.exp(-rarity)) for word, rarity in rarities.items()})


def content_words(text: str) -> list[str]:
    """Words of two or more letters that say what a text is about, in lower case and in order."""
    return [
        word.lower()
        for word, kind in jieba.tag(whole(text))
        if len(word) > 1 and kind.startswith(_KINDS) and not kind.startswith(_PEOPLE) and word not in _USUAL
    ]
