"""How far a checker stood from the point of a case."""

from math import asin, cos, radians, sin, sqrt
from typing import Final, NamedTuple

from huiyin.cases.models import Case

_EARTH_M: Final = 6_371_000
# A pin is kept to a thousandth of a degree, so tens of metres are all that can be said.
_STEP_M: Final = 10


class Spot(NamedTuple):
    """WGS-84 degrees."""

    lat: float
    lon: float


def point_of(case: Case) -> Spot | None:
    """The pin of the case, else the middle of its estate; None where neither is known. Reads `case.area`."""
    if case.lat_e3 is not None and case.lon_e3 is not None:
        return Spot(case.lat_e3 / 1000, case.lon_e3 / 1000)
    area = case.area
    if area and area.kind == "estate" and area.lat is not None and area.lon is not None:
        return Spot(area.lat, area.lon)
    return None


def metres(one: Spot, other: Spot) -> int:
    """Along the great circle (haversine), to ten metres."""
    north, east = radians(other.lat - one.lat), radians(other.lon - one.lon)
    a = sin(north / 2) ** 2 + cos(radians(one.lat)) * cos(radians(other.lat)) * sin(east / 2) ** 2
    return round(2 * _EARTH_M * asin(sqrt(min(a, 1))) / _STEP_M) * _STEP_M
