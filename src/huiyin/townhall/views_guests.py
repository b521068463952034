"""Guests: how many are invited, who came, the sheet at the door, and signing in with one's own phone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.cases.qr import qr
from huiyin.people.access import account_of, staff
from huiyin.people.senders import sender
from huiyin.townhall import domain_guests, queries, queries_guests
from huiyin.townhall.choices import Group
from huiyin.townhall.domain import Late
from huiyin.townhall.forms_guests import GuestsForm, HereForm
from huiyin.townhall.limits import may_sign_in
from huiyin.townhall.models import Meeting
from huiyin.townhall.viewers import remember, viewer_of


def _run(request: HttpRequest, code: str) -> Meeting:
    return get_object_or_404(queries.run_by(account_of(request)).select_related("unit"), code=code)


@never_cache
@staff(*queries.RUN)
def guests(request: HttpRequest, code: str) -> HttpResponse:
    meeting = _run(request, code)
    rows = queries_guests.attendance(meeting)
    form = GuestsForm(request.POST if request.method == "POST" else None, rows=rows)
    if form.is_valid():
        domain_guests.count_guests(meeting, form.counts)
        messages.success(request, _("The numbers are kept."))
        return redirect("townhall:guests", code)
    door = request.build_absolute_uri(reverse("townhall:here", args=[code]))
    context = {
        "meeting": meeting, "form": form, "total": queries_guests.in_all(rows), "door": door, "code": qr(door),
    }  # fmt: skip
    return render(request, "townhall/guests.html", context, status=422 if form.is_bound else 200)


@never_cache
@staff(*queries.RUN)
@require_safe
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet of paper: when, where, what about, and the code that opens the live page."""
    meeting = _run(request, code)
    address = request.build_absolute_uri(reverse("townhall:live", args=[code]))
    door = request.build_absolute_uri(reverse("townhall:here", args=[code]))
    invited = [row for row in queries_guests.attendance(meeting) if row.invited]
    context = {
        "meeting": meeting, "address": address, "code": qr(address), "door": qr(door), "invited": invited,
    }  # fmt: skip
    return render(request, "townhall/invitation.html", context)


@never_cache
def here(request: HttpRequest, code: str) -> HttpResponse:
    """For everybody in the hall: the group they came with, one press, no name."""
    meeting = get_object_or_404(Meeting.objects.select_related("unit"), code=code)
    viewer = viewer_of(request)
    form = HereForm(request.POST if request.method == "POST" else None)
    if form.is_bound and viewer is None:
        form.add_error(None, _("This browser was not known yet: press once more. It needs cookies."))
    elif form.is_valid() and not may_sign_in(meeting, sender(request)):
        form.add_error(None, _("Many signed in from here within minutes. Try again soon, or sign in on paper."))
    if form.is_valid() and viewer:
        return _signed(request, meeting, form)
    context = {
        "meeting": meeting, "form": form, "groups": Group.choices, "open": domain_guests.open_for(meeting),
        "said": queries_guests.group_of(meeting, viewer),
    }  # fmt: skip
    return remember(request, render(request, "townhall/here.html", context, status=422 if form.is_bound else 200))


def _signed(request: HttpRequest, meeting: Meeting, form: HereForm) -> HttpResponse:
    viewer = viewer_of(request)
    try:
        if viewer:
            domain_guests.sign_in(meeting, viewer=viewer, group=Group(form.cleaned_data["group"]))
    except Late:
        messages.info(request, _("One signs in on the day of the meeting, until it is closed."))
    return redirect("townhall:here", meeting.code)
