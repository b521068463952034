"""Words of a text, and the terms a full text index keeps of it."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from huiyin.language import jieba
from huiyin.language.folded import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ALNUM = re.compile(r"[^\W_]+")
_HALF = re.compile(r"[\ud800-\udfff]")


def words(text: str) -> list[str]:
    """Cut a text into words, punctuation and spaces included: joined they are the text."""
    try:
        return jieba.cut(text)
    except UnicodeEncodeError:
        ends = list(itertools.accumulate(map(len, jieba.cut(whole(text))), initial=0))
        return [text[start:end] for start, end in itertools.pairwise(ends)]


def search_terms(text: str, limit: int | None = None) -> list[str]:
    """Distinct lower-case terms of two or more characters, in order of appearance.

    Words, the words within them, and the neighbouring pairs of every longer word, because `query_terms` asks by pairs.
    For titles and places add `bigrams`: then any part of them is found, wherever the cut falls.
    """
    found: dict[str, None] = {}
    for word in _runs(dict.fromkeys(jieba.cut_for_search(_plain(text)))):
        found[word] = None
        if len(word) > 2:  # noqa: PLR2004 - a pair already
            found.update(dict.fromkeys(_pairs(word)))
    return list(found)[:limit]


def bigrams(text: str) -> list[str]:
    """Distinct pairs of neighbouring letters or digits, for short texts that must be found by any part of them."""
    return list(dict.fromkeys(pair for run in _runs([_plain(text)]) for pair in _pairs(run)))


def query_terms(query: str) -> list[str]:
    """Terms that a text must all have. None: the query is too short for the index.

    Every term is a pair of characters of the query: a title that contains the query has them all among its `bigrams`.
    """
    cut = dict.fromkeys(pair for word in _runs(words(_plain(query))) for pair in _pairs(word))
    return list(cut) or bigrams(query)


def whole(text: str) -> str:
    """Halves of broken surrogate pairs replaced: they belong to no character, and the segmenter refuses them."""
    return text if text.isascii() else _HALF.sub("\ufffd", text)


def _plain(text: str) -> str:
    return whole(folded(text))


def _runs(parts: Iterable[str]) -> Iterator[str]:
    """Letters and digits only, at least two of them."""
    for part in parts:
        if part.isalnum():
            if len(part) > 1:
                yield part
        else:
            yield from (run for run in _ALNUM.findall(part) if len(run) > 1)


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]
