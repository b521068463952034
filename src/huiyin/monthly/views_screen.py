"""The meeting's screen: one unit at a time. Whoever presents turns it from a phone; every screen follows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.monthly import domain, queries
from huiyin.monthly.choices import Stage
from huiyin.monthly.forms_card import whole
from huiyin.monthly.models import Card, Review
from huiyin.monthly.shown import Pages
from huiyin.monthly.views import review_of
from huiyin.people.access import account_of, staff
from huiyin.review import periods
from huiyin.review.queries import walls

RINGS = 48
SHOWS = (Stage.SIGNED, Stage.HELD)


@never_cache
@require_safe
@staff(*queries.READS)
def screen(request: HttpRequest, period: str) -> HttpResponse:
    """Asked again with what it `seen`, it answers 204 while nothing has turned."""
    review = review_of(period)
    if request.GET.get("seen") == _mark(review):
        return HttpResponse(status=204)
    pages, speaking = Pages.of(review), queries.speakers(review)
    at = min(review.turn, max(len(speaking) - 1, 0))
    card = queries.card_of(review, speaking[at].unit.code) if speaking else None
    context = {
        "review": review,
        "mark": _mark(review),
        "period": periods.said(pages.period),
        "card": card,
        "at": at,
        "speakers": speaking,
        "shown": card is not None and (review.stage in SHOWS),
        "parts": pages.parts(card) if card else [],
        "cells": pages.cells(card) if card else [],
        "wall": _wall(card),
        "turns": review.stage in SHOWS and account_of(request).has_role(*queries.PREPARES),
        "back": at - 1 if at else None,
        "on": at + 1 if at + 1 < len(speaking) else None,
    }
    return render(request, "monthly/screen.html", context)


def _mark(review: Review) -> str:
    """Changes with every turn and every stage."""
    return f"{review.stage}-{review.turn}-{review.turned_at.timestamp() if review.turned_at else 0:.3f}"


def _wall(card: Card | None) -> list[object]:
    return list(walls([card.unit], RINGS)[card.unit_id]) if card else []


@require_POST
@never_cache
@staff(*queries.PREPARES)
def turn(request: HttpRequest, period: str) -> HttpResponse:
    review, (to, seen) = review_of(period), (whole(request.POST.get(name, "")) for name in ("to", "seen"))
    try:
        domain.turn(review, to=-1 if to is None else to, seen=-1 if seen is None else seen)
    except domain.Late:
        messages.warning(request, _("Somebody has turned already, or the cards are not signed."))
    return redirect("monthly:screen", period)
