"""Where it happens: the estates, schools, roads and villages of the loaded district."""

import re
from dataclasses import dataclass

from huiyin.kernel.roles import Role
from huiyin.people.models import Area, Membership

_SCHOOL = re.compile(r"(小学|中学|幼儿园)$")
_ROAD = re.compile(r"(路|大街|地铁站|广场)$")
_SHOP = re.compile(r"(市场|广场|地铁站|大街|医院)$")
_OUTSIDE = re.compile(r"(路|大街|地铁站|广场|市场|公园|医院|小学|中学|幼儿园)$")
_UNKNOWN_POPULATION = 60_000
# Streets with a demonstration account are busier: there is something to see for whoever signs in.
_SHOWN = 3.0


@dataclass(frozen=True, slots=True)
class Place:
    """`kinds` says which topics happen here; `weight` how many ask from here."""

    code: str
    name: str
    street: str
    street_name: str
    community_name: str
    kinds: frozenset[str]
    weight: float
    lat: float | None
    lon: float | None


def load_places() -> list[Place]:
    """The points of the district, by code: what has no areas below it."""
    areas = {area.pk: area for area in Area.objects.select_related("unit")}
    shown = set(Membership.objects.filter(role=Role.HANDLER).values_list("unit__code", flat=True))
    parents = {area.parent_id for area in areas.values()}
    return sorted(
        (_place(area, areas, shown) for area in areas.values() if area.pk not in parents), key=lambda p: p.code
    )


def _place(area: Area, areas: dict[int, Area], shown: set[str]) -> Place:
    community = areas.get(area.parent_id or 0, area)
    street = community
    while street.parent_id in areas:
        street = areas[street.parent_id]
    return Place(
        code=area.code,
        name=area.name,
        street=street.unit.code,
        street_name=street.name,
        community_name=community.name,
        kinds=_kinds(area.name, in_town=street.unit.kind == "town"),
        weight=float(street.population or _UNKNOWN_POPULATION) * (_SHOWN if street.unit.code in shown else 1),
        lat=area.lat,
        lon=area.lon,
    )


def _kinds(name: str, *, in_town: bool) -> frozenset[str]:
    lived_in = not _OUTSIDE.search(name)
    found = {
        "home": lived_in,
        "any": lived_in,
        "village": in_town and lived_in,
        "school": bool(_SCHOOL.search(name)),
        "road": bool(_ROAD.search(name)),
        "shop": bool(_SHOP.search(name)),
    }
    return frozenset(kind for kind, holds in found.items() if holds)
