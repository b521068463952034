"""The samples that the year's checks would have been drawn in, and today's, still open."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from huiyin.cases.models import Event
from huiyin.cli.simulate import hours
from huiyin.rounds import domain
from huiyin.rounds.following import account_id
from huiyin.rounds.models import Check, Result, Why

_BATCH: Final = 5000
_WALK_BACK: Final = timedelta(minutes=4)


def write_checks(until: datetime) -> None:
    Check.objects.bulk_create(_checked(), batch_size=_BATCH, ignore_conflicts=True)  # twice a day is once drawn
    domain.draw(hours.local(until).date())


def _checked() -> Iterator[Check]:
    """One for each `verify` event: every third by chance, the others for what the case looks like."""
    of_day: Counter[object] = Counter()
    for event in Event.objects.filter(kind="verify").select_related("case__lead").order_by("at", "id"):
        day = hours.local(event.at).date()
        of_day[day] += 1
        risks = [code for code, holds in _RISKS.items() if holds(event)]
        random = not risks or event.case_id % 3 == 0
        yield Check(
            case=event.case,
            unit=event.case.lead,
            day=day,
            why=Why.RANDOM if random else Why.RISK,
            reasons=[] if random else risks,
            order=of_day[day],
            checker_id=account_id(event.actor),
            taken_at=event.at - timedelta(hours=2),
            visited_at=event.at - _WALK_BACK,
            done_at=event.at,
            result=Result.MATCHES if event.public["agrees"] else Result.MISMATCH,
            seq=event.seq,
            distance_m=event.public.get("distance_m"),
            accuracy_m=10 + event.case_id % 25,
        )


_RISKS: Final[Mapping[str, Callable[[Event], bool]]] = {
    "unsolved": lambda event: event.case.rounds > 1,
    "urgent": lambda event: event.case.urgency != "normal",
    "late": lambda event: bool(event.case.closed_at and event.case.due_at and event.case.closed_at > event.case.due_at),
}
