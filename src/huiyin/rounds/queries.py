"""Reads of the rounds: who may check what, the lists of a checker and of a day, what the unit had answered."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils import timezone

from huiyin.cases.models import Attachment, Case, Event
from huiyin.kernel.roles import Role
from huiyin.people.models import Account
from huiyin.rounds.models import Check


def checkers() -> QuerySet[Account]:
    """Active accounts that check, each once."""
    held = Account.objects.filter(is_active=True, memberships__role=Role.CHECKER)
    return held.distinct().order_by("pk")


def waiting_by_checker() -> dict[int, int]:
    """Account id → open checks it has."""
    waiting = Check.objects.filter(done_at=None, checker__isnull=False)
    return dict(waiting.order_by().values_list("checker").annotate(Count("pk")))


def independent(account: Account, unit_ids: Iterable[int | None]) -> bool:
    """Whether the account belongs to none of the units."""
    return account.every_unit_id.isdisjoint(unit_ids)


def checks() -> QuerySet[Check]:
    return Check.objects.select_related("case", "checker")


def check_of(number: str) -> Check | None:
    """The open check of a case, else its last one."""
    found = checks().select_related("case__body").filter(case__number=number.upper())
    return found.order_by(F("done_at").desc(nulls_first=True), "-day").first()


def mine(account: Account) -> QuerySet[Check]:
    """What this checker still has to look at, the oldest day first."""
    return checks().filter(checker=account, done_at=None).order_by("day", "order")


def free(account: Account) -> QuerySet[Check]:
    """What nobody has taken and this account may check."""
    untaken = checks().filter(checker=None, done_at=None)
    return told_to(account, untaken).order_by("day", "order")


def done_today(account: Account) -> QuerySet[Check]:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return checks().filter(checker=account, done_at__gte=midnight).order_by("-done_at")


def told_to(account: Account, found: QuerySet[Check]) -> QuerySet[Check]:
    """Those of `found` that the account may know of: until it is done, nobody of the units learns of a check."""
    own = account.every_unit_id
    return found.exclude(unit__in=own, done_at=None).exclude(case__parts__unit__in=own, done_at=None)


def of_day(account: Account, day: date) -> QuerySet[Check]:
    return told_to(account, checks().filter(day=day)).order_by("order")


def last_answer(case: Case) -> Mapping[str, Any]:
    """What the unit recorded when it last replied (action, evidence, digests of pictures); all masked."""
    event = Event.objects.filter(case=case, kind="submit").order_by("-seq").first()
    return event.public if event else {}


def finding(check: Check) -> Mapping[str, Any]:
    """What was recorded on the spot; empty while nothing was."""
    event = Event.objects.filter(case_id=check.case_id, seq=check.seq).first() if check.seq else None
    return event.public if event else {}


def pictures(case: Case, *recorded: Mapping[str, Any]) -> list[Attachment]:
    """The pictures that these events brought; never the resident's own."""
    digests = [digest for event in recorded for digest in event.get("attachments", ())]
    return list(Attachment.objects.filter(case=case, sha256__in=digests).order_by("pk")) if digests else []
