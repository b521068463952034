"""Does this reply belong to this request?

What a reply shares with a request by chance or by courtesy (您好, 现将情况回复如下) is common and weighs little; the
names, things and questions of a case are rare and weigh much. Evidence against: much said that the request knows
nothing of, another area named, a reply dated before what the request tells. A reply that says nothing is evidence of
neither.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from huiyin.language import rarity as rarities
from huiyin.language.places import plain
from huiyin.language.rarity import pairs, placed, weight
from huiyin.language.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from huiyin.language.rarity import Rarity


class Evidence(NamedTuple):
    """What speaks for and against; the shares are those of the weight of each text that the other has too, 0..1."""

    of_reply: float
    of_request: float
    of_opening: float
    said: float
    same_area: float
    other_areas: float
    too_early: float


# Fitted on pairs of requests and replies by `bench.language_reply`.
_WEIGHTS = Evidence(47.47, 35.09, 20.34, -0.55, 1.30, -2.02, -3.07)
_BIAS = 1.88
_SLACK = 200.0  # as if three rare pairs more stood in every text, so that one word of a short one decides nothing
_OPENING = 30
_LONGEST_TITLE = 60
_AREA = re.compile(r"(?<![a-z\d])[a-z]\d{0,2}(?=[市区县])")
_MONTH = re.compile(r"((?:19|20)\d\d)[年.\-/](1[0-2]|0?[1-9])(?=[月.\-/])")
_MARKED = 60.0


def relevance(request: str, reply: str, rarity: Rarity | None = None) -> float:
    """Probability that a reply is one to this request, against replies to others of its category in equal number."""
    found = evidence(request, reply, rarity or rarities.known())
    return 1 / (1 + math.exp(-_BIAS - sum(weight * value for weight, value in zip(_WEIGHTS, found, strict=True))))


def evidence(request: str, reply: str, rarity: Rarity) -> Evidence:
    """Everything that `relevance` weighs."""
    asked, answered = plain(request), plain(reply)
    ours, theirs, opening = pairs(asked), pairs(answered), pairs(_opening(asked))
    here, there = set(_AREA.findall(asked)), set(_AREA.findall(answered))
    said = weight(theirs, rarity)
    return Evidence(
        weight(theirs & ours, rarity) / (said + _SLACK),
        weight(ours & theirs, rarity) / (weight(ours, rarity) + _SLACK),
        weight(opening & theirs, rarity) / (weight(opening, rarity) + _SLACK),
        math.log1p(said),
        bool(here & there),
        min(2, len(there)) if here and not here & there else 0,
        _too_early(asked, answered),
    )


def shared(request: str, reply: str, rarity: Rarity | None = None) -> list[Span]:
    """Where the reply says what the request said: places in the reply of the rarer parts that both have."""
    known = rarity or rarities.known()
    ours = pairs(plain(request))
    runs: list[list[tuple[int, str]]] = []
    for at, pair in placed(plain(reply)):
        if pair in ours:
            if not (runs and runs[-1][-1][0] == at - 1):
                runs.append([])
            runs[-1].append((at, pair))
    return [Span(run[0][0], run[-1][0] + 2) for run in runs if weight((pair for _, pair in run), known) >= _MARKED]


def _opening(text: str) -> str:
    """The title where a text has one, else its first words: there stands what the matter is."""
    title, line, _ = text.strip().partition("\n")
    return title if line and len(title) <= _LONGEST_TITLE else text.strip()[:_OPENING]


def _too_early(asked: str, answered: str) -> bool:
    """Whether the reply's last month lies before the last month that the request tells of."""
    told, signed = list(_months(asked)), list(_months(answered))
    return bool(told and signed) and signed[-1] < max(told)


def _months(text: str) -> Iterator[tuple[int, int]]:
    return ((int(year), int(month)) for year, month in _MONTH.findall(text))
