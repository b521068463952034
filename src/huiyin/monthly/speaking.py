"""Who should speak, and why: from ranks, recurring shortfalls and who has been silent. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.monthly.rules import Speaking

Reason = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """`recurring`: topic → months running, this one among them. `silent`: meetings since it spoke; None before any."""

    code: str
    rank: int | None
    before: int | None
    recurring: dict[str, int]
    silent: int | None


def reasons(one: Candidate, of: int, rules: Speaking) -> Iterator[Reason]:
    """Each as data, with its weight: `wording.reason` says it."""
    if one.rank is not None:
        if one.rank > of - rules.last:
            yield _reason("last", rank=one.rank, of=of)
        if one.rank == 1:
            yield _reason("first", rank=1, of=of)
        moved = (one.before or one.rank) - one.rank
        if abs(moved) >= rules.moved:
            yield _reason("risen" if moved > 0 else "fallen", places=abs(moved), rank=one.rank, before=one.before)
    for topic, months in one.recurring.items():
        if months >= rules.recurring:
            yield _reason("recurring", topic=topic, months=months)
    if one.silent is not None and one.silent >= rules.silent:
        yield _reason("silent", meetings=one.silent)


def proposed(candidates: Sequence[Candidate], rules: Speaking) -> dict[str, list[Reason]]:
    """The units to speak, the weightiest first, each with its reasons; fewer where fewer have one that weighs."""
    of = sum(one.rank is not None for one in candidates)
    told = [(one, list(reasons(one, of, rules))) for one in candidates]
    weighed = [(_weight(why, rules), one, why) for one, why in told]
    weighty = sorted((one for one in weighed if one[0]), key=lambda one: (-one[0], -(one[1].rank or 0)))
    return {one.code: why for _, one, why in weighty[: rules.seats]}


def _reason(why: str, **said: Any) -> Reason:
    return {"why": why, **said}


def _weight(found: Iterable[Reason], rules: Speaking) -> int:
    """A reason counts once, however many shortfalls recur."""
    return sum(rules.weights[why] for why in {one["why"] for one in found})
