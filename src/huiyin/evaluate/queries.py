"""Reads of the callback desk: whose turn it is, who may call, when somebody tried before."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from huiyin.cases.choices import Purpose
from huiyin.cases.domain import owner_ids
from huiyin.cases.models import AccessLog, Case, Event
from huiyin.cases.paging import capped_counts, shown_count
from huiyin.cases.queries import of_residents
from huiyin.kernel.moves import MOVES
from huiyin.kernel.roles import Role
from huiyin.people.models import Account, Membership, Unit

QUEUE_ROWS = 60
CALLED_WHEN_DUE = MOVES["call_when_due"].sources
# A colleague who has just asked for the number is probably on the phone with the resident.
_HELD = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many calls can be made now, and how many wait for their hour."""

    ready: str
    later: str


def to_call() -> QuerySet[Case]:
    """Cases to call back, longest due first: since the unit closed them, or from the hour agreed for the next try."""
    waiting = of_residents(Case.objects.filter(state="to_call_back"))
    return waiting.annotate(ready_at=Greatest("closed_at", "next_call_at")).order_by("ready_at", "id")


def _ready(now: datetime) -> Q:
    return Q(("ready_at__lte", now))  # an annotation of `to_call`, not a field


def waiting(now: datetime) -> Waiting:
    calls = to_call()
    counts = capped_counts({"ready": calls.filter(_ready(now)), "later": calls.filter(~_ready(now))})
    return Waiting(shown_count(counts["ready"]), shown_count(counts["later"]))


def overdue(now: datetime) -> QuerySet[Case]:
    """Late with their unit and not called about since they were due, the oldest date first."""
    late = of_residents(Case.objects.filter(state__in=CALLED_WHEN_DUE, due_at__lt=now))
    called = Q(evaluated_at__gte=F("due_at"))
    return late.exclude(called).order_by("due_at", "id")


def is_to_call(case: Case, now: datetime) -> bool:
    """Answered by its unit, or past its date while the unit works on."""
    late = case.state in CALLED_WHEN_DUE and case.due_at is not None and case.due_at < now
    return late or case.state == "to_call_back"


def own_units(account: Account) -> set[int]:
    """Units the account belongs to in any role."""
    held = {unit for units in account.roles.values() for unit in units}
    return held | ({account.unit_id} if account.unit_id else set())


def calls_for(account: Account, case: Case) -> bool:
    """Whether the account is independent of the units that handled the case."""
    return owner_ids(case).isdisjoint(own_units(account))


def next_call(account: Account, now: datetime) -> Case | None:
    """The call that has waited longest, is not of the account's own units and not in a colleague's hands."""
    held = AccessLog.objects.filter(purpose=Purpose.CALLBACK, at__gte=now - _HELD).exclude(account=account)
    own = own_units(account)
    calls = to_call().filter(_ready(now)).exclude(lead_id__in=own).exclude(parts__unit__in=own)
    return calls.exclude(pk__in=held.values("case_id")).first()


def attempts_of(case_id: int, attempts: int) -> list[datetime]:
    """When somebody rang in this round (its latest `attempts`), oldest first; a text message rings nobody."""
    if not attempts:
        return []
    tried = Event.objects.filter(case_id=case_id, kind="attempt").order_by("-seq").values_list("at", "public")
    return sorted(at for at, public in tried[:attempts] if public.get("outcome") != "sms")


def other_callers(case: Case) -> list[str]:
    """Units whose callers may ring about a case that the asker's own unit handled, by name."""
    held = Membership.objects.filter(role=Role.CALLER, account__is_active=True).exclude(unit__in=owner_ids(case))
    units = Unit.objects.filter(pk__in=held.values("unit"))
    return [str(unit) for unit in units]
