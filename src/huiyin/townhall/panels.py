"""Panels that other rooms add to a meeting's pages. They register in `AppConfig.ready`: imports keep pointing down."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from huiyin.townhall.models import Meeting


class Panel(NamedTuple):
    """A template, and what it is drawn with."""

    template: str
    context: dict[str, Any]


Maker = Callable[[Meeting], Panel | None]


@dataclass(frozen=True, slots=True)
class Place:
    """A page that takes panels. A maker returns None where it has nothing to say."""

    makers: list[Maker] = field(default_factory=list)

    def __call__(self, maker: Maker) -> Maker:
        if maker not in self.makers:
            self.makers.append(maker)
        return maker

    def of(self, meeting: Meeting) -> Iterator[Panel]:
        return (panel for maker in self.makers if (panel := maker(meeting)))


on_workspace: Final = Place()  # of whoever runs the meeting
on_live_page: Final = Place()  # of everybody
