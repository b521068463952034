"""How rare words and pairs of characters are in requests at large, so that two texts alone can be compared.

`tables/background.csv` counts some nine thousand requests: how many of them have a dictionary word, or two neighbouring
characters, at all. Only what at least five (words) or eight (pairs) of them share is listed, and nothing of the texts.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from huiyin.language import tables

if TYPE_CHECKING:
    from collections.abc import Mapping

UNSEEN = 8.0
"""Rarity of what the table does not have: the natural logarithm of about one request in three thousand."""


@cache
def pairs() -> Mapping[str, float]:
    """Two characters → rarity, ln(requests / requests that have them)."""
    return _rarities("pair")


@cache
def words() -> Mapping[str, float]:
    """Dictionary word → rarity, ln(requests / requests that have it)."""
    return _rarities("word")


def _rarities(unit: str) -> dict[str, float]:
    return {
        member: float(row["rarity"])
        for row in tables.rows("background")
        if row["unit"] == unit
        for member in row["members"].split(" ")
    }
