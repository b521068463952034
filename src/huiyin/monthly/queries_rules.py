"""Which rule drafts a month, and which month a new one is tried on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huiyin.monthly.models import Review, RuleBook
from huiyin.monthly.rules import OWN, Rules
from huiyin.people.effective import in_force
from huiyin.review import periods

if TYPE_CHECKING:
    from datetime import date

    from huiyin.kernel.periods import Period


def book_on(day: date) -> RuleBook | None:
    """The rule that holds on that day; without one it is the house's own."""
    return RuleBook.objects.filter(in_force(day)).first()


def book_of(period: Period) -> RuleBook | None:
    """In force on the period's last day, however late the month is drafted."""
    return book_on(periods.last_day(period))


def rules_on(day: date) -> Rules:
    book = book_on(day)
    return book.rules if book else OWN


def last_frozen() -> Review | None:
    """The newest month that is kept for a meeting."""
    return Review.objects.select_related("freeze").order_by("-freeze__starts_at").first()
