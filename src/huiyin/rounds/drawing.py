"""Which closed cases are looked at on a day: a share by risk, a share at random, and no unit forgotten for a week.

Chance is a keyed hash of day and number: nobody outside can foresee the draw, and whoever holds the installation's
key can repeat it. How large the shares are is the district's to decide (`evaluation.csv`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Final

from django.db.models import Max, Q

from huiyin.cases.models import Case
from huiyin.cases.private import keyed
from huiyin.evaluate.rules import amounts
from huiyin.rounds.models import Check, Result, Why
from huiyin.rounds.risk import TURN, known_on, midnight, reasons_of

# Where a case may be checked: the sources of `verify`.
CLOSED: Final = ("to_call_back", "evaluated", "archived")
WEEK: Final = timedelta(days=7)
# Questions and suggestions leave nothing to see; reports of offences go to no list.
_VISIBLE_KINDS: Final = ("", "help", "complaint")


@dataclass(frozen=True, slots=True)
class Drawn:
    case: Case
    why: Why
    reasons: tuple[str, ...] = ()


def closed_before(day: date) -> list[Case]:
    """What units closed on the day before and one can go and look at: not confidential, not merged, with a place."""
    placed = ~Q(place="") | Q(area__isnull=False) | Q(lat_e3__isnull=False)
    closed = Case.objects.filter(
        placed, closed_at__gte=midnight(day - timedelta(days=1)), closed_at__lt=midnight(day), state__in=CLOSED,
        kind__in=_VISIBLE_KINDS, lead__isnull=False, parent__isnull=True, confidential=False, withdrawn=False,
    )  # fmt: skip
    return list(closed)


def drawn(day: date) -> list[Drawn]:
    """The list of the day: by risk first, the highest points on top; then at random."""
    closed, numbers = closed_before(day), amounts(midnight(day))
    by_chance = sorted(closed, key=lambda case: keyed("check", f"{day}:{case.number}"))
    most, risk, random = shares(len(closed), numbers)
    risky = _risky(by_chance, day, numbers)[:risk]
    taken = {one.case.pk for one in risky}
    rest = [case for case in by_chance if case.pk not in taken]
    turns = _turns(rest, {one.case.lead_id for one in risky}, day)
    first = [Drawn(case, Why.RANDOM, (TURN,)) for case in turns]
    then = [Drawn(case, Why.RANDOM) for case in rest if case not in turns]
    return [*risky, *[*first, *then][: max(random, min(len(turns), most - risk))]]


def shares(closed: int, numbers: Mapping[str, int]) -> tuple[int, int, int]:
    """At most, by risk, at random, of so many closed cases; each share rounded up. Past the limit both shrink alike."""
    risk = ceil(closed * numbers.get("checks_risk_per_mille", 0) / 1000)
    random = ceil(closed * numbers.get("checks_random_per_mille", 0) / 1000)
    most = numbers.get("checks_most", risk + random)
    if risk + random > most:
        risk = most * risk // (risk + random)
        random = most - risk
    return most, risk, random


def _risky(cases: Iterable[Case], day: date, numbers: Mapping[str, int]) -> list[Drawn]:
    """Those with points, the most first; among equals chance decides, as it ordered `cases`."""
    known = known_on(day, numbers)
    found = [(case, reasons_of(case, known, numbers)) for case in cases]
    ranked = sorted((pair for pair in found if pair[1]), key=lambda pair: -sum(pair[1].values()))
    return [Drawn(case, Why.RISK, tuple(reasons)) for case, reasons in ranked]


def _turns(cases: Iterable[Case], looked_at: set[int | None], day: date) -> list[Case]:
    """One case of each unit that nobody has looked at in the six days before, who waited longest first."""
    looks = Check.objects.exclude(result__in=(Result.FAILED, Result.GONE)).filter(day__lt=day)
    last = dict(looks.order_by().values_list("unit").annotate(Max("day")))
    firsts: dict[int | None, Case] = {}
    for case in cases:
        if case.lead_id not in looked_at and last.get(case.lead_id or 0, date.min) <= day - WEEK:
            firsts.setdefault(case.lead_id, case)
    return sorted(firsts.values(), key=lambda case: last.get(case.lead_id or 0, date.min))
