"""How rare two neighbouring characters are in requests and in replies, so that what every text has weighs nothing."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from huiyin.language import background, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Rarity = Mapping[str, float]

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_FEWEST = 8
_STEPS = 4


def placed(text: str) -> Iterator[tuple[int, str]]:
    """Two neighbouring Chinese characters, each with where it starts."""
    for run in _HAN.finditer(text):
        start, han = run.start(), run.group()
        yield from ((start + at, han[at : at + 2]) for at in range(len(han) - 1))


def pairs(text: str) -> set[str]:
    """The distinct pairs of a text."""
    return {one + other for run in _HAN.findall(text) for one, other in pairwise(run)}


def weight(some: Iterable[str], rarity: Rarity) -> float:
    """Sum of the squared rarities, as in a TF-IDF cosine; what is not listed is as rare as can be."""
    return sum(rarity.get(pair, background.UNSEEN) ** 2 for pair in some)


@cache
def known() -> Rarity:
    """Rarity in requests or in replies, whichever is less: 收悉 is rare in the one and common in the other."""
    return merged(background.pairs(), _listed())


def learned(requests: Sequence[str], replies: Sequence[str]) -> Rarity:
    """A district's own: pairs that at least eight of its requests or replies have, over what is known already."""
    return merged(known(), merged(counted(requests), counted(replies)))


def counted(texts: Sequence[str]) -> Rarity:
    """Rarity, ln(texts / texts that have it) in quarters, of the pairs that at least eight distinct texts have."""
    distinct = set(texts)
    seen = Counter(pair for text in distinct for pair in pairs(text))
    return {
        pair: round(math.log(len(distinct) / times) * _STEPS) / _STEPS
        for pair, times in seen.items()
        if times >= _FEWEST
    }


def _listed() -> Rarity:
    return {pair: float(row["rarity"]) for row in tables.rows("answers") for pair in row["members"].split(" ")}


def merged(one: Rarity, other: Rarity) -> Rarity:
    """Of each pair the lesser rarity."""
    return {**one, **{pair: min(value, one.get(pair, background.UNSEEN)) for pair, value in other.items()}}
