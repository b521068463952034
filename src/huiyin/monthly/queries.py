"""Reads of the pages: months, a month's cards with their state, the same shortfall across units, last demands."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Count, Prefetch, Q

from huiyin.kernel.roles import Role
from huiyin.monthly.choices import Kind
from huiyin.monthly.gathering import earlier_than
from huiyin.monthly.models import Card, Point, Review, Signature, Speaker, Topic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from huiyin.cases.models import Case
    from huiyin.people.models import Account

PREPARES: Final = (Role.SUPERVISOR,)
READS: Final = (Role.SUPERVISOR, Role.ANALYST)
_STANDING: Final = Signature.objects.filter(withdrawn_at=None).select_related("by")


@dataclass(frozen=True, slots=True)
class Settled:
    """Demands of a meeting: `done` of `all` were closed by their units; `late` are open past their date."""

    points: Sequence[Point]
    all: int
    done: int
    late: int

    @property
    def share(self) -> str:
        """Percent, one decimal; «—» where nothing was demanded."""
        return f"{100 * self.done / self.all:.1f}%" if self.all else "—"


def reviews() -> QuerySet[Review]:
    """Newest month first, with the counts of the list."""
    asked = Q(cards__points__kind=Kind.DEMAND, cards__points__case__isnull=False)
    done = asked & Q(cards__points__case__closed_at__isnull=False)
    counted = Review.objects.annotate(
        demands=Count("cards__points", asked, distinct=True), done=Count("cards__points", done, distinct=True)
    )
    return counted.select_related("freeze").order_by("-freeze__starts_at")


def cards(review: Review) -> list[Card]:
    """All cards with points and standing signature, by rank; those without one last. Three queries."""
    found = Card.objects.filter(review=review).select_related("unit", "review").prefetch_related(
        "points__owner", Prefetch("signatures", _STANDING, to_attr="standing"),
    )  # fmt: skip
    return sorted(found, key=lambda card: (card.rank is None, card.rank or 0, card.unit.path))


def card_of(review: Review, code: str) -> Card | None:
    found = Card.objects.filter(review=review, unit__code=code).select_related(
        "unit", "review__freeze", "review__book", "commented_by"
    )
    return found.prefetch_related("points__case", "points__owner", "signatures__by", "signatures__withdrawn_by").first()


def speakers(review: Review) -> list[Speaker]:
    return list(Speaker.objects.filter(review=review).select_related("unit"))


def shared(review: Review) -> Counter[str]:
    """Topic → how many units' cards name it as a shortfall, each once."""
    named = Point.objects.filter(card__review=review, kind=Kind.SHORTFALL).exclude(topic="")
    return Counter(topic for topic, _card in set(named.values_list("topic", "card")))


def topics() -> dict[str, str]:
    """Key → name, of all that were ever offered."""
    return dict(Topic.objects.values_list("key", "name"))


def settled(review: Review | None, unit: str = "") -> Settled:
    """The demands that became cases; of one owner where `unit` names it."""
    if review is None:
        return Settled([], 0, 0, 0)
    asked = Point.objects.filter(card__review=review, case__isnull=False).select_related("case", "owner", "card__unit")
    points = list((asked.filter(owner__code=unit) if unit else asked).order_by("owner__path", "pk"))
    cases = [case for point in points if (case := point.case)]
    return Settled(points, len(cases), sum(map(is_done, cases)), sum(case.is_late for case in cases))


def is_done(case: Case) -> bool:
    """Closed by the unit, and not sent back since."""
    return case.closed_at is not None


def earlier(review: Review) -> Review | None:
    return earlier_than(review.freeze)


def own_cards(account: Account) -> QuerySet[Card]:
    """The signed cards of the units that this account leads."""
    led = account.roles.get(Role.LEADER, frozenset())
    signed = Card.objects.filter(unit__in=led, signatures__in=Signature.objects.filter(withdrawn_at=None))
    return signed.select_related("review__freeze", "unit").order_by("-review__freeze__starts_at")


def leads(account: Account, card: Card) -> bool:
    return card.unit_id in account.roles.get(Role.LEADER, frozenset())


def parts(points: Sequence[Point]) -> list[tuple[Kind, list[Point]]]:
    """Achievements, shortfalls, demands."""
    return [(kind, [one for one in points if one.kind == kind]) for kind in Kind]
