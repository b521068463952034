"""Many cases dispatched as proposed: first a look at what would go where by when, then each in its own transaction."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.assign import desk
from huiyin.assign.communities import unlisted
from huiyin.assign.domain import BY_CATALOGUE, Plan, dispatch
from huiyin.assign.models import Suggestion
from huiyin.assign.queries import rules_at
from huiyin.cases import codes
from huiyin.cases.labels import english, say
from huiyin.cases.models import Case
from huiyin.cases.paging import SIZE
from huiyin.cases.store import Conflict
from huiyin.kernel.moves import Refused
from huiyin.people.models import Account


@dataclass(frozen=True, slots=True)
class Proposal:
    """One case with what the rules say; `why_not` in words where nothing can be proposed."""

    case: Case
    suggestion: Suggestion | None
    choice: desk.Choice
    plan: Plan | None
    why_not: str = ""

    @property
    def sure(self) -> bool:
        """Ticked beforehand: somebody said what it is about, or triage is sure of it; never what is urgent."""
        if self.why_not or self.plan is None or self.case.urgency != "normal":
            return False
        guess = self.suggestion
        if guess and guess.lead and guess.lead.code != self.plan.lead:  # the source names another unit
            return False
        sure_from = rules_at(timezone.now()).sure
        return bool(self.case.category_id) or (guess is not None and (guess.was_said or guess.confidence >= sure_from))

    @property
    def lead(self) -> str:
        return codes.units().names(english=english())[self.plan.lead] if self.plan else ""

    @property
    def version(self) -> str:
        """What was looked at: if any of it is another when it is sent, it does not go out unseen."""
        lead = self.plan.lead if self.plan else ""
        return f"{self.case.number} {self.case.seq} {lead} {self.choice.key}"


@dataclass(frozen=True, slots=True)
class Line:
    case: Case
    after: str = ""
    why_not: str = ""


def proposals(numbers: Iterable[str] | None = None) -> list[Proposal]:
    """For the cases of these numbers, or the first of the queue. Writes nothing."""
    waiting = desk.queue().select_related("suggestion", "body").order_by(*desk.ORDERS["urgent"])
    if numbers is not None:
        waiting = waiting.filter(number__in=[number for number in numbers if number.isprintable()])
    return [_proposal(case) for case in waiting[:SIZE]]


def _proposal(case: Case) -> Proposal:
    suggestion = getattr(case, "suggestion", None)
    choice = desk.proposed(case, suggestion)
    plan = desk.plan_of(case, choice) if choice.category else None
    return Proposal(case, suggestion, choice, plan, _why_not(choice, plan))


def _why_not(choice: desk.Choice, plan: Plan | None) -> str:
    if not choice.category:
        return _("No category: look at it by itself.")
    if plan is None:
        return _("No rule of the catalogue fits: look at it by itself.")
    row = {"category": choice.category, "area": choice.area or None}
    if unlisted(row, lead=plan.lead, helpers=plan.helpers, at=plan.start):
        return _("It would give a community what is not on its list: look at it by itself.")
    return ""


def dispatch_many(*, versions: Iterable[str], account: Account) -> list[Line]:
    """Each as it was looked at; one that cannot go does not hold up the others."""
    seen = {version.partition(" ")[0]: version for version in versions}
    return [_dispatch(one, seen[one.case.number], account) for one in proposals(list(seen))]


def _dispatch(one: Proposal, seen: str, account: Account) -> Line:
    if one.why_not or one.plan is None:
        return Line(one.case, why_not=one.why_not)
    if one.version != seen:
        return Line(one.case, why_not=_("It changed since you looked: look again."))
    chosen = {"category": one.choice.category, "area": one.choice.area or None}
    chosen |= {"urgency": one.choice.urgency, "kind": one.choice.kind}
    try:
        moved = dispatch(case=one.case, account=account, lead=one.plan.lead, reason=BY_CATALOGUE[english()], **chosen)
    except Conflict:
        return Line(one.case, why_not=_("Somebody was faster: look again."))
    except Refused as refused:
        return Line(one.case, why_not=say(refused))
    return Line(moved, after=str(moved.lead))
