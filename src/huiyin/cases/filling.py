"""What a later stage knows of a move before it is made: values a form begins with, values nobody types.

A stage registers in `AppConfig.ready`: imports keep pointing down.
"""

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.cases.models import Case
from huiyin.cases.panels import Panel

Filler = Callable[[Case], Mapping[str, Any]]
Reckoner = Callable[[Case, Mapping[str, Any]], Mapping[str, Any]]
Aside = Callable[[Case, str, Mapping[str, Any]], Panel]
_asides: dict[str, Aside] = {}
_fillers: dict[str, Filler] = {}
_reckoners: dict[str, Reckoner] = {}


def on_form(kind: str, filler: Filler) -> None:
    """`filler` gives the values (field → value) that a form of this move begins with."""
    _fillers[kind] = filler


def on_record(kind: str, reckoner: Reckoner) -> None:
    """`reckoner` gives what is recorded besides what was filled in (case, field → value)."""
    _reckoners[kind] = reckoner


def on_aside(kind: str, aside: Aside) -> None:
    """`aside` is drawn below the fields of this move's form; it gets case, move and the values of the form."""
    _asides[kind] = aside


def aside_for(kind: str, case: Case, values: Mapping[str, Any]) -> Panel | None:
    return _asides[kind](case, kind, values) if kind in _asides else None


def known_for(kind: str, case: Case) -> dict[str, Any]:
    return dict(_fillers[kind](case)) if kind in _fillers else {}


def reckoned_for(kind: str, case: Case, values: Mapping[str, Any]) -> dict[str, Any]:
    return dict(_reckoners[kind](case, values)) if kind in _reckoners else {}
