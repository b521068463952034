"""Small lists that the doors offer, kept for a minute."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

from huiyin.cases.models import Category
from huiyin.people import memory
from huiyin.people.models import Area

_PROPOSED = 1000


def area_names() -> list[str]:
    """Streets first, then what lies in them."""
    return list(_areas(memory.minute()))[:_PROPOSED]


def area_named(place: str) -> str | None:
    """The code of the area with exactly this name; None for any other place."""
    return _areas(memory.minute()).get(place.strip())


@lru_cache(maxsize=2)
def _areas(_minute: int) -> dict[str, str]:
    rows = sorted(Area.objects.values_list("parent", "code", "name"), key=lambda row: (row[0] is not None, row[1]))
    return {name: code for _, code, name in rows}


def area_options() -> dict[str, str]:
    """Code → “community, street”: unlike the name alone, no two are the same."""
    return {area.code: f"{area} · {area.parent}" if area.parent else str(area) for area in Area.objects.all()}


def category_options() -> dict[str, str]:
    """Code → “03.01 heating / room too cold”, second level only: that is what the catalogue knows."""
    rows = Category.objects.filter(parent__isnull=False).select_related("parent")
    return {row.code: f"{row.code} {row.parent} / {row}" for row in rows}


def area_points() -> dict[str, Any]:
    """Every area that has a place, as GeoJSON points for the map."""
    return _points(memory.minute(), get_language() or "")


@lru_cache(maxsize=4)
def _points(_minute: int, _language: str) -> dict[str, Any]:
    rows = Area.objects.filter(lat__isnull=False, lon__isnull=False)
    features = [
        {
            "type": "Feature",
            "properties": {"name": str(row), "kind": row.kind, "place": row.name},
            "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
        }
        for row in rows
    ]
    return {"type": "FeatureCollection", "features": features}
