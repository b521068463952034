"""What a request is about, as matters of `tables/matters.csv`: a curated table, each with the words people use."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from huiyin.language import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Mention(NamedTuple):
    """Words of a matter in a text: character positions, and the matter's name."""

    start: int
    end: int
    matter: str


def find_matters(text: str, starts: Iterable[int]) -> Iterator[Mention]:
    """Every mention that begins where a word does, in order; the longest wins, words of several matters count for each.

    `text` is half-width and lower case (`places.plain`), `starts` are its words' (`places.cut`).
    """
    matters, by_first = _matters(), _by_first()
    end = 0
    for start in starts:
        if start < end:
            continue
        for word in by_first.get(text[start], ()):
            if text.startswith(word, start):
                end = start + len(word)
                for matter in matters[word]:
                    yield Mention(start, end, matter)
                break


def is_word(word: str) -> bool:
    """Whether it is one of the words of the table."""
    return word in _matters()


@cache
def weights() -> Mapping[str, float]:
    """What each matter tells: common ones (物业, 规划) little."""
    return {row["matter"]: float(row["weight"]) for row in tables.rows("matters")}


@cache
def _matters() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in tables.rows("matters"):
        for word in row["words"].split():
            found[word].append(row["matter"])
    return {word: tuple(dict.fromkeys(matters)) for word, matters in found.items()}


@cache
def _by_first() -> Mapping[str, tuple[str, ...]]:
    """The words that start with a character, the longest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(_matters(), key=len, reverse=True):
        found[word[0]].append(word)
    return {first: tuple(words) for first, words in found.items()}
