"""A draft walking through the year: each move at its time, checked by the table, until the year is over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from huiyin.cases.draft import Actor, Draft
from huiyin.cli.simulate.character import Character
from huiyin.cli.simulate.requesting import Request
from huiyin.cli.simulate.staff import Staff
from huiyin.cli.simulate.world import World
from huiyin.kernel.roles import Role


class YearIsOverError(Exception):
    """The next move would lie in the future: the case stands where it stands."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What all walks of a year share."""

    world: World
    staff: Staff
    characters: Mapping[str, Character]
    until: datetime


@dataclass(slots=True)
class Walk:
    """`at` is the time of the last move."""

    draft: Draft
    request: Request
    stage: Stage
    rng: Random
    at: datetime

    def go(
        self,
        kind: str,
        actor: Actor,
        /,
        *,
        hours: float = 0,
        at: datetime | None = None,
        **public: Any,
    ) -> None:
        """The next move, `hours` later or at `at`. Raises `YearIsOverError`, `Refused` where the table forbids it."""
        moment = max(at, self.at) if at else self.at + timedelta(hours=hours)
        if moment > self.stage.until:
            raise YearIsOverError
        self.draft.add(kind, at=moment, actor=actor, public=public)
        self.at = moment

    @property
    def row(self) -> Mapping[str, Any]:
        return self.draft.row

    @property
    def lead(self) -> str:
        return str(self.draft.row["lead"])

    @property
    def due(self) -> datetime:
        return datetime.fromisoformat(self.draft.row["due_at"])

    @property
    def character(self) -> Character:
        return self.stage.characters[self.lead]

    def handler(self) -> Actor:
        return self.stage.staff.of(Role.HANDLER, self.lead)

    def leader(self) -> Actor:
        return self.stage.staff.of(Role.LEADER, self.lead)

    def any(self, role: Role) -> Actor:
        return self.stage.staff.any(role)

    def happens(self, chance: float) -> bool:
        return self.rng.random() < chance

    def pick(self, words: Sequence[str]) -> str:
        return self.rng.choice(words)

    def spread(self, median: float, *, wide: float = 0.6) -> float:
        """A duration around `median`, never negative, sometimes long."""
        return self.rng.lognormvariate(0, wide) * median
