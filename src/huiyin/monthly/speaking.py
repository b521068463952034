"""Who should speak, and why: from ranks, recurring shortfalls and who has been silent. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.monthly.rules import rules

Reason = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """`recurring`: topic → months running, this one among them. `silent`: meetings since it spoke; None before any."""

    code: str
    rank: int | None
    before: int | None
    recurring: dict[str, int]
    silent: int | None


def reasons(one: Candidate, of: int) -> Iterator[Reason]:
    """Each as data, with its weight: `wording.reason` says it."""
    own = rules()["speaking"]
    if one.rank is not None:
        if one.rank > of - own["last"]:
            yield _reason("last", rank=one.rank, of=of)
        if one.rank == 1:
            yield _reason("first", rank=1, of=of)
        moved = (one.before or one.rank) - one.rank
        if abs(moved) >= own["moved"]:
            yield _reason("risen" if moved > 0 else "fallen", places=abs(moved), rank=one.rank, before=one.before)
    for topic, months in one.recurring.items():
        if months >= own["recurring"]:
            yield _reason("recurring", topic=topic, months=months)
    if one.silent is not None and one.silent >= own["silent"]:
        yield _reason("silent", meetings=one.silent)


def proposed(candidates: Sequence[Candidate]) -> dict[str, list[Reason]]:
    """The units to speak, the weightiest first, each with its reasons; fewer where fewer have one."""
    of = sum(one.rank is not None for one in candidates)
    told = [(one, list(reasons(one, of))) for one in candidates]
    weighty = sorted((pair for pair in told if pair[1]), key=lambda pair: (-_weight(pair[1]), -(pair[0].rank or 0)))
    return {one.code: why for one, why in weighty[: rules()["speaking"]["seats"]]}


def _reason(why: str, **said: Any) -> Reason:
    return {"why": why, **said}


def _weight(found: Iterable[Reason]) -> int:
    """A reason counts once, however many shortfalls recur."""
    weights: dict[str, int] = rules()["speaking"]["weights"]
    return sum(weights[why] for why in {one["why"] for one in found})
