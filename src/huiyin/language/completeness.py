"""Does a reply meet every point asked, and does it say what was done, by whom, when, and whom to call?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from huiyin.language.facts import Facts, find_facts
from huiyin.language.points import Point, review_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from huiyin.language.dates import Due
    from huiyin.language.rarity import Rarity


@dataclass(frozen=True, slots=True)
class Completeness:
    """Every point of the request with where the reply meets it, and what the reply tells of the matter."""

    points: list[Point]
    told: Facts

    @property
    def share(self) -> float:
        """Share of the points met, 0..1."""
        return sum(point.met is not None for point in self.points) / max(1, len(self.points))


def review_completeness(request: str, reply: str, due: Sequence[Due], rarity: Rarity) -> Completeness:
    """The completeness of a reply with these due phrases (`dates.find`)."""
    return Completeness(review_points(request, reply, rarity), find_facts(reply, due))
