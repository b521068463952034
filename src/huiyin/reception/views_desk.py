"""A desk's own page, on a tablet: call, take down, one press. Of two presses one counts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.collect.receipts import ticket as drawn
from huiyin.people.access import account_of, staff
from huiyin.reception import domain, domain_records, queries
from huiyin.reception.choices import Outcome, State
from huiyin.reception.forms import RecordForm, TakeForm
from huiyin.reception.models import Consultation, Desk, Ticket
from huiyin.reception.views import meeting_of
from huiyin.townhall.domain import Late
from huiyin.townhall.queries import RUN

_VERBS: Final[dict[str, Callable[[Ticket], None]]] = {
    "missed": domain.missed,
    "back": domain.put_back,
    "cancel": domain.cancel,
}
# For whoever has no phone: printed or photographed at the desk, then closed.
_RECEIPT_SHOWN: Final = timedelta(minutes=15)


def _desk(request: HttpRequest, code: str, pk: int) -> Desk:
    return get_object_or_404(meeting_of(request, code).desks.select_related("meeting__unit"), pk=pk)


@never_cache
@staff(*RUN)
def desk(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    desk = _desk(request, code, pk)
    if request.method != "POST":
        return _page(request, desk, RecordForm())
    form = RecordForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, form)
    told = dict(form.cleaned_data)
    number, outcome = told.pop("ticket"), Outcome(told.pop("outcome"))
    ticket = get_object_or_404(desk.tickets, number=number) if number else None
    try:
        kept = domain_records.record(desk, by=account_of(request), ticket=ticket, outcome=outcome, **told)
    except Late:
        form.add_error(None, _("Somebody was faster: this number is settled. What you typed is still here."))
        return _page(request, desk, form)
    messages.success(request, _said(kept))
    return redirect("reception:receipt", code, pk, kept.pk) if kept.case else redirect("reception:desk", code, pk)


def _said(kept: Consultation) -> str:
    if kept.case:
        return _("Case %(number)s is opened.") % {"number": kept.case.number}
    if kept.knowledge:
        return _("Proposed as a known answer: it can be cited once a unit looks after it.")
    return _("Taken down.")


def _page(request: HttpRequest, desk: Desk, form: RecordForm) -> HttpResponse:
    return render(request, "reception/desk.html", _console(desk) | {"form": form}, status=422 if form.is_bound else 200)


def _console(desk: Desk) -> dict[str, Any]:
    line = queries.line(desk)
    return {
        "meeting": desk.meeting,
        "at": queries.at_desk(desk),
        "called": next(iter(line[State.CALLED]), None),
        "waiting": line[State.WAITING],
        "missed": line[State.MISSED],
        "records": desk.consultations.select_related("case", "knowledge", "ticket").order_by("-pk")[:5],
        "door": TakeForm(),
    }


@never_cache
@staff(*RUN)
@require_POST
def call_next(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    try:
        domain.call_next(_desk(request, code, pk))
    except Late:
        messages.info(request, _("Somebody was faster: this is how it stands now."))
    return redirect("reception:desk", code, pk)


@never_cache
@staff(*RUN)
@require_POST
def act(request: HttpRequest, code: str, pk: int, turn: int, verb: str) -> HttpResponse:
    if verb not in _VERBS:
        raise Http404
    try:
        _VERBS[verb](get_object_or_404(_desk(request, code, pk).tickets, number=turn))
    except Late:
        messages.info(request, _("Somebody was faster: this is how it stands now."))
    return redirect("reception:desk", code, pk)


@never_cache
@staff(*RUN)
@require_POST
def door(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A number for somebody without a phone."""
    desk, form = _desk(request, code, pk), TakeForm(request.POST)
    if not form.is_valid():
        return render(request, "reception/desk.html", _console(desk) | {"form": RecordForm(), "door": form}, status=422)
    try:
        ticket = domain.take(desk, **form.cleaned_data)
    except domain.Full:
        messages.info(request, _("The desk has no number left: nobody more fits in before it ends."))
    else:
        messages.success(request, _("Number %(number)s. Tell it to the person.") % {"number": ticket.number})
    return redirect("reception:desk", code, pk)


@never_cache
@staff(*RUN)
@require_safe
def receipt(request: HttpRequest, code: str, pk: int, record: int) -> HttpResponse:
    """Number and secret, to be photographed or printed: for a quarter of an hour."""
    desk = _desk(request, code, pk)
    fresh = desk.consultations.filter(at__gte=timezone.now() - _RECEIPT_SHOWN, case__isnull=False)
    kept = get_object_or_404(fresh.select_related("case"), pk=record)
    opened = domain_records.receipt_of(kept)
    if opened is None:
        raise Http404
    context = {"meeting": desk.meeting, "desk": desk, "ticket": drawn(request, opened)}
    return render(request, "reception/receipt.html", context)
