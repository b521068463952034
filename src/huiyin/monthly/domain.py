"""The month's review from its plan to the meeting, each verb one transaction; what was frozen is not counted anew."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db import IntegrityError, transaction
from django.utils import timezone

from huiyin.language.mask import mask
from huiyin.monthly import gathering
from huiyin.monthly.choices import Kind, Stage
from huiyin.monthly.models import Card, Point, Review, Signature, Speaker
from huiyin.monthly.outcomes import outcome
from huiyin.monthly.queries_rules import book_of
from huiyin.review import cells, figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from huiyin.kernel.figures import Figure
    from huiyin.kernel.periods import Period
    from huiyin.monthly.drafting import Drafted
    from huiyin.people.models import Account

EDITABLE: Final = (Stage.DRAFTING, Stage.SIGNED)
LONGEST: Final = 500
_REASON: Final = 200


class Late(Exception):  # noqa: N818 an answer, not a fault
    """Somebody else was faster, or the review has gone on: nothing was done."""


class Empty(ValueError):  # noqa: N818 as above
    """No case was received or closed in the month."""


@dataclass(frozen=True, slots=True)
class Said:
    """A point as somebody typed it. `pk` of the point it changes; None for a new one. `owner` is a unit's id."""

    kind: Kind
    text: str
    topic: str = ""
    due: date | None = None
    owner: int | None = None
    pk: int | None = None


@transaction.atomic
def plan(period: Period, *, title: str, held_on: date, by: Account) -> Review:
    """Freeze the month, draft the card of every ranked unit, propose who speaks, by the rules of the month's last day.

    Raises `Empty` for a month without a case, `Late` where the month has its review already.
    """
    from huiyin.review import freezing  # noqa: PLC0415 - Ibis and Arrow wait until a month is frozen

    counted = figures.table("unit", period).pooled["all"]
    if not counted["received"].numerator and not counted["closed"].numerator:
        raise Empty
    if Review.objects.filter(label=period.label).exists():
        raise Late
    frozen = freezing.freeze(period, by=by)
    found = gathering.month(frozen, period)
    try:
        with transaction.atomic():
            review = Review.objects.create(
                label=period.label, title=title, freeze=frozen, held_on=held_on, planned_by=by,
                left_out=list(found.left_out), book=book_of(period),
            )  # fmt: skip
    except IntegrityError as error:
        raise Late from error
    _draft(review, found, period)
    return review


def _draft(review: Review, found: gathering.Month, period: Period) -> None:
    drafted = outcome(found, review.freeze, period, review.rules, held_on=review.held_on)
    units = {unit.code: unit for unit in found.units}
    cards = {code: _card(review, found, code) for code in units}
    for code, card in cards.items():
        card.unit, card.reasons = units[code], drafted.speaks.get(code, [])
    Card.objects.bulk_create(cards.values())
    made = [_point(cards[code], order, one) for code in cards for order, one in enumerate(drafted.cards[code])]
    Point.objects.bulk_create(made)
    Speaker.objects.bulk_create(
        Speaker(review=review, unit=units[code], order=order) for order, code in enumerate(drafted.speaks)
    )


def _card(review: Review, found: gathering.Month, code: str) -> Card:
    now, before = found.now[code], found.before.get(code, {})
    told = {name: _told(now[name], before.get(name)) for name in review.rules.drafting.head}
    return Card(review=review, rank=found.ranks.get(code), rank_before=found.ranks_before.get(code), figures=told)


def _told(figure: Figure, before: Figure | None) -> dict[str, str]:
    return {
        "text": figure.text,
        "numerator": cells.numerator(figure),
        "denominator": cells.denominator(figure),
        "before": before.text if before else "—",
    }


def _point(card: Card, order: int, one: Drafted) -> Point:
    owner = card.unit if one.kind == Kind.DEMAND else None
    return Point(
        card=card, kind=one.kind, order=order, text=one.text, measure=one.measure, figures=one.figures,
        topic=one.topic, due=one.due, owner=owner,
    )  # fmt: skip


@transaction.atomic
def set_speakers(review: Review, units: Sequence[int]) -> None:
    """Who speaks, by ids of units, in this order. Raises ValueError with none or one without a card, `Late` after."""
    held_at_stage(review, *EDITABLE)
    carded = set(Card.objects.filter(review=review, unit__in=units).values_list("unit", flat=True))
    if not units or len(set(units)) != len(units) or carded != set(units):
        raise ValueError("Each of those who speak has a card, and at least one speaks.")
    review.speakers.all().delete()
    Speaker.objects.bulk_create(Speaker(review=review, unit_id=unit, order=at) for at, unit in enumerate(units))
    Review.objects.filter(pk=review.pk).update(stage=Stage.DRAFTING, turn=0)


@transaction.atomic
def save(card: Card, points: Sequence[Said], *, version: int) -> None:
    """The whole card anew, masked; a point keeps the figures it was drafted with, one that is not named goes.

    Raises `Late` where somebody changed or signed it since `version`, or the meeting was held.
    """
    held_at_stage(card.review, *EDITABLE)
    _next_version(card, version)
    if signed(card):
        raise Late
    kept = {point.pk: point for point in card.points.all()}
    card.points.exclude(pk__in=[said.pk for said in points if said.pk]).delete()
    for order, said in enumerate(points):
        point = kept.get(said.pk or 0) or Point(card=card)
        point.kind, point.order, point.text, point.topic = said.kind, order, _masked(said.text, LONGEST), said.topic
        point.due, point.owner_id = said.due, said.owner
        point.save()


@transaction.atomic
def sign(card: Card, *, version: int, by: Account) -> Signature:
    """The wording as it was read. Raises `Late` where it has changed since, or is signed."""
    held_at_stage(card.review, *EDITABLE)
    _next_version(card, version)
    if signed(card):
        raise Late
    return Signature.objects.create(card=card, by=by, at=timezone.now(), sha256=digest(card))


@transaction.atomic
def withdraw(card: Card, *, reason: str, by: Account) -> None:
    """Take the signature back, so that the card can be changed; the review waits for a new one. Raises `Late`."""
    held_at_stage(card.review, *EDITABLE)
    told = {"withdrawn_at": timezone.now(), "withdrawn_by": by, "reason": _masked(reason, _REASON)}
    if not card.signatures.filter(withdrawn_at=None).update(**told):
        raise Late
    Review.objects.filter(pk=card.review_id, speakers__unit=card.unit_id).update(stage=Stage.DRAFTING)


def signed(card: Card) -> Signature | None:
    return card.signatures.filter(withdrawn_at=None).first()


def digest(card: Card) -> str:
    """SHA-256 of all that is said of the unit."""
    names = ("kind", "text", "measure", "figures", "topic", "due", "owner__code")
    said = {
        "period": card.review.label, "unit": card.unit.code, "rank": card.rank, "figures": card.figures,
        "points": list(card.points.values_list(*names)),
    }  # fmt: skip
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def release(review: Review) -> None:
    """Ready for the meeting. Raises ValueError while a speaker's card is not signed, `Late` at another stage."""
    held_at_stage(review, Stage.DRAFTING)
    if unsigned_speakers(review):
        raise ValueError("Every speaker's card is signed before the meeting.")
    Review.objects.filter(pk=review.pk).update(stage=Stage.SIGNED)


def unsigned_speakers(review: Review) -> list[Card]:
    of_speakers = Card.objects.filter(review=review, unit__in=review.speakers.values("unit")).select_related("unit")
    return list(of_speakers.exclude(signatures__in=Signature.objects.filter(withdrawn_at=None)))


@transaction.atomic
def comment(card: Card, *, text: str, by: Account) -> None:
    """The unit's explanation of its signed card, once. Raises `Late` where there is one, or no signature."""
    told = {"comment": _masked(text, LONGEST), "commented_by": by, "commented_at": timezone.now()}
    if not signed(card) or not Card.objects.filter(pk=card.pk, commented_at=None).update(**told):
        raise Late


def turn(review: Review, *, to: int, seen: int) -> None:
    """Show the speaker at this place. Raises `Late` where somebody has turned since, or there is none."""
    standing = Review.objects.filter(pk=review.pk, turn=seen, stage__in=(Stage.SIGNED, Stage.HELD))
    if not 0 <= to < review.speakers.count() or not standing.update(turn=to, turned_at=timezone.now()):
        raise Late


def held_at_stage(review: Review, *stages: Stage) -> None:
    """Verbs on one review follow one another."""
    review.refresh_from_db(from_queryset=Review.objects.select_for_update())
    if review.stage not in stages:
        raise Late


def _masked(text: str, longest: int) -> str:
    """What is masked may be longer than what was typed: “a@b.c”."""
    return mask(text.strip()).text[:longest]


def _next_version(card: Card, version: int) -> None:
    if not Card.objects.filter(pk=card.pk, version=version).update(version=version + 1):
        raise Late
    card.version = version + 1
