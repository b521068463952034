"""For everybody: the roster, a number, how it goes on; and the screen that calls. It works without JavaScript."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.collect.senders import may_send
from huiyin.reception import domain, queries
from huiyin.reception.forms import TakeForm
from huiyin.reception.models import Desk
from huiyin.townhall.domain import Late
from huiyin.townhall.models import Meeting
from huiyin.townhall.viewers import remember, viewer_of

# A whole hall may share one address; apart from what the hotline's forms take of it.
MOST_PER_HOUR: Final = 600


def _meeting(code: str) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("unit"), code=code)


def _desk(code: str, pk: int) -> Desk:
    return get_object_or_404(Desk.objects.select_related("meeting__unit"), meeting__code=code, pk=pk)


@never_cache
@require_safe
def desks(request: HttpRequest, code: str) -> HttpResponse:
    return _desks(request, _meeting(code))


def _desks(request: HttpRequest, meeting: Meeting, told: str = "", status: int = 200) -> HttpResponse:
    roster = queries.roster(meeting)
    own = queries.own(meeting, viewer_of(request), roster)
    context = {"meeting": meeting, "desks": roster, "own": own, "told": told}
    return remember(request, render(request, "reception/public.html", context, status=status))


@never_cache
def take(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One press is enough; who likes leaves a telephone number, sealed, for what comes after the desk."""
    desk = _desk(code, pk)
    if request.method != "POST":
        return _take(request, desk, TakeForm(), 200)
    form, viewer = TakeForm(request.POST), viewer_of(request)
    if not form.is_valid():
        return _take(request, desk, form, 422)
    if viewer is None:
        form.add_error(
            None, _("Your browser has just come in, or keeps no cookies. Press once more, or ask at the desk.")
        )
        return _take(request, desk, form, 422)
    if not may_send(request, door="desk", most=MOST_PER_HOUR):
        form.add_error(None, _("Too many from here within an hour. Ask for a number at the desk."))
        return _take(request, desk, form, 429)
    if refused := _refused(desk, form, request):
        form.add_error(None, refused)
        return _take(request, desk, form, 422)
    return redirect("reception:public", code)


def _refused(desk: Desk, form: TakeForm, request: HttpRequest) -> str:
    """Why no number is given, and what to do; nothing where there is one now."""
    try:
        domain.take(desk, viewer=viewer_of(request), **form.cleaned_data)
    except domain.Full:
        return _("This desk gives no more numbers: nobody more fits in before it ends. Choose another desk.")
    except domain.TooMany:
        return _("You hold two numbers already. Give one back, or wait until you were at one of the desks.")
    return ""


def _take(request: HttpRequest, desk: Desk, form: TakeForm, status: int) -> HttpResponse:
    context = {"meeting": desk.meeting, "at": queries.at_desk(desk), "form": form}
    return remember(request, render(request, "reception/take.html", context, status=status))


@never_cache
@require_POST
def cancel(request: HttpRequest, code: str, pk: int, turn: int) -> HttpResponse:
    """Only by the browser that took it; pressed twice, it is given back once."""
    desk, viewer = _desk(code, pk), viewer_of(request)
    mine = desk.tickets.filter(viewer=viewer) if viewer else desk.tickets.none()
    ticket = get_object_or_404(mine, number=turn)
    try:
        domain.cancel(ticket)
    except Late:
        return _desks(request, desk.meeting, _("This number is settled already: this is how it stands now."), 422)
    return redirect("reception:public", code)


@never_cache
@require_safe
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """For the hall: the number called at each desk, large."""
    meeting = _meeting(code)
    return render(request, "reception/screen.html", {"meeting": meeting, "desks": queries.roster(meeting)})
