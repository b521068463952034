"""The random second call: a share of yesterday's evaluated cases, called once more by somebody else.

Which ones is fixed by a keyed hash of day and number: nobody outside can foresee the draw, and whoever holds the
installation's key can repeat it. The second answer stands beside the first and never takes its place.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from huiyin.cases.domain import Step, act_as, actor_for
from huiyin.cases.labels import english
from huiyin.cases.models import Case
from huiyin.cases.private import keyed
from huiyin.cases.queries import of_residents
from huiyin.evaluate import hours
from huiyin.evaluate.domain import said
from huiyin.evaluate.models import SecondCall
from huiyin.evaluate.queries import own_units
from huiyin.evaluate.rules import amount
from huiyin.kernel.moves import MOVES, Refused
from huiyin.people.models import Account

MOST_TRIES: Final = 3
CALLABLE: Final = ("evaluated", "archived")
_NOT_DRAWN = Refused(
    "second",
    "这件事没有抽中二次回访，或已经打过了。",
    "This case was not drawn for a second call, or it was made.",
)

_NOT_YOURS = Refused(
    "second",
    "首次回访是您打的，或承办单位是您的单位：二次回访请由别的回访员来打。",
    "The first call was yours, or your unit handled it: another caller makes the second one.",
)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """Of one unit's second calls in a period: drawn, somebody reached, heard otherwise than the first time."""

    code: str
    name: str
    drawn: int
    reached: int
    differ: int

    @property
    def percent(self) -> int | None:
        """None where nobody was reached."""
        return round(100 * self.differ / self.reached) if self.reached else None


def draw(day: date) -> int:
    """How many cases evaluated on the local `day` were drawn and not drawn before."""
    start = datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
    share = amount("second_call_per_mille", start) or 0
    judged = list(_judged().filter(evaluated_at__gte=start, evaluated_at__lt=start + timedelta(days=1)))
    chosen = sorted(judged, key=lambda case: keyed("second", f"{day}:{case.number}"))
    return _add(day, chosen[: ceil(len(judged) * share / 1000)])


def draw_these(numbers: Iterable[str]) -> int:
    """How many of these cases were added to today's draw: evaluated ones that wait for no second call already."""
    waits = SecondCall.objects.filter(done_at=None).values("case_id")
    return _add(timezone.localdate(), _judged().filter(number__in=numbers).exclude(pk__in=waits))


def _judged() -> QuerySet[Case]:
    judged = Case.objects.filter(valid_callback=True, solved__isnull=False, withdrawn=False, state__in=CALLABLE)
    return of_residents(judged)


def _add(day: date, judged: Iterable[Case]) -> int:
    """A day draws a case once."""
    first = hours.next_time([], timezone.now() - timedelta(hours=1))
    rows = [
        SecondCall(
            case=case, day=day, next_at=first,
            first_solved=case.solved is True, first_satisfaction=case.satisfaction or "",
        )
        for case in judged
    ]  # fmt: skip
    before = SecondCall.objects.filter(day=day).count()
    SecondCall.objects.bulk_create(rows, ignore_conflicts=True)
    return SecondCall.objects.filter(day=day).count() - before


def waiting(account: Account) -> QuerySet[SecondCall]:
    """Second calls that this account may make, longest due first: not its own first calls, not of its own units."""
    calls = SecondCall.objects.select_related("case").filter(done_at__isnull=True, case__state__in=CALLABLE)
    own = own_units(account)
    mine = Q(case__evaluated_by=f"account:{account.pk}") | Q(case__lead_id__in=own)
    return calls.exclude(mine).exclude(case__parts__unit__in=own).order_by("next_at", "id")


def pending(case: Case) -> SecondCall | None:
    return SecondCall.objects.filter(case=case, done_at__isnull=True).order_by("day").first()


def not_drawn(case: Case) -> Refused | None:
    """Why nobody calls about this case a second time; None where a call waits."""
    return None if pending(case) else _NOT_DRAWN


@transaction.atomic
def record(*, case: Case, account: Account, contacted: bool, solved: bool, satisfaction: str, text: str = "") -> Case:
    """What was heard the second time. Raises `Refused`, `Conflict`."""
    call = _locked(case)
    actor = actor_for(account, MOVES["call_again"], case)
    public, private = said(case, text, f"second_{case.seq + 1}")
    answers = {"contacted": contacted, "solved": solved, "satisfaction": satisfaction}
    case = act_as(case=case, steps=[Step("call_again", answers | public, private)], actor=actor)
    call.solved, call.satisfaction, call.done_at = solved, satisfaction, timezone.now()
    call.save(update_fields=["solved", "satisfaction", "done_at"])
    return case


@transaction.atomic
def not_reached(*, case: Case, account: Account) -> SecondCall:
    """Try again at another part of the day; after the third time it is given up. Raises `Refused`."""
    call, now = _locked(case), timezone.now()
    actor_for(account, MOVES["call_again"], case)
    if not waiting(account).filter(pk=call.pk).exists():  # or whoever made the first call could give it up
        raise _NOT_YOURS
    call.tries += 1
    call.next_at = hours.next_time([now], now)
    call.done_at = now if call.tries >= MOST_TRIES else None
    call.save(update_fields=["tries", "next_at", "done_at"])
    return call


def _locked(case: Case) -> SecondCall:
    call = SecondCall.objects.select_for_update().filter(case=case, done_at__isnull=True).order_by("day").first()
    if call is None:
        raise _NOT_DRAWN
    return call


def of_period(first: date, end: date) -> QuerySet[SecondCall]:
    """Drawn for the days from `first` up to, not including, `end`."""
    return SecondCall.objects.filter(day__gte=first, day__lt=end)


def by_unit(calls: QuerySet[SecondCall]) -> list[UnitLine]:
    """By name, in the order of the units: this is no ranking. One query."""
    rows = (
        calls.values("case__lead__code", "case__lead__name", "case__lead__name_en")
        .annotate(
            drawn=Count("pk"),
            reached=Count("pk", filter=Q(solved__isnull=False)),
            differ=Count("pk", filter=Q(solved__isnull=False) & ~Q(solved=F("first_solved"))),
        )
        .order_by("case__lead__path")
    )
    return [UnitLine(row["case__lead__code"], _name(row), row["drawn"], row["reached"], row["differ"]) for row in rows]


def _name(row: Mapping[str, Any]) -> str:
    name: str = (english() and row["case__lead__name_en"]) or row["case__lead__name"]
    return name


def total(lines: Iterable[UnitLine]) -> UnitLine:
    kept = list(lines)
    return UnitLine("", "", *(sum(getattr(line, name) for line in kept) for name in ("drawn", "reached", "differ")))


def disagreements(calls: QuerySet[SecondCall]) -> QuerySet[SecondCall]:
    """Newest first: the two calls heard different things about “solved”."""
    return calls.select_related("case").filter(~Q(solved=F("first_solved")), solved__isnull=False).order_by("-pk")
