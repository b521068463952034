"""The dispatcher's desk: what waits, most urgent and oldest first, and what the rules propose for it."""

from typing import Any, NamedTuple

from django.db.models import Case as Choose
from django.db.models import IntegerField, QuerySet, Value, When
from django.utils import timezone

from huiyin.assign.domain import Plan, area_of, plan_for
from huiyin.assign.models import Suggestion
from huiyin.cases.choices import Urgency
from huiyin.cases.models import Case
from huiyin.cases.paging import after
from huiyin.cases.projection import to_row
from huiyin.kernel.states import BEFORE_DISPATCH

WAITING = BEFORE_DISPATCH
ORDERS = {"urgent": ("rank", "id"), "oldest": ("id",)}
RANK = Choose(
    When(urgency=Urgency.EMERGENCY, then=Value(0)),
    When(urgency=Urgency.URGENT, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def queue() -> QuerySet[Case]:
    return Case.objects.filter(state__in=WAITING).annotate(rank=RANK)


def following(case: Case, order: tuple[str, ...]) -> Case | None:
    """The next one to look at: after this one, else from the top."""
    return after(queue(), order=order, case=case) or queue().exclude(pk=case.pk).order_by(*order).first()


class Choice(NamedTuple):
    """What a dispatcher decides about a case before its unit: codes."""

    category: str
    area: str
    urgency: str
    kind: str

    @property
    def key(self) -> str:
        """Says for which choice a plan was made."""
        return f"{self.category}|{self.area}|{self.urgency}|{self.kind}"


def suggestion_of(case: Case) -> Suggestion | None:
    return Suggestion.objects.filter(case=case).first()


def proposed(case: Case, suggestion: Suggestion | None) -> Choice:
    """What is recorded already, else what triage suggests."""
    row = to_row(case)
    category = row["category"] or (suggestion.category.code if suggestion and suggestion.category else "")
    area = row["area"] or (suggestion.area.code if suggestion and suggestion.area else None) or area_of(row)
    return Choice(category, area or "", row["urgency"], row["kind"] or "help")


def plan_of(case: Case, choice: Choice, *, lead: str | None = None) -> Plan | None:
    row: dict[str, Any] = to_row(case)
    chosen = {"category": choice.category, "area": choice.area or None, "urgency": choice.urgency, "kind": choice.kind}
    return plan_for({**row, **chosen}, timezone.now(), lead=lead)
