"""The definitions that `huiyin facts` writes, read again: what is not as it was written there is one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from huiyin.kernel.measures import COUNTED, FIRST, Measure
from huiyin.kernel.periods import Period

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "definitions.json"
AGAIN: Final = "Write the folder again with `huiyin facts`."
_UNITS: Final = ("percent", "points", "cases", "times", "per_10k")
_COLUMNS: Final = ("created_at", "closed_at")
# Raises ValueError, which says of the place where the value stands what is wrong with it.
Check = Callable[[Any, str], None]


@dataclass(frozen=True, slots=True)
class Definitions:
    """`said`: of the period, as it stands in the file. `groups`: by what is counted, each with code, name, ids."""

    said: Mapping[str, str]
    period: Period
    as_of: datetime
    measures: Mapping[str, Measure]
    groups: Mapping[str, list[dict[str, Any]]]
    residents: int


def read(folder: Path) -> Definitions:
    """Raises ValueError: which file, what is wrong in it, what to do."""
    path = folder / NAME
    told = _loaded(path)
    try:
        _DEFINITIONS(told, "")
        return _built(told)
    except ValueError as error:
        raise ValueError(f"{path} {error}. {AGAIN}") from error


def _loaded(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}. {AGAIN}") from error
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} cannot be read: it is no JSON in UTF-8 ({error}). {AGAIN}") from error


def _built(told: Mapping[str, Any]) -> Definitions:
    said = told["period"]
    start, end = (datetime.fromisoformat(said[name]) for name in ("start", "end"))
    if end <= start:
        raise ValueError("has a period that ends before it starts")
    period, as_of = Period(start, end, said["label"], "range"), datetime.fromisoformat(told["as_of"])
    measures = {name: _measure(name, one) for name, one in told["measures"].items()}
    return Definitions(said, period, as_of, measures, told["groups"], told["residents"])


def _measure(name: str, told: Mapping[str, Any]) -> Measure:
    return Measure(
        name, told["zh"], told["en"], told["unit"], told["numerator"], told["denominator"], told["exclusions_zh"],
        told["exclusions_en"], scale=told["scale"], period_column=told["period_column"], source=told["source"],
    )  # fmt: skip


def _wrong(where: str, expected: str) -> ValueError:
    return ValueError(f"has no {expected} at {where!r}" if where else f"is no {expected}")


def _text(value: Any, where: str) -> None:
    if not isinstance(value, str) or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise _wrong(where, "text")


def _whole(value: Any, where: str) -> None:
    if type(value) is not int:  # true is a whole number to Python
        raise _wrong(where, "whole number")


def _positive(value: Any, where: str) -> None:
    _whole(value, where)
    if value < 1:
        raise _wrong(where, "whole number above 0")


def _moment(value: Any, where: str) -> None:
    try:
        aware = datetime.fromisoformat(value).tzinfo is not None and datetime.fromisoformat(value).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        aware = None
    if not aware:
        raise _wrong(where, "time with its zone")


def _one_of(*names: str) -> Check:
    def check(value: Any, where: str) -> None:
        if value not in names:
            raise _wrong(where, f"word out of {', '.join(names)}")

    return check


def _maybe(check: Check) -> Check:
    return lambda value, where: None if value is None else check(value, where)


def _many(check: Check) -> Check:
    def of_list(value: Any, where: str) -> None:
        if not isinstance(value, list):
            raise _wrong(where, "list")
        for nth, one in enumerate(value):
            check(one, f"{where}[{nth}]")

    return of_list


def _each(check: Check, *, needs: tuple[str, ...] = (), known: frozenset[str] | None = None) -> Check:
    """Any names, `needs` among them and none beyond those `known`, each with such a value."""

    def of_object(value: Any, where: str) -> None:
        _object(value, where, needs)
        for name, one in value.items():
            _text(name, where)
            if known is not None and name not in known:
                raise ValueError(f"counts {name!r} at {where!r}, which this version does not know")
            check(one, f"{where}.{name}")

    return of_object


def _keys(**checks: Check) -> Check:
    def of_object(value: Any, where: str) -> None:
        _object(value, where, tuple(checks))
        for name, check in checks.items():
            check(value[name], f"{where}.{name}".removeprefix("."))

    return of_object


def _object(value: Any, where: str, needs: tuple[str, ...]) -> None:
    if not isinstance(value, dict):
        raise _wrong(where, "object with names")
    if missing := set(needs) - value.keys():
        raise ValueError(f"does not say {f'{where}.{min(missing)}'.removeprefix('.')!r}")


_COUNTERS: Final = frozenset(COUNTED)
_MEASURE: Final = _keys(
    zh=_text, en=_text, unit=_one_of(*_UNITS), numerator=_each(_whole, known=_COUNTERS),
    denominator=_maybe(_each(_whole, known=_COUNTERS | {"residents"})), scale=_positive,
    exclusions_zh=_text, exclusions_en=_text, period_column=_one_of(*_COLUMNS), source=_text,
)  # fmt: skip
_GROUPS: Final = _many(_keys(code=_text, name=_text, ids=_many(_maybe(_whole)), residents=_whole))
_DEFINITIONS: Final = _keys(
    period=_keys(label=_text, start=_moment, end=_moment),
    as_of=_moment,
    measures=_each(_MEASURE, needs=FIRST),
    residents=_whole,
    groups=_keys(unit=_GROUPS, category=_GROUPS),
)
