"""The loaded district as the simulation sees it, read once."""

from dataclasses import dataclass

from huiyin.cli.simulate.places import Place, load_places
from huiyin.cli.simulate.topics import Topic, load_topics
from huiyin.people.models import District, Unit


@dataclass(frozen=True, slots=True)
class World:
    """`units`: code → name. `kinds`: code → kind."""

    name: str
    topics: list[Topic]
    places: list[Place]
    units: dict[str, str]
    kinds: dict[str, str]


def load_world() -> World:
    """Raises ValueError without a loaded fictional district: nobody gets invented complaints about a real one."""
    district = District.objects.first()
    if district is None or not district.fictional:
        raise ValueError("Only a fictional district can be simulated: load one first (huiyin pack muhe).")
    units = {unit.code: unit for unit in Unit.objects.all()}
    return World(
        name=district.name,
        topics=load_topics(),
        places=load_places(),
        units={code: unit.name for code, unit in units.items()},
        kinds={code: unit.kind for code, unit in units.items()},
    )
