"""Reads about what came back: the signs, and how often it happens."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from huiyin.cases.models import Case
from huiyin.evaluate.likeness import LABELS
from huiyin.evaluate.models import RecurrenceHint

ROWS = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """One sign as a page draws it, seen from one of its two cases; `other` is the other one."""

    hint: RecurrenceHint
    other: Case
    is_earlier: bool
    reasons: tuple[str, ...]


def said(hint: RecurrenceHint) -> tuple[str, ...]:
    """Its reasons in the reader's language."""
    return tuple(str(LABELS[name]) for name in hint.reasons if name in LABELS)


def to_decide() -> QuerySet[RecurrenceHint]:
    """The newest first, with what a list draws of both cases."""
    hints = RecurrenceHint.objects.filter(state=RecurrenceHint.State.OPEN).order_by("-id")
    return hints.select_related("case", "earlier")


def hints_of(case: Case) -> list[Shown]:
    """Signs that name this case, dismissed ones left out. One small query, and where there are any a second."""
    named = Q(case=case) | Q(earlier=case)
    hints = RecurrenceHint.objects.filter(named).exclude(state=RecurrenceHint.State.DISMISSED)
    if not hints.exists():
        return []
    found = hints.select_related("case", "earlier", "decided_by").order_by("-percent", "-id")
    return [
        Shown(hint, hint.earlier if hint.case_id == case.pk else hint.case, hint.case_id == case.pk, said(hint))
        for hint in found
    ]
