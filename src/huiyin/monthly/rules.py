"""By which rules cards are drafted and speakers proposed: one value that is handed on to whoever needs it.

`rules.toml` is the house's own: it holds on days for which no `RuleBook` was set, and needs no row.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

Values = Mapping[str, Any]  # as in `rules.toml` and in a `RuleBook`


@dataclass(frozen=True, slots=True)
class Drafting:
    """Numbers of a card: see `rules.toml`. `head`: the figures that stand at its top."""

    measures: tuple[str, ...]
    head: tuple[str, ...]
    least: int
    apart: int
    moved: int
    edge: int
    achievements: int
    shortfalls: int
    demands: int
    days: int


@dataclass(frozen=True, slots=True)
class Speaking:
    """Numbers of the proposal; `weights`: what each reason counts."""

    seats: int
    last: int
    moved: int
    recurring: int
    silent: int
    weights: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rules:
    drafting: Drafting
    speaking: Speaking
    sentences: Mapping[str, str]
    demands: Mapping[str, str]

    def sentence(self, name: str, **said: object) -> str:
        return self.sentences[name].format(**said)

    def demand(self, name: str, **said: object) -> str:
        return self.demands.get(name, self.demands["usual"]).format(**said)


def rules_of(values: Values) -> Rules:
    drafting: dict[str, Any] = {
        name: tuple(one) if isinstance(one, list) else one for name, one in values["drafting"].items()
    }
    speaking = Speaking(**values["speaking"])
    return Rules(Drafting(**drafting), speaking, values["sentences"], values["demands"])


OWN_VALUES: Final[Values] = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))
OWN: Final = rules_of(OWN_VALUES)
