"""Reads of the objection desk: who waits, what was said, how earlier ones of the kind were decided."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from huiyin.assign.domain import Plan, plan_for
from huiyin.cases import codes
from huiyin.cases.choices import Kind
from huiyin.cases.labels import english, say
from huiyin.cases.models import Case, Event
from huiyin.cases.projection import to_row
from huiyin.cases.queries import of_residents
from huiyin.kernel.moves import MOVES
from huiyin.people.models import Unit

ORDER = ("objected_at", "id")
DECISIONS = ("redispatch", "refuse_objection", "rule")
UPHELD = "redispatch"
_SHOWN = 8
RECENT = timedelta(days=90)


def waiting() -> QuerySet[Case]:
    """Cases objected to, the longest waiting first."""
    latest = Event.objects.filter(case=OuterRef("pk"), kind="object").order_by("-seq").values("at")[:1]
    return Case.objects.filter(state="objected").annotate(objected_at=Subquery(latest))


@dataclass(frozen=True, slots=True)
class Objection:
    """A written objection and, once there is one, its decision."""

    case: Case
    unit: str
    at: datetime
    reason: str
    basis: str
    decision: str = ""
    decided_reason: str = ""

    @property
    def unit_name(self) -> str:
        return codes.units().names(english=english()).get(self.unit, self.unit)

    @property
    def decided(self) -> str:
        return say(MOVES[self.decision]) if self.decision else ""

    @property
    def upheld(self) -> bool:
        return self.decision == UPHELD


def objections(cases: Iterable[Case]) -> list[Objection]:
    """Every objection on these cases, the newest first. Two queries."""
    by_id = {case.pk: case for case in cases}
    events = Event.objects.filter(case__in=by_id, kind__in=("object", *DECISIONS)).order_by("case_id", "seq")
    return sorted(_paired(events, by_id), key=lambda found: found.at, reverse=True)


def _paired(events: Iterable[Event], cases: Mapping[int, Case]) -> Iterator[Objection]:
    asked: Event | None = None
    for event in events:
        if asked and asked.case_id != event.case_id:
            yield _told(asked, None, cases)
            asked = None
        if event.kind == "object":
            asked = event
        elif asked:
            yield _told(asked, event, cases)
            asked = None
    if asked:
        yield _told(asked, None, cases)


def _told(asked: Event, decision: Event | None, cases: Mapping[int, Case]) -> Objection:
    said = decision.public if decision else {}
    return Objection(
        case=cases[asked.case_id],
        unit=asked.unit or "",
        at=asked.at,
        reason=asked.public.get("reason", ""),
        basis=asked.public.get("basis", ""),
        decision=decision.kind if decision else "",
        decided_reason=said.get("reason") or said.get("minutes") or "",
    )


def earlier(case: Case) -> list[Objection]:
    """Decided objections on cases of the same category, the newest first: what this one is measured by."""
    same = Case.objects.filter(category=case.category_id, objections__gt=0).exclude(pk=case.pk).order_by("-pk")
    found = objections(same.only("number", "title")[:_SHOWN])
    return [one for one in found if one.decision][:_SHOWN]


def by_catalogue(case: Case) -> Plan | None:
    """What the catalogue said on the day of the dispatch."""
    return plan_for(to_row(case), case.dispatched_at or timezone.now())


@dataclass(frozen=True, slots=True)
class Record:
    """How often a unit objects, and how often it is right: of cases given to it and objections decided recently."""

    orders: int
    objections: int
    decided: int
    upheld: int

    @property
    def rate(self) -> str:
        return _share(self.objections, self.orders)

    @property
    def success(self) -> str:
        return _share(self.upheld, self.decided)


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "—"


def record(unit: Unit) -> Record:
    """Of the last 90 days. Cases that an upheld objection took away are counted among those it was given."""
    since = timezone.now() - RECENT
    asked = Event.objects.filter(kind__in=("object", *DECISIONS), at__gte=since).exclude(case__kind=Kind.DIRECTIVE)
    events = asked.order_by("case_id", "seq")
    own: list[str] = []
    mine = False
    for kind, by in events.annotate(by=F("unit")).values_list("kind", "by"):
        if kind == "object":
            mine = by == unit.code
        if mine:
            own.append(kind)
        mine = mine and kind == "object"
    upheld = own.count(UPHELD)
    given = of_residents(Case.objects.filter(lead=unit, dispatched_at__gte=since)).count() + upheld
    made = own.count("object")
    return Record(given, made, len(own) - made, upheld)
