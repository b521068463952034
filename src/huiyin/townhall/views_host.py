"""On the spot: the clerk types, the host chooses and settles. One press each; of two presses one counts."""

import secrets
from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases import codes
from huiyin.people.access import account_of, staff
from huiyin.townhall import domain, queries
from huiyin.townhall.choices import Stage, State, Via
from huiyin.townhall.domain import Late
from huiyin.townhall.forms import HELPERS, ClerkForm, SettleForm
from huiyin.townhall.models import Meeting, Question
from huiyin.townhall.numbers import number
from huiyin.townhall.words import NotTaken

_SHOWN: Final = 60  # of the queue, which is sorted by support
_VERBS: Final[dict[str, Callable[[Question], None]]] = {
    "show": domain.show,
    "refuse": domain.refuse,
    "spotlight": domain.spotlight,
}


def _meeting(request: HttpRequest, code: str) -> Meeting:
    return get_object_or_404(queries.run_by(account_of(request)).select_related("unit"), code=code)


@never_cache
@staff(*queries.RUN)
@require_safe
def host(request: HttpRequest, code: str) -> HttpResponse:
    """Whole, or for htmx the queue alone."""
    meeting = _meeting(request, code)
    context = _console(meeting)
    if request.htmx:  # type: ignore[attr-defined]  # of its middleware
        return render(request, "townhall/_queue.html", context)
    form = SettleForm(initial={"unit": meeting.unit.code}) if context["spotlit"] else None
    return render(request, "townhall/host.html", context | {"form": form})


def _console(meeting: Meeting) -> dict[str, Any]:
    queue = list(queries.queue(meeting))
    spotlit = next((one for one in queue if one.state == State.SPOTLIT), None)
    queued = [one for one in queue if one != spotlit]
    return {
        "meeting": meeting,
        "questions": f"{reverse('townhall:meeting', args=[meeting.code])}questions/",  # of hundreds, looked up once
        "queue": queued[:_SHOWN],
        "queued": len(queued),
        "beyond": max(0, len(queued) - _SHOWN),
        "waiting": queries.waiting(meeting),
        "spotlit": spotlit,
        "settled": list(queries.register(meeting).order_by("-settled_at")[:5]),
    }


@never_cache
@staff(*queries.RUN)
@require_POST
def stage(request: HttpRequest, code: str, stage: str) -> HttpResponse:
    if stage not in (Stage.LIVE, Stage.CLOSED):
        raise Http404
    try:
        domain.turn(_meeting(request, code), Stage(stage))
    except Late:
        messages.info(request, _("Somebody was faster: this is how it stands now."))
    return redirect("townhall:host" if stage == Stage.LIVE else "townhall:meeting", code)


@never_cache
@staff(*queries.RUN)
@require_POST
def act(request: HttpRequest, code: str, pk: int, verb: str) -> HttpResponse:
    """Show, refuse, spotlight; `fold` puts it into the question named by `into`."""
    meeting = _meeting(request, code)
    question = get_object_or_404(meeting.questions, pk=pk)
    try:
        if verb == "fold":
            into = request.POST.get("into", "")
            domain.fold(question, get_object_or_404(meeting.questions, pk=number(into)))
        elif verb in _VERBS:
            _VERBS[verb](question)
        else:
            raise Http404
    except Late:
        messages.info(request, _("Somebody was faster: this is how it stands now."))
    return redirect("townhall:host", code)


@never_cache
@staff(*queries.RUN)
@require_POST
def settle(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    meeting = _meeting(request, code)
    question = get_object_or_404(meeting.questions, pk=pk)
    form = SettleForm(request.POST)
    if not form.is_valid():
        context = _console(meeting) | {"spotlit": question, "form": form}
        return render(request, "townhall/host.html", context, status=422)
    told = {name: value for name, value in form.cleaned_data.items() if name not in HELPERS}
    state, unit = State(told.pop("state")), told.pop("unit")
    try:
        opened = domain.settle(question, state, unit_id=codes.units().id(unit or None), **told)
    except Late:
        messages.info(request, _("Somebody was faster: this is how it stands now."))
    else:
        number = opened.number if opened else ""
        messages.success(
            request, _("Case %(number)s is on its way.") % {"number": number} if number else _("Answered.")
        )
    return redirect("townhall:host", code)


@never_cache
@staff(*queries.RUN)
def clerk(request: HttpRequest, code: str) -> HttpResponse:
    meeting = _meeting(request, code)
    form = ClerkForm(request.POST or None, initial={"press": secrets.token_hex(8)})
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            domain.show_at_once(domain.ask(meeting, via=Via(told.pop("via")), **told))
        except NotTaken:
            form.add_error("text", _("It holds a word that is not taken at meetings. Write it in other words."))
        except (Late, ValueError):
            form.add_error("text", _("Write your question, at most 500 characters."))
        else:
            messages.success(request, _("It stands in the queue."))
            return redirect("townhall:clerk", code)
    taken = meeting.questions.exclude(via=Via.WEB).order_by("-pk")[:8]
    context = {"meeting": meeting, "form": form, "taken": taken}
    return render(request, "townhall/clerk.html", context, status=422 if form.is_bound else 200)
