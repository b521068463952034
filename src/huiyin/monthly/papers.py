"""The cards of a month as one paper in the layout of GB/T 9704, the measures explained at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils import timezone

from huiyin.documents.official import Official, numeral
from huiyin.kernel.measures import MEASURES
from huiyin.monthly import queries
from huiyin.monthly.choices import Kind
from huiyin.monthly.shown import Pages
from huiyin.people.queries import current_district
from huiyin.review import periods

if TYPE_CHECKING:
    from collections.abc import Sequence

    from huiyin.monthly.models import Card, Review
    from huiyin.monthly.shown import Line

# A paper is Chinese, whatever the reader's screen says.
_HEADS: Final = {Kind.ACHIEVEMENT: "成绩", Kind.SHORTFALL: "不足", Kind.DEMAND: "要求"}


def paper(review: Review) -> bytes:
    """Those who speak in their turn, then the others by rank."""
    pages, cards = Pages.of(review), queries.cards(review)
    turns = {one.unit_id: at for at, one in enumerate(queries.speakers(review))}
    cards.sort(key=lambda card: turns.get(card.unit_id, len(turns)))
    official = Official(review.title)
    counted = timezone.localtime(review.freeze.as_of)
    official.paragraph(f"统计周期：{periods.said(pages.period)}；数据截至{counted:%Y-%m-%d %H:%M}，此后变化不计入。")
    for card in cards:
        _unit(official, card, pages)
    _measures(official, cards)
    today, district = timezone.localdate(), current_district()
    official.signed(district.name if district else "", f"{today.year}年{today.month}月{today.day}日")
    return official.as_bytes()


def _unit(official: Official, card: Card, pages: Pages) -> None:
    signed = "" if card.standing else "（未签）"  # type: ignore[attr-defined]  # prefetched to it
    official.heading(f"{card.unit.name}{signed}")
    said = [(kind, lines) for kind, lines in pages.parts(card) if lines]
    for at, (kind, lines) in enumerate(said, 1):
        official.second_heading(f"（{numeral(at)}）{_HEADS[kind]}")
        for number, line in enumerate(lines, 1):
            official.paragraph(f"{number}.{line.point.text}{_after(line)}")
    if card.comment:
        official.paragraph(f"单位说明：{card.comment}")


def _after(line: Line) -> str:
    """Who shares a shortfall; by when and whom a demand is met."""
    point = line.point
    if point.kind == Kind.DEMAND and point.due and point.owner:
        return f"（{point.owner.name}，{point.due.month}月{point.due.day}日前）"
    return f"（{line.same}个单位同样）" if line.same > 1 else ""


def _measures(official: Official, cards: Sequence[Card]) -> None:
    named = {point.measure for card in cards for point in card.points.all()}
    rows = [(one.label_zh, one.exclusions_zh) for name, one in MEASURES.items() if name in named]
    official.heading("指标口径")
    official.table(("指标", "口径"), rows)
