"""Who runs the list, what a company sees of itself, what everybody reads."""

from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from huiyin.kernel.roles import Role
from huiyin.people.effective import in_force
from huiyin.people.models import Account
from huiyin.review import periods
from huiyin.standing.choices import BEFORE_NOTICE, ON_THE_LIST, Listed
from huiyin.standing.models import Company, Cycle, Entry, Estate

RUN: Final = (Role.SUPERVISOR, Role.REVIEWER)
# Who answers for a company, with an account of its unit.
ANSWER: Final = (Role.HANDLER, Role.LEADER)


def estates(company: Company, cycle: Cycle) -> list[Estate]:
    """Those it looked after on the last day of the period."""
    return list(company.estates.filter(in_force(last_day(cycle))).select_related("area"))


def last_day(cycle: Cycle) -> date:
    return (cycle.stretch.end - timedelta(microseconds=1)).astimezone(periods.zone()).date()


def companies() -> QuerySet[Company]:
    """Each with how many estates it looks after today (`managed`)."""
    now = Count("estates", filter=Q(estates__in=Estate.objects.filter(in_force(timezone.localdate()))))
    return Company.objects.select_related("unit").annotate(managed=now)


def mine(account: Account) -> QuerySet[Entry]:
    """Of the companies whose unit the account answers for, from the notice on."""
    units = [unit for role in ANSWER for unit in account.roles.get(role, ())]
    told = Entry.objects.exclude(state__in=BEFORE_NOTICE).filter(company__unit__in=units)
    return told.select_related("cycle__sheet", "company__unit").order_by("-notified_at", "pk")


def public(today: date | None = None) -> QuerySet[Entry]:
    """What everybody reads: published, not taken off, not expired."""
    open_ = Entry.objects.filter(state__in=ON_THE_LIST, published_at__isnull=False).exclude(listed=Listed.NONE)
    unexpired = open_.filter(expires_on__gt=today or timezone.localdate())
    return unexpired.select_related("cycle", "company__unit").order_by("-published_at", "rank", "pk")


def due_to_expire(today: date) -> QuerySet[Entry]:
    return Entry.objects.filter(state__in=ON_THE_LIST, expires_on__lte=today).select_related("cycle")
