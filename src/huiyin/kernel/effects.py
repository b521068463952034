"""How a move changes the projection: five small effects, so that the move table stays data."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

SAME, BACK = "same", "back"
UNCHANGED = object()


class Moment(NamedTuple):
    """What an effect may look at: the old value, the payload of the event, its stamp, actor, the state before."""

    old: Any
    payload: Mapping[str, Any]
    name: str
    at: str
    actor: str
    state: str


Effect = Callable[[Moment], Any]


def now() -> Effect:
    return lambda moment: moment.at


def first(effect: Effect) -> Effect:
    """Only once: a value that stands is kept."""
    return lambda moment: effect(moment) if moment.old is None else UNCHANGED


def given(key: str) -> Effect:
    """What the event records under `key`; nothing recorded changes nothing."""
    return lambda moment: moment.payload.get(key, UNCHANGED)


def also(key: str) -> Effect:
    """A list that grows by what the event records under `key`."""
    return lambda moment: tuple(dict.fromkeys((*(moment.old or ()), *moment.payload.get(key, ()))))


def const(value: Any) -> Effect:
    """A fixed value; `@actor` and `@state` stand for the actor and the state before the move."""
    if value == "@actor":
        return lambda moment: moment.actor
    if value == "@state":
        return lambda moment: moment.state
    return lambda _moment: value


def clear() -> Effect:
    return lambda _moment: None


def plus_if(key: str, value: Any) -> Effect:
    """One more where the event records `value` under `key`."""
    return lambda moment: (moment.old or 0) + 1 if moment.payload.get(key) == value else UNCHANGED


def plus(step: int) -> Effect:
    return lambda moment: (moment.old or 0) + step
