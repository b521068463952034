"""What a new rule would have done to the last frozen month, beside what today's gives. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from huiyin.monthly import gathering, queries, queries_rules, wording
from huiyin.monthly.choices import Kind
from huiyin.monthly.outcomes import Outcome, outcome
from huiyin.review import beside, periods

if TYPE_CHECKING:
    from collections.abc import Mapping

    from huiyin.monthly.drafting import Drafted
    from huiyin.monthly.models import Review
    from huiyin.monthly.rules import Rules
    from huiyin.people.models import Unit


@dataclass(frozen=True, slots=True)
class Place:
    """A unit that speaks by one of the two rules: its turn by today's, by the new one (None: it does not), and why."""

    unit: Unit
    was: int | None
    would: int | None
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Change:
    """A point of a card by today's rule and by the new one; empty where there is none."""

    kind: Kind
    was: str
    would: str

    @property
    def sort(self) -> str:
        return "changed" if self.was and self.would else "added" if self.would else "dropped"


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`cards`: of units whose card would be another one; `same`: points that stay as they are."""

    month: str
    places: Sequence[Place]
    cards: Sequence[tuple[Unit, Sequence[Change]]]
    same: int

    def count(self, sort: str) -> int:
        return sum(one.sort == sort for _unit, changes in self.cards for one in changes)

    @property
    def counts(self) -> dict[str, int]:
        return {sort: self.count(sort) for sort in ("added", "dropped", "changed")}


def rehearse(rules: Rules) -> Rehearsal | None:
    """None while no month is frozen for a meeting."""
    review = queries_rules.last_frozen()
    return _compared(review, rules) if review else None


def _compared(review: Review, rules: Rules) -> Rehearsal:
    period = beside.period_of(review.freeze)
    found = gathering.month(review.freeze, period)
    was, would = (
        outcome(found, review.freeze, period, one, held_on=review.held_on)
        for one in (queries_rules.rules_on(timezone.localdate()), rules)
    )
    units = {unit.code: unit for unit in found.units}
    cards = {code: _changes(was.cards[code], would.cards[code]) for code in units}
    changed = [(units[code], [one for one in own if one.was != one.would]) for code, own in cards.items()]
    same = sum(one.was == one.would for own in cards.values() for one in own)
    return Rehearsal(periods.said(period), _places(was, would, units), [one for one in changed if one[1]], same)


def _places(was: Outcome, would: Outcome, units: Mapping[str, Unit]) -> list[Place]:
    """By the new rule's turns; those who would speak no longer come last."""
    topics = queries.topics()
    turns, new = ({code: at for at, code in enumerate(one.speaks, 1)} for one in (was, would))
    return [
        Place(units[code], turns.get(code), new.get(code), [wording.reason(one, topics) for one in why])
        for code, why in {**would.speaks, **{code: why for code, why in was.speaks.items() if code not in new}}.items()
    ]


def _changes(was: Sequence[Drafted], would: Sequence[Drafted]) -> list[Change]:
    """A card says one thing of a topic in each of its parts."""
    old, new = ({(one.kind, one.topic): _said(one) for one in points} for points in (was, would))
    keys = [*new, *(key for key in old if key not in new)]
    return [Change(kind, old.get((kind, topic), ""), new.get((kind, topic), "")) for kind, topic in keys]


def _said(one: Drafted) -> str:
    """With its date: a rule may change that alone."""
    return f"{one.text}（{one.due:%Y-%m-%d}）" if one.due else one.text
