"""The plan of a meeting, and its workspace."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.cases.qr import qr
from huiyin.people.access import account_of, staff
from huiyin.townhall import domain_plan, queries, queries_after, queries_guests, spoken
from huiyin.townhall.domain import Late
from huiyin.townhall.forms import MeetingForm
from huiyin.townhall.models import Meeting
from huiyin.townhall.panels import on_workspace
from huiyin.townhall.views_after import GONE_ON, register_context


@never_cache
@staff(*queries.RUN)
def new(request: HttpRequest) -> HttpResponse:
    return _plan(request, None)


@never_cache
@staff(*queries.RUN)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    return _plan(request, get_object_or_404(queries.run_by(account_of(request)), code=code))


def _plan(request: HttpRequest, meeting: Meeting | None) -> HttpResponse:
    form = _form(request, request.POST or None, meeting)
    if not form.is_valid():
        return _drawn(request, form, meeting, 422 if form.is_bound else 200)
    planned = form.save(commit=False)
    try:
        if meeting is None:
            planned = domain_plan.begin(planned, form.Meta.fields)
        else:
            domain_plan.change(planned, form.Meta.fields, seen=form.cleaned_data["seen"])
    except Late:
        return _changed_meanwhile(request, planned.pk)
    messages.success(request, _("The meeting is planned."))
    return redirect("townhall:meeting", planned.code)


def _form(request: HttpRequest, data: Any, meeting: Meeting | None) -> MeetingForm:
    return MeetingForm(data, hosts=queries.hosts(account_of(request)), instance=meeting)


def _changed_meanwhile(request: HttpRequest, pk: int) -> HttpResponse:
    """What was typed stays; sent again, it stands."""
    stands, typed = Meeting.objects.get(pk=pk), request.POST.copy()
    typed["seen"] = domain_plan.mark(stands, MeetingForm.Meta.fields)
    form = _form(request, typed, stands)
    form.add_error(
        None, _("Somebody changed this plan meanwhile. Look at it in another window, then save yours again.")
    )
    return _drawn(request, form, stands, GONE_ON)


def _drawn(request: HttpRequest, form: MeetingForm, meeting: Meeting | None, status: int) -> HttpResponse:
    context = {"form": form, "meeting": meeting, "account": spoken.read_over(form["account"].value() or "")}
    return render(request, "townhall/plan.html", context, status=status)


@never_cache
@staff(*queries.RUN)
@require_safe
def meeting(request: HttpRequest, code: str) -> HttpResponse:
    """Numbers, the address to be handed out, and the register."""
    found = get_object_or_404(queries.counted(queries.run_by(account_of(request))), code=code)
    address = request.build_absolute_uri(reverse("townhall:live", args=[code]))
    context = {
        "meeting": found,
        "address": address,
        "code": qr(address),
        "door": qr(request.build_absolute_uri(reverse("townhall:here", args=[code]))),
        "guests": [row for row in queries_guests.attendance(found) if row.invited or row.came],
        "shares": queries.shares(found),
        "unsolved": queries_after.unsolved(found),
        "panels": list(on_workspace.of(found)),
    } | register_context(request, found)
    return render(request, "townhall/meeting.html", context)
