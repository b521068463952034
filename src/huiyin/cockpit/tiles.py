"""The tiles of the cockpit. Rooms above or beside add their own in `AppConfig.ready`: imports keep pointing down.

def outlook(moment: Moment) -> Tile | None:
    return Tile("outlook", "foresee/_outlook.html", {"curve": …})

on_cockpit(outlook)
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from huiyin.review.periods import zone

# A screen asks every five seconds; whoever else asks within four is shown the same figures, counted once.
KEPT_SECONDS: Final = 4


@dataclass(frozen=True, slots=True)
class Moment:
    """What every tile of one refresh is counted at: `midnight` is the district's."""

    now: datetime
    midnight: datetime


class Tile(NamedTuple):
    """`name`: a word of its own, the tile's id and its place on the screen. A name without a place of its own stands
    in the room kept for later tiles. `context` is kept for some seconds: plain values, no lazy query.
    """

    name: str
    template: str
    context: dict[str, Any]


Maker = Callable[[Moment], Tile | None]


@dataclass(frozen=True, slots=True)
class Place:
    """Takes makers of tiles. A maker returns None where it has nothing to say: an empty place is not shown."""

    makers: list[Maker] = field(default_factory=list)

    def __call__(self, maker: Maker) -> Maker:
        if maker not in self.makers:
            self.makers.append(maker)
        return maker

    def at(self, moment: Moment) -> list[Tile]:
        return [tile for maker in self.makers if (tile := maker(moment))]


on_cockpit: Final = Place()


class Screen(NamedTuple):
    """All tiles, and when they were counted."""

    at: datetime
    tiles: list[Tile]


def moment() -> Moment:
    now = timezone.now()
    return Moment(now, now.astimezone(zone()).replace(hour=0, minute=0, second=0, microsecond=0))


def screen() -> Screen:
    """As it is now, or was some seconds ago."""
    key = f"cockpit:{get_language()}"
    found: Screen | None = cache.get(key)
    if found is None:
        counted = moment()
        found = Screen(counted.now, on_cockpit.at(counted))
        cache.set(key, found, KEPT_SECONDS)
    return found
