"""Exclusions and appeals, read from the events that are their only record: who waits, what was decided, how often.

Asked and decided are counted by their own days and for the unit that asked, whoever has the case now: these figures
of a period never change. Evaluations and checks are counted as the cases stand, like the rates.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from huiyin.cases.models import CLAIMS, Case, Event
from huiyin.cases.queries import of_residents
from huiyin.evaluate.rules import reason_words
from huiyin.kernel.periods import Period
from huiyin.people.models import Unit

WAITING: Final = ("exclusion", "appeal")
ASKED: Final = {"apply_exclusion": "exclusion", "appeal": "appeal"}
# Kind of the decision → what it decides, and whether it was granted.
DECIDED: Final = {
    "exclude": ("exclusion", True),
    "refuse_exclusion": ("exclusion", False),
    "uphold_appeal": ("appeal", True),
    "refuse_appeal": ("appeal", False),
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim on the reviewer's desk. `reason`: the catalogue's words, empty for an appeal."""

    case: Case
    kind: str
    reason: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What anybody may read of a decision: no title, no evidence, no person."""

    at: datetime
    kind: str
    granted: bool
    unit: str
    category: str
    reason: str


@dataclass(slots=True)
class UnitLine:
    """A unit's period. Rates are percent, None («—») where nothing was there to count."""

    code: str
    name: str
    evaluated: int = 0
    satisfied: int = 0
    basic: int = 0
    solved: int = 0
    checked: int = 0
    matched: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def fact(self) -> float | None:
        """Solved in fact: external checks that found what the unit had answered."""
        return share(self.matched, self.checked)

    @property
    def feeling(self) -> float | None:
        """(S1 + 0.9·S2) / V (domain.md 11.1)."""
        return share(self.satisfied + 0.9 * self.basic, self.evaluated)

    @property
    def exclusion_rate(self) -> float | None:
        return share(self.counts["exclusion"], self.evaluated)

    @property
    def exclusion_success(self) -> float | None:
        return share(self.counts["exclusion_granted"], self.decided("exclusion"))

    @property
    def appeal_rate(self) -> float | None:
        return share(self.counts["appeal"], self.evaluated)

    @property
    def appeal_success(self) -> float | None:
        return share(self.counts["appeal_granted"], self.decided("appeal"))

    @property
    def exclusions(self) -> tuple[int, int, int]:
        """Asked, granted, decided."""
        return self.counts["exclusion"], self.counts["exclusion_granted"], self.decided("exclusion")

    @property
    def appeals(self) -> tuple[int, int, int]:
        """Asked, granted, decided."""
        return self.counts["appeal"], self.counts["appeal_granted"], self.decided("appeal")

    def decided(self, kind: str) -> int:
        return self.counts[f"{kind}_granted"] + self.counts[f"{kind}_refused"]


def share(part: float, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def waiting() -> list[Waiting]:
    """The oldest first. Two queries and one for each reason's name."""
    cases = {case.pk: case for case in Case.objects.filter(state__in=WAITING)}
    asked = Event.objects.filter(case__in=cases, kind__in=ASKED).order_by("case", "-seq").distinct("case")
    words: dict[str, str] = {}
    found = [Waiting(cases[event.case_id], ASKED[event.kind], _reason(event, words), event.at) for event in asked]
    return sorted(found, key=lambda claim: claim.asked_at)


def _reason(event: Event, words: dict[str, str]) -> str:
    code = str(event.public.get("category_of_reason") or "")
    if code and code not in words:
        words[code] = reason_words("category_of_reason", code)
    return words.get(code, "")


def decisions(most: int) -> list[Decision]:
    """The latest, as the public reads them: on reports of offences and confidential cases only counts are public."""
    open_to_all = Q(case__confidential=False) & ~Q(case__kind="report")
    decided = Event.objects.filter(open_to_all, kind__in=DECIDED).filter(kind__in=CLAIMS)
    latest = list(decided.select_related("case").order_by("-at", "-id")[:most])
    claimants = _claimants(latest)
    names = {unit.code: str(unit) for unit in Unit.objects.filter(code__in=claimants)}
    asked = Event.objects.filter(case__in={event.case_id for event in latest}, kind="apply_exclusion")
    reasons = {event.case_id: event for event in asked.order_by("seq")}
    words: dict[str, str] = {}
    return [
        Decision(
            at=event.at,
            kind=DECIDED[event.kind][0],
            granted=DECIDED[event.kind][1],
            unit=names.get(claimant, ""),
            category=str(event.case.category or ""),
            reason=_reason(reasons[event.case_id], words) if DECIDED[event.kind][0] == "exclusion" else "",
        )
        for event, claimant in zip(latest, claimants, strict=True)
    ]


def by_unit(period: Period) -> list[UnitLine]:
    """In the order of the units, no ranking: every unit that was judged, asked or was decided on. Five queries."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    lines: dict[int, UnitLine] = {}

    def line(pk: int) -> UnitLine:
        return lines.setdefault(pk, UnitLine(units[pk].code, str(units[pk])))

    for row in (*_judged(period), *_checked(period)):
        own = line(row["lead"])
        for name in row.keys() - {"lead"}:
            setattr(own, name, row[name])
    codes = {unit.code: pk for pk, unit in units.items()}
    events = list(Event.objects.filter(kind__in=CLAIMS, at__gte=period.start, at__lt=period.end).order_by())
    for event, code in zip(events, _claimants(events), strict=True):
        line(codes[code]).counts[_counted(event.kind)] += 1
    return sorted(lines.values(), key=lambda own: [unit.code for unit in units.values()].index(own.code))


def total(lines: Iterable[UnitLine]) -> UnitLine:
    """All units together, pooled."""
    whole = UnitLine("", "")
    for one in lines:
        for name in ("evaluated", "satisfied", "basic", "solved", "checked", "matched"):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
        whole.counts += one.counts
    return whole


def reasons_of(period: Period) -> list[tuple[str, int]]:
    """For which reasons exclusion was asked, most frequent first."""
    asked = Event.objects.filter(kind="apply_exclusion", at__gte=period.start, at__lt=period.end)
    counted = Counter(asked.filter(kind__in=CLAIMS).values_list("public__category_of_reason", flat=True))
    return [(reason_words("category_of_reason", code), count) for code, count in counted.most_common()]


def behind(period: Period, what: str, unit: str) -> tuple[QuerySet[Case], int]:
    """The cases that a number of this unit's line counts (of all units where `unit` is empty), and that number.

    A case asked about in two rounds is counted twice and is one case. `what`: a name of `BEHIND`, else KeyError.
    """
    kinds = BEHIND[what]
    if isinstance(kinds, tuple):
        events = list(Event.objects.filter(kind__in=kinds, at__gte=period.start, at__lt=period.end).order_by())
        asked = zip(events, _claimants(events), strict=True)
        found = [event.case_id for event, claimant in asked if unit in ("", claimant)]
        return Case.objects.filter(pk__in=set(found)), len(found)
    own = Q(lead__code=unit) if unit else Q(lead__isnull=False)
    cases = of_residents(Case.objects.filter(own, kinds(period)))
    return cases, cases.count()


def _valid(period: Period) -> Q:
    return Q(valid_callback=True, evaluated_at__gte=period.start, evaluated_at__lt=period.end)


def _looked_at(period: Period) -> Q:
    return Q(verified_at__gte=period.start, verified_at__lt=period.end)


# Name of a number → the kinds of events that it counts, or which cases.
BEHIND: Final[Mapping[str, tuple[str, ...] | Callable[[Period], Q]]] = {
    "evaluated": _valid,
    "checked": _looked_at,
    "matched": lambda period: _looked_at(period) & Q(verified=True),
    "exclusion": ("apply_exclusion",),
    "exclusion_granted": ("exclude",),
    "exclusion_decided": ("exclude", "refuse_exclusion"),
    "appeal": ("appeal",),
    "appeal_granted": ("uphold_appeal",),
    "appeal_decided": ("uphold_appeal", "refuse_appeal"),
}


def _counted(kind: str) -> str:
    if kind in ASKED:
        return ASKED[kind]
    what, granted = DECIDED[kind]
    return f"{what}_{'granted' if granted else 'refused'}"


def _judged(period: Period) -> Iterable[Mapping[str, Any]]:
    valid = Q(valid_callback=True)
    judged = Case.objects.filter(evaluated_at__gte=period.start, evaluated_at__lt=period.end, lead__isnull=False)
    return of_residents(judged).values("lead").order_by().annotate(
        evaluated=Count("pk", filter=valid),
        satisfied=Count("pk", filter=valid & Q(satisfaction="satisfied")),
        basic=Count("pk", filter=valid & Q(satisfaction="basic")),
        solved=Count("pk", filter=valid & Q(solved=True)),
    )  # fmt: skip


def _checked(period: Period) -> Iterable[Mapping[str, Any]]:
    """By the day of the check: what did not match went back to its unit and is evaluated no more."""
    seen = Case.objects.filter(verified_at__gte=period.start, verified_at__lt=period.end, lead__isnull=False)
    return (
        of_residents(seen)
        .values("lead")
        .order_by()
        .annotate(checked=Count("pk"), matched=Count("pk", filter=Q(verified=True)))
    )


def _claimants(claims: Sequence[Event]) -> list[str]:
    """The unit, by code, of whoever asked; of a decision, the one that asked before it. One query."""
    asks: dict[int, list[tuple[int, str]]] = defaultdict(list)
    found = Event.objects.filter(case__in={event.case_id for event in claims}, kind__in=ASKED).order_by("seq")
    for case, seq, unit in found.values_list("case", "seq", "unit"):
        asks[case].append((seq, unit or ""))
    return [max(ask for ask in asks[event.case_id] if ask[0] <= event.seq)[1] for event in claims]
