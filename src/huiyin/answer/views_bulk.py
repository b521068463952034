"""Ticked cases: choose what to do, look at what will happen to each, confirm, see what became of each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from huiyin.answer import bulk
from huiyin.cases.labels import say
from huiyin.cases.models import Case
from huiyin.cases.paging import SIZE
from huiyin.cases.queries import visible_one
from huiyin.kernel.moves import MOVES
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff

for_units = staff(Role.HANDLER, Role.LEADER)


@never_cache
@for_units
def look(request: HttpRequest) -> HttpResponse:
    """What would happen to each, and what is still to be filled in. Writes nothing."""
    kind, sent = request.POST.get("kind", ""), request.POST.getlist("case")[:SIZE]
    if request.method != "POST" or kind not in bulk.KINDS:
        return redirect("answer:inbox")
    if not sent:
        messages.info(request, _("Tick the cases first."))
        return redirect("answer:inbox")
    lines = bulk.preview(cases=_cases(request, sent), kind=kind, account=account_of(request))
    return _show(request, kind, lines, bulk.form_for(lines, kind, account_of(request)))


@never_cache
@for_units
def do(request: HttpRequest) -> HttpResponse:
    """The same for each, said once."""
    kind, sent = request.POST.get("kind", ""), _versions(request.POST)
    if request.method != "POST" or kind not in bulk.KINDS or not sent:
        return redirect("answer:inbox")
    account, cases = account_of(request), _cases(request, list(sent))
    lines = bulk.preview(cases=cases, kind=kind, account=account)
    form = bulk.form_for(lines, kind, account, request.POST)
    if form is not None and not form.is_valid():
        return _show(request, kind, lines, form, status=422)
    done = bulk.do(cases=[(case, sent[case.number]) for case in cases], kind=kind, account=account, data=request.POST)
    return render(request, "answer/bulk_done.html", {"label": say(MOVES[kind]), "lines": done})


def _cases(request: HttpRequest, numbers: list[str]) -> list[Case]:
    """Those that this account may see; unknown numbers are left out."""
    known = [number for number in numbers if number.isprintable()]
    cases = visible_one(account_of(request)).prefetch_related("parts")
    return list(cases.filter(number__in=known).order_by("due_at", "id"))


def _versions(sent: QueryDict) -> dict[str, int]:
    """Number → the version that was looked at."""
    pairs = (value.partition(" ") for value in sent.getlist("case")[:SIZE])
    return {number: int(seq) for number, _space, seq in pairs if seq.isascii() and seq.isdigit()}


def _show(request: HttpRequest, kind: str, lines: list[bulk.Line], form: Any, status: int = 200) -> HttpResponse:
    possible = [line for line in lines if not line.why_not]
    context = {"kind": kind, "label": say(MOVES[kind]), "lines": lines, "possible": possible, "form": form}
    return render(request, "answer/bulk.html", context, status=status)
