"""Bulletins: the list, a new one, and the page on which one is written, signed and issued."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.bulletins import domain, queries
from huiyin.bulletins.choices import Kind, Stage
from huiyin.bulletins.domain import Late
from huiyin.bulletins.forms import NewForm, VersionForm, WritingForm
from huiyin.bulletins.models import Bulletin
from huiyin.bulletins.numbers import doubts
from huiyin.people.access import account_of, staff

_ROWS = 100


def bulletin_of(request: HttpRequest, pk: int) -> Bulletin:
    """404 for whoever may not see it yet."""
    return get_object_or_404(queries.seen_by(account_of(request)), pk=pk)


@never_cache
@staff(*queries.READ)
@require_safe
def bulletins(request: HttpRequest) -> HttpResponse:
    account, kind = account_of(request), request.GET.get("kind", "")
    found = queries.seen_by(account)
    if kind in Kind.values:
        found = found.filter(kind=kind)
    context = {
        "bulletins": list(found.defer("counted", "numbers", "sections")[:_ROWS]),
        "kinds": Kind.choices,
        "kind": kind,
        "drafts": account.has_role(*queries.DRAFT),
    }
    return render(request, "bulletins/bulletins.html", context)


@never_cache
@staff(*queries.DRAFT)
def new(request: HttpRequest) -> HttpResponse:
    """`?kind=&period=` fills the form in."""
    asked = {"kind": request.GET.get("kind", Kind.MONTHLY), "period": request.GET.get("period", "assess")}
    form = NewForm(request.POST if request.method == "POST" else None, initial=asked)
    if request.method == "POST" and form.is_valid():
        try:
            made = domain.draft(by=account_of(request), **form.cleaned_data)
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            return redirect("bulletins:bulletin", made.pk)
    return render(request, "bulletins/new.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@staff(*queries.READ)
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: to read, or to write; POST: what was written."""
    found = bulletin_of(request, pk)
    if request.method != "POST":
        return _show(request, found)
    form = _written(request, found)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    try:
        _save(found, form)
    except Late:
        messages.warning(request, _("Somebody was faster. What you typed is still here; look and save again."))
        return _show(request, bulletin_of(request, pk), form, status=409)
    messages.success(request, _("Saved."))
    return redirect("bulletins:bulletin", pk)


@never_cache
@staff(*queries.DRAFT)
@require_POST
def autosave(request: HttpRequest, pk: int) -> HttpResponse:
    """While somebody writes: how it went, and the version that the next one names."""
    found = bulletin_of(request, pk)
    form, late = _written(request, found), False
    if form.is_valid():
        try:
            _save(found, form)
        except Late:
            late = True
    context = {"bulletin": found, "form": form, "late": late, "doubts": doubts(found.sections, found.numbers)}
    return render(request, "bulletins/_saved.html", context)


def _written(request: HttpRequest, found: Bulletin) -> WritingForm:
    if not account_of(request).has_role(*queries.DRAFT):
        raise PermissionDenied
    return WritingForm(request.POST, bulletin=found)


def _save(found: Bulletin, form: WritingForm) -> None:
    words = {name: form.cleaned_data[name] for name in ("version", "title", "office")}
    domain.save(bulletin=found, texts=form.texts(), **words)


@never_cache
@staff(*queries.SIGN)
@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, domain.sign, _("Signed. Issuing it gives it its number."))


@never_cache
@staff(*queries.SIGN)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, domain.take_back, _("It is a draft again."))


@never_cache
@staff(*queries.SIGN)
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, pk, domain.issue, _("Issued. It can no longer be changed."))


def _do(request: HttpRequest, pk: int, verb: Callable[..., None], done: str) -> HttpResponse:
    found, form = bulletin_of(request, pk), VersionForm(request.POST)
    if not form.is_valid():
        return _show(request, found, status=422)
    try:
        verb(bulletin=found, by=account_of(request), version=form.cleaned_data["version"])
    except ValueError as error:
        messages.error(request, str(error))
        return _show(request, found, status=422)
    except Late:
        messages.warning(request, _("Somebody was faster: this is how it stands now."))
        return redirect("bulletins:bulletin", pk)
    messages.success(request, done)
    return redirect("bulletins:bulletin", pk)


def _show(request: HttpRequest, found: Bulletin, form: WritingForm | None = None, status: int = 200) -> HttpResponse:
    account = account_of(request)
    writes = found.stage == Stage.DRAFT and account.has_role(*queries.DRAFT)
    context: dict[str, Any] = {
        "bulletin": found,
        "form": (form or WritingForm(bulletin=found)) if writes else None,
        "signs": account.has_role(*queries.SIGN),
        "doubts": doubts(found.sections, found.numbers),
        "changes": queries.changes_of(found),
        "template": found.template if found.number else queries.template_of(found.kind),
    }
    return render(request, "bulletins/bulletin.html", context, status=status)
