"""Keeping, renaming and deleting filters; each returns to its list."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.cases import saved
from huiyin.cases.labels import say
from huiyin.cases.models import SavedFilter
from huiyin.kernel.moves import Refused
from huiyin.people.access import account_of, staff


@require_POST
@staff()
def keep(request: HttpRequest) -> HttpResponse:
    page, query = request.POST.get("page", ""), request.POST.get("query", "")
    try:
        kept = saved.save(account=account_of(request), page=page, name=request.POST.get("name", ""), query=query)
    except Refused as refused:
        messages.warning(request, say(refused))
        return redirect("cases:search")
    messages.success(request, _("Kept as “%(name)s”.") % {"name": kept.name})
    return redirect(kept.url)


@require_POST
@staff()
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, lambda own: saved.rename(saved=own, name=request.POST.get("name", "")))


@require_POST
@staff()
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(request, pk, lambda own: own.delete())


def _change(request: HttpRequest, pk: int, change: Callable[[SavedFilter], object]) -> HttpResponse:
    own = get_object_or_404(SavedFilter, pk=pk, account=account_of(request))
    url = own.url
    try:
        change(own)
    except Refused as refused:
        messages.warning(request, say(refused))
    return redirect(url)
