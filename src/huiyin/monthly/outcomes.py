"""What a frozen month comes to by one rule: who is proposed to speak and why, and what each unit's card says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from huiyin.monthly import gathering
from huiyin.monthly.drafting import Drafted, Known, drafted, shortfalls
from huiyin.monthly.speaking import Reason, proposed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from huiyin.kernel.periods import Period
    from huiyin.monthly.rules import Rules
    from huiyin.review.models import Freeze


@dataclass(frozen=True, slots=True)
class Outcome:
    """By code of the unit; those who speak in their turn."""

    speaks: Mapping[str, list[Reason]]
    cards: Mapping[str, list[Drafted]]


def outcome(found: gathering.Month, frozen: Freeze, period: Period, rules: Rules, *, held_on: date) -> Outcome:
    """Nothing is written. Last meeting's demands and the claims for exclusion are taken as they stand now."""
    known = gathering.known(found, period, gathering.earlier_than(frozen), rules.drafting)
    recurring = {code: _recurring(own, rules) for code, own in known.items()}
    speaks = proposed(gathering.candidates(found, recurring, frozen), rules.speaking)
    due = held_on + timedelta(days=rules.drafting.days)
    return Outcome(speaks, {code: drafted(own, rules, due=due) for code, own in known.items()})


def _recurring(known: Known, rules: Rules) -> dict[str, int]:
    """The topic that has stood longest → months running, this one among them."""
    topics = [one.topic for one in shortfalls(known, rules) if one.topic in known.months]
    found = {topic: 1 + known.months[topic] for topic in topics}
    return dict(sorted(found.items(), key=lambda pair: -pair[1])[:1])
