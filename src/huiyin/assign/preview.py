"""What the rules would do with a text that is no case yet."""

from dataclasses import dataclass

from django.utils import timezone

from huiyin.assign import triage
from huiyin.assign.domain import Plan, area_of, plan_for
from huiyin.cases.models import Category
from huiyin.kernel.fold import blank
from huiyin.people.models import Area, Unit


@dataclass(frozen=True, slots=True)
class Look:
    category: Category | None
    area: Area | None
    lead: Unit | None
    plan: Plan | None
    confidence: float
    words: tuple[str, ...]

    @property
    def percent(self) -> int:
        return round(self.confidence * 100)


def look(*, text: str, place: str = "", title: str = "") -> Look:
    """Category, area, unit and due date as if the text arrived now. Keeps nothing."""
    (guess,) = triage.guess([f"{title}\n{text}"])
    row = {**blank(), "text": text, "place": place, "title": title, "category": guess.category}
    row["area"] = area_of(row)
    plan = plan_for(row, timezone.now()) if guess.category else None
    return Look(
        category=Category.objects.filter(code=guess.category).first(),
        area=Area.objects.filter(code=row["area"]).first(),
        lead=Unit.objects.filter(code=plan.lead).first() if plan else None,
        plan=plan,
        confidence=guess.confidence,
        words=guess.words,
    )
