"""How sure it is that a new request is an old matter come back: signs with weights, each a reason a person can read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Two requests of one area and category are looked at from here on; less is noise.
WORTH_A_LOOK: Final = 50
_MOST: Final = 99  # never certain: a person decides
_NEAR_E3: Final = 2  # thousandths of a degree, about 200 m
_BLANK = re.compile(r"[\s，,。.、·\-—()（）]+")


@dataclass(frozen=True, slots=True)
class Point:
    """Where and who. `narrow`: the area is an estate or a road, not a whole street or community."""

    place: str
    lat_e3: int | None
    lon_e3: int | None
    person: str
    narrow: bool


class Sign(NamedTuple):
    name: str
    weight: int
    label: Promise
    holds: Callable[[Point, Point], bool]


class Likeness(NamedTuple):
    percent: int
    reasons: tuple[str, ...]


def _plain(place: str) -> str:
    return _BLANK.sub("", place).casefold()


def _near(one: Point, other: Point) -> bool:
    if one.lat_e3 is None or one.lon_e3 is None or other.lat_e3 is None or other.lon_e3 is None:
        return False
    return abs(one.lat_e3 - other.lat_e3) <= _NEAR_E3 and abs(one.lon_e3 - other.lon_e3) <= _NEAR_E3


SIGNS: Final = (
    Sign("matter", 40, _("same category in the same area"), lambda _one, _other: True),
    Sign("narrow", 15, _("the area is one estate or road"), lambda one, _other: one.narrow),
    Sign(
        "place",
        30,
        _("same place named"),
        lambda one, other: bool(one.place) and _plain(one.place) == _plain(other.place),
    ),
    Sign("pin", 15, _("pins within 200 m"), _near),
    Sign("person", 15, _("same telephone number"), lambda one, other: bool(one.person) and one.person == other.person),
)
LABELS: Final = {sign.name: sign.label for sign in SIGNS}


def likeness(new: Point, earlier: Point) -> Likeness:
    """Of two requests of one area and category."""
    found = [sign for sign in SIGNS if sign.holds(new, earlier)]
    return Likeness(min(sum(sign.weight for sign in found), _MOST), tuple(sign.name for sign in found))
