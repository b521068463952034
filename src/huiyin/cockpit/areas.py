"""Open and late cases by street or town, as a picture that needs no tiles. One query.

The packs give points, not borders: a circle stands for an area, as large as what is open, as red as what is late of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt

from django.db.models import Count

from huiyin.cockpit.counts import COUNTS, NOWHERE, address
from huiyin.cockpit.tiles import Moment
from huiyin.people.models import Area
from huiyin.review.queries import streets

WIDTH, HEIGHT, EDGE = 100.0, 108.0, 8.0
LARGEST, SMALLEST = 6.5, 1.6
# Late of open, up to (percent): the five tones of the legend.
TONES = (0, 5, 15, 30)


@dataclass(frozen=True, slots=True)
class Spot:
    """A street or town at its place in the picture. `tone`: 0 nothing late … 4 more than 30 of 100."""

    name: str
    open: int
    late: int
    tone: int
    x: float
    y: float
    radius: float
    href: str

    @property
    def below(self) -> float:
        """Where the name is written."""
        return round(self.y + self.radius + 3, 2)


@dataclass(frozen=True, slots=True)
class Picture:
    """`elsewhere`: open cases without an area, or in one without a place on the map."""

    spots: Sequence[Spot]
    elsewhere: int
    elsewhere_href: str


def picture(moment: Moment) -> Picture:
    counted, known = _counted(moment), streets()
    found = list(dict.fromkeys(known.values()))
    placed = [area for area in found if area.lat is not None and area.lon is not None]
    most = max((counted.get(area.pk, (0, 0))[0] for area in placed), default=0) or 1
    at = _places(placed)
    spots = [_spot(area, *counted.get(area.pk, (0, 0)), most, at[area.pk]) for area in placed]
    return Picture(spots, counted.get(None, (0, 0))[0], address("open", area=NOWHERE))


def _counted(moment: Moment) -> dict[int | None, tuple[int, int]]:
    """Id of a street → open, late. None: cases without an area."""
    known, found = streets(), dict[int | None, tuple[int, int]]()
    cases = COUNTS["open"].of(moment).order_by().values_list("area_id")
    for area, still, late in cases.annotate(Count("pk"), late=Count("pk", filter=COUNTS["late"].which(moment))):
        street = known.get(area)
        key = street.pk if street else None
        before = found.get(key, (0, 0))
        found[key] = (before[0] + still, before[1] + late)
    return found


def _places(areas: Iterable[Area]) -> dict[int, tuple[float, float]]:
    """Degrees → the picture's own units, north up, one scale both ways."""
    points = {area.pk: (float(area.lon or 0), float(area.lat or 0)) for area in areas}
    if not points:
        return {}
    lons, lats = zip(*points.values(), strict=True)
    west, south = min(lons), min(lats)
    narrow = cos(radians((south + max(lats)) / 2))
    wide, high = (max(lons) - west) * narrow or 1, max(lats) - south or 1
    scale = min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high)
    left, top = (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2
    return {
        pk: (round(left + (lon - west) * narrow * scale, 2), round(HEIGHT - top - (lat - south) * scale, 2))
        for pk, (lon, lat) in points.items()
    }


def _spot(area: Area, still: int, late: int, most: int, at: tuple[float, float]) -> Spot:
    return Spot(
        name=str(area),
        open=still,
        late=late,
        tone=tone(still, late),
        x=at[0],
        y=at[1],
        radius=round(max(SMALLEST, LARGEST * sqrt(still / most)), 2),
        href=address("open", area=area.code),
    )


def legend() -> list[tuple[int, str]]:
    """Tone and what it stands for, in percent."""
    upper = [str(edge) for edge in TONES]
    words = ["0", *(f"≤ {edge}%" for edge in upper[1:]), f"> {upper[-1]}%"]
    return list(enumerate(words))


def tone(still: int, late: int) -> int:
    percent = 100 * late / still if still else 0
    return sum(percent > edge for edge in TONES)
