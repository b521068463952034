"""The roster of experts at a meeting, for whoever runs it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.qr import qr
from huiyin.people.access import account_of, staff
from huiyin.reception import domain, queries
from huiyin.reception.forms import DeskForm
from huiyin.reception.models import Desk
from huiyin.townhall.domain import Late
from huiyin.townhall.models import Meeting
from huiyin.townhall.queries import RUN, run_by


def meeting_of(request: HttpRequest, code: str) -> Meeting:
    return get_object_or_404(run_by(account_of(request)).select_related("unit"), code=code)


@never_cache
@staff(*RUN)
@require_safe
def desks(request: HttpRequest, code: str) -> HttpResponse:
    meeting = meeting_of(request, code)
    address = request.build_absolute_uri(reverse("reception:public", args=[code]))
    context = {
        "meeting": meeting,
        "desks": queries.roster(meeting),
        "figures": queries.figures(meeting),
        "address": address,
        "code": qr(address),
    }
    return render(request, "reception/desks.html", context)


@never_cache
@staff(*RUN)
def new(request: HttpRequest, code: str) -> HttpResponse:
    meeting = meeting_of(request, code)
    return _edited(request, meeting, Desk(meeting=meeting, begins_at=meeting.begins_at))


@never_cache
@staff(*RUN)
def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    meeting = meeting_of(request, code)
    return _edited(request, meeting, get_object_or_404(meeting.desks, pk=pk))


def _edited(request: HttpRequest, meeting: Meeting, desk: Desk) -> HttpResponse:
    form = DeskForm(request.POST or None, meeting=meeting, instance=desk)
    if not form.is_valid():
        context = {"form": form, "meeting": meeting, "desk": desk}
        return render(request, "reception/edit.html", context, status=422 if form.is_bound else 200)
    # What is written here alone: numbers are given meanwhile.
    form.save(commit=False).save(update_fields=form.Meta.fields if desk.pk else None)
    messages.success(request, _("The desk stands in the roster."))
    return redirect("reception:desks", meeting.code)


@never_cache
@staff(*RUN)
@require_POST
def remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    desk = get_object_or_404(meeting_of(request, code).desks, pk=pk)
    try:
        domain.remove(desk)
    except Late:
        messages.info(request, _("Somebody has a number there already: the desk stays. End it earlier instead."))
    return redirect("reception:desks", code)
