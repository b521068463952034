"""Checks in words, for pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils import timezone

from huiyin.evaluate.rules import amount
from huiyin.rounds.models import Check
from huiyin.rounds.risk import LABELS


@dataclass(frozen=True, slots=True)
class Told:
    """A check, why it was drawn in words, and whether the checker stood far from the point."""

    check: Check
    reasons: list[str]
    far: bool


def far_metres() -> int | None:
    """From how many metres on a distance is pointed out today; None where the district has no such rule."""
    return amount("check_far_metres", timezone.now())


def told(checks: Iterable[Check]) -> Iterator[Told]:
    limit = far_metres()
    for check in checks:
        yield Told(check, said(check.reasons), is_far(check, limit))


def is_far(check: Check, limit: int | None) -> bool:
    return check.distance_m is not None and limit is not None and check.distance_m > limit


def said(reasons: Iterable[str]) -> list[str]:
    """A code that is not known any more stands as it was written."""
    return [str(LABELS.get(code, code)) for code in reasons]
