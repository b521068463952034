"""Quiet outbreaks, planted where nobody looks, listed in `demo/outbreaks.json`: what early warning should find."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np
import orjson

from huiyin.cli.simulate.places import Place
from huiyin.cli.simulate.world import World

_FEWEST_CASES: Final = 300
_FEWEST, _MOST_TIMES = 4, 2.0
_USUAL_YEAR: Final = 20_000


@dataclass(frozen=True, slots=True)
class Kind:
    """`size` cases of `topic` over `days`, at one place or over one street; `ago`: days before the end, (from, to)."""

    name: str
    topic: str
    where: str
    days: float
    size: int
    ago: tuple[int, int]
    street: bool = False


@dataclass(frozen=True, slots=True)
class Outbreak:
    """Codes of places and category; `start` and `end` as ISO times."""

    name: str
    category: str
    places: list[str]
    place_name: str
    start: str
    end: str
    n: int


@dataclass(frozen=True, slots=True)
class Planted:
    """Indexes of the world's topics and places, and the times of receipt."""

    outbreak: Outbreak
    topic: int
    places: list[int]
    at: list[datetime]


KINDS: Final = (
    Kind("water quality of an estate", "04.02", "home", 5, 12, (150, 210)),
    Kind("fires of charging e-bikes in a street", "11.03", "home", 12, 11, (60, 110), street=True),
    Kind("a burst main", "04.08", "road", 0.4, 15, (90, 300)),
    Kind("a school's canteen", "16.04", "school", 3, 8, (45, 58)),
    Kind("water quality, still going on", "04.02", "home", 4, 8, (4, 4)),
)


def plant(world: World, cases: int, until: datetime, rng: np.random.Generator) -> list[Planted]:
    """None in a year too small to hide them."""
    if cases < _FEWEST_CASES:
        return []
    known = {topic.code: index for index, topic in enumerate(world.topics)}
    times = min(_MOST_TIMES, (cases / _USUAL_YEAR) ** 0.5)
    return [
        _planted(_grown(kind, times), known[kind.topic], world.places, until, rng)
        for kind in KINDS
        if kind.topic in known
    ]


def _grown(kind: Kind, times: float) -> Kind:
    return replace(kind, size=max(_FEWEST, round(kind.size * times)))


def _planted(kind: Kind, topic: int, places: list[Place], until: datetime, rng: np.random.Generator) -> Planted:
    fitting = [index for index, place in enumerate(places) if kind.where in place.kinds]
    first = fitting[int(rng.integers(len(fitting)))]
    here = [i for i in fitting if places[i].street == places[first].street] if kind.street else [first]
    start = until - timedelta(days=float(rng.uniform(kind.ago[0], kind.ago[1] + 0.01)))
    # Slowly at first, as such things are noticed.
    shares = np.sort(rng.beta(1.6, 1.2, kind.size))
    at = [start + timedelta(days=kind.days) * float(share) for share in shares]
    outbreak = Outbreak(
        name=kind.name,
        category=kind.topic,
        places=[places[i].code for i in here],
        place_name=places[first].street_name if kind.street else places[first].name,
        start=at[0].isoformat(),
        end=at[-1].isoformat(),
        n=kind.size,
    )
    return Planted(outbreak, topic, [here[int(rng.integers(len(here)))] for _ in at], at)


def write(outbreaks: list[Outbreak], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(orjson.dumps([asdict(outbreak) for outbreak in outbreaks], option=orjson.OPT_INDENT_2))
