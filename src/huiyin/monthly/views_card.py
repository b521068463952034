"""One unit's card: edited and signed by those who prepare, read and once commented by the unit's leader."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.kernel.roles import Role
from huiyin.monthly import domain, queries
from huiyin.monthly.forms import CommentForm, ReasonForm
from huiyin.monthly.forms_card import CardForm, whole
from huiyin.monthly.models import Card
from huiyin.monthly.shown import Pages
from huiyin.monthly.views import GONE_ON, review_of
from huiyin.people.access import account_of, staff
from huiyin.review import periods
from huiyin.townhall import sheets


def _card(period: str, unit: str) -> Card:
    found = queries.card_of(review_of(period), unit)
    if found is None:
        raise Http404
    return found


@never_cache
@staff(*queries.READS, Role.LEADER)
def card(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    """GET: the card, with its form for those who may change it; POST: the card anew."""
    found = _readable(request, period, unit)
    if request.method != "POST":
        return _show(request, found)
    if not account_of(request).has_role(*queries.PREPARES):
        raise PermissionDenied
    form = CardForm(found, queries.topics(), request.POST)
    if not form.is_valid():
        return _show(request, found, form=form, status=422)
    try:
        domain.save(found, form.said, version=int(form.version))
    except domain.Late:
        return _written_meanwhile(request, _card(period, unit), form)
    messages.success(request, _("Saved."))
    return redirect("monthly:card", period, unit)


def _readable(request: HttpRequest, period: str, unit: str) -> Card:
    """A leader reads the signed card of its own unit, no other."""
    found, account = _card(period, unit), account_of(request)
    if not account.has_role(*queries.READS) and not (queries.leads(account, found) and domain.signed(found)):
        raise PermissionDenied
    return found


def _written_meanwhile(request: HttpRequest, found: Card, form: CardForm) -> HttpResponse:
    """Theirs stands above, what was typed below; sent again, this one stands."""
    messages.warning(
        request, _("Somebody changed or signed this card meanwhile; theirs stands above. Look, then save again.")
    )
    form.version = str(found.version)
    return _show(request, found, form=form, status=GONE_ON)


def _show(
    request: HttpRequest,
    found: Card,
    *,
    form: CardForm | None = None,
    comment: CommentForm | None = None,
    withdrawal: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    account, pages, signature = account_of(request), Pages.of(found.review), domain.signed(found)
    prepares = account.has_role(*queries.PREPARES)
    open_still = prepares and found.review.stage in domain.EDITABLE
    if open_still and not signature and form is None:
        form = CardForm(found, pages.catalogue)
    context: dict[str, Any] = {
        "review": found.review,
        "card": found,
        "period": periods.said(pages.period),
        "parts": pages.parts(found),
        "cells": pages.cells(found),
        "signature": signature,
        "history": [one for one in found.signatures.all() if one.withdrawn_at],
        "form": form,
        "sealed": bool(signature),
        "may_sign": open_still and not signature,
        "withdrawal": (withdrawal or ReasonForm()) if open_still and signature else None,
        "comment": (comment or CommentForm()) if _may_comment(request, found) and signature else None,
        "reads": account.has_role(*queries.READS),
    }
    return render(request, "monthly/card.html", context, status=status)


def _may_comment(request: HttpRequest, found: Card) -> bool:
    return queries.leads(account_of(request), found) and found.commented_at is None


@require_POST
@never_cache
@staff(*queries.PREPARES)
def sign(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    found, version = _card(period, unit), whole(request.POST.get("version", ""))
    try:
        domain.sign(found, version=version or 0, by=account_of(request))
    except domain.Late:
        messages.warning(request, _("Not signed: somebody has changed or signed this card. Read it again, then sign."))
    else:
        messages.success(request, _("Signed. The unit's leader can read it now and explain once."))
    return redirect("monthly:card", period, unit)


@require_POST
@never_cache
@staff(*queries.PREPARES)
def withdraw(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    found, form = _card(period, unit), ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, found, withdrawal=form, status=422)
    try:
        domain.withdraw(found, reason=form.cleaned_data["reason"], by=account_of(request))
    except domain.Late:
        messages.warning(request, _("Nothing to take back: it is not signed, or the meeting has been held."))
    else:
        messages.success(request, _("The signature is taken back; the card can be changed and signed again."))
    return redirect("monthly:card", period, unit)


@require_POST
@never_cache
@staff(Role.LEADER)
def comment(request: HttpRequest, period: str, unit: str) -> HttpResponse:
    found, form = _readable(request, period, unit), CommentForm(request.POST)
    if not queries.leads(account_of(request), found):
        raise PermissionDenied
    if not form.is_valid():
        return _show(request, found, comment=form, status=422)
    try:
        domain.comment(found, text=form.cleaned_data["text"], by=account_of(request))
    except domain.Late:
        messages.warning(request, _("Your unit has explained already; its words stand under the card."))
    else:
        messages.success(request, _("Your explanation stands under the card."))
    return redirect("monthly:card", period, unit)


@never_cache
@require_safe
@staff(*queries.READS)
def paper(_request: HttpRequest, period: str) -> HttpResponse:
    """All cards as one official paper, those who speak first."""
    from huiyin.monthly.papers import paper as written  # noqa: PLC0415 - python-docx waits until a paper is wanted

    found = review_of(period)
    return sheets.saved(written(found), sheets.DOCX, f"review-{period.replace(':', '-')}.docx")
