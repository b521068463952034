"""A card as pages show it: each sentence with its figure's page, what it is about, and who shares it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from huiyin.kernel.measures import MEASURES
from huiyin.monthly import queries, wording
from huiyin.monthly.choices import Kind
from huiyin.monthly.drafting import REFUSED, UNDONE
from huiyin.review import beside, cells

if TYPE_CHECKING:
    from huiyin.kernel.periods import Period
    from huiyin.monthly.models import Card, Point, Review


@dataclass(frozen=True, slots=True)
class Line:
    """`same`: how many units' cards name this shortfall, this one among them; `months`: how long it has stood."""

    point: Point
    topic: str
    href: str
    numbers: str
    same: int
    months: int


@dataclass(frozen=True, slots=True)
class Cell:
    label: str
    text: str
    parts: str
    before: str
    href: str


@dataclass(frozen=True, slots=True)
class Pages:
    """What all cards of a review share, read once."""

    review: Review
    period: Period
    catalogue: Mapping[str, str]
    shared: Mapping[str, int]
    earlier: Review | None

    @classmethod
    def of(cls, review: Review) -> Pages:
        period, shared = beside.period_of(review.freeze), queries.shared(review)
        return cls(review, period, queries.topics(), shared, queries.earlier(review))

    def parts(self, card: Card) -> list[tuple[Kind, list[Line]]]:
        return [(kind, self._lines(card, own)) for kind, own in queries.parts(list(card.points.all()))]

    def cells(self, card: Card) -> list[Cell]:
        head = self.review.rules.drafting.head
        return [self._cell(card, name, card.figures[name]) for name in head if name in card.figures]

    def reasons(self, card: Card) -> list[str]:
        return [wording.reason(one, self.catalogue) for one in card.reasons]

    def _lines(self, card: Card, points: Iterable[Point]) -> list[Line]:
        return [
            Line(
                point, wording.topic(point.topic, self.catalogue) if point.topic else "", self._href(card, point),
                _numbers(point), self._same(point), int(point.figures.get("months", 1)),
            )
            for point in points
        ]  # fmt: skip

    def _same(self, point: Point) -> int:
        return self.shared.get(point.topic, 0) if point.kind == Kind.SHORTFALL else 0

    def _href(self, card: Card, point: Point) -> str:
        """Empty where a person wrote the sentence and no number stands behind it."""
        if point.measure in MEASURES:
            return self._opened(point.measure, card)
        if not point.figures:
            return ""
        if point.topic == f"measure:{REFUSED}":
            asked = {"what": "exclusion_decided", "unit": card.unit.code, "period": self.period.label}
            return f"{reverse('evaluate:claim_cases')}?{urlencode(asked)}"
        if point.topic == f"measure:{UNDONE}" and self.earlier:
            return f"{reverse('monthly:demands', args=[self.earlier.label])}?{urlencode({'unit': card.unit.code})}"
        return ""

    def _opened(self, name: str, card: Card) -> str:
        """Into the cases of the cut-off that the card was drafted from."""
        return cells.address(name, "all", self.period, by="unit", code=card.unit.code, frozen=self.review.freeze)

    def _cell(self, card: Card, name: str, told: Mapping[str, str]) -> Cell:
        href = self._opened(name, card)
        over = f"{told['numerator']} / {told['denominator']}" if told["denominator"] else ""
        return Cell(cells.label(MEASURES[name]), told["text"], over, told["before"], href)


def repeated(pages: Pages) -> Sequence[tuple[str, int]]:
    """What more than one card names as a shortfall, the most shared first."""
    told = sorted(pages.shared.items(), key=lambda pair: -pair[1])
    return [(wording.topic(topic, pages.catalogue), units) for topic, units in told if units > 1]


def _numbers(point: Point) -> str:
    told = point.figures
    if not told.get("numerator"):
        return ""
    return f"{told['numerator']} / {told['denominator']}" if told.get("denominator") else str(told["numerator"])
