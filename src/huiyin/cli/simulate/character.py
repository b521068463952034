"""How units differ: a pace and a care of their own, invented, drawn once a district."""

from dataclasses import dataclass
from math import exp, log

import numpy as np

from huiyin.cli.simulate.world import World


@dataclass(frozen=True, slots=True)
class Character:
    """`pace`: 1 is usual, higher is slower. `care`: 0 is usual, about -2 to 2."""

    pace: float
    care: float

    def chance(self, usual: float) -> float:
        """The chance of something good that is `usual` in a unit of usual care."""
        return 1 / (1 + exp(-(log(usual / (1 - usual)) + 0.38 * self.care)))


def draw_characters(world: World, rng: np.random.Generator) -> dict[str, Character]:
    pace, care = rng.lognormal(0, 0.12, len(world.units)), np.clip(rng.normal(0, 1, len(world.units)), -2, 2)
    return {code: Character(float(pace[i]), float(care[i])) for i, code in enumerate(sorted(world.units))}
