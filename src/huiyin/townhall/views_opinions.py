"""Opinions from paper and visits, many at a time."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from huiyin.people.access import account_of, staff
from huiyin.townhall import domain_opinions, queries, queries_opinions
from huiyin.townhall.choices import Via
from huiyin.townhall.forms_opinions import OpinionsForm, SheetForm
from huiyin.townhall.models import Meeting


@never_cache
@staff(*queries.RUN)
def opinions(request: HttpRequest, code: str) -> HttpResponse:
    """The form; after a press, with what was taken and what was there already."""
    meeting = get_object_or_404(queries.run_by(account_of(request)).select_related("unit"), code=code)
    if "read" in request.POST:
        return _read(request, meeting)
    form = OpinionsForm(request.POST if request.method == "POST" else None, initial={"press": secrets.token_hex(8)})
    if form.is_valid():
        return _taken(request, meeting, form)
    return _page(request, meeting, form, SheetForm(), status=422 if form.is_bound else 200)


def _read(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A spreadsheet's lines under what was typed, for a look and a press."""
    sheet = SheetForm(request.POST, request.FILES)
    typed = {name: request.POST.get(name, "") for name in ("via", "lines", "press")}
    if sheet.is_valid():
        typed["lines"] = "\n".join(filter(None, [typed["lines"].rstrip(), *sheet.cleaned_data["file"]]))
    return _page(request, meeting, OpinionsForm(initial=typed), sheet, status=200 if sheet.is_valid() else 422)


def _page(request: HttpRequest, meeting: Meeting, form: OpinionsForm, sheet: SheetForm, *, status: int) -> HttpResponse:
    batch = queries_opinions.taken(meeting, request.GET.get("taken", "")[:16])
    context = {
        "meeting": meeting, "form": form, "sheet": sheet, "batch": batch,
        "alike": sum(one.like is not None for one in batch), "all": queries_opinions.opinions(meeting).count(),
    }  # fmt: skip
    return render(request, "townhall/opinions.html", context, status=status)


def _taken(request: HttpRequest, meeting: Meeting, form: OpinionsForm) -> HttpResponse:
    said = form.cleaned_data
    taken = domain_opinions.take(meeting, via=Via(said["via"]), lines=said["lines"], press=said["press"])
    told = ngettext("%(count)d opinion is taken down.", "%(count)d opinions are taken down.", len(taken))
    messages.success(request, told % {"count": len(taken)})
    return redirect(f"{reverse('townhall:opinions', args=[meeting.code])}?taken={said['press']}")
