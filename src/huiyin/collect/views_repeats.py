"""Beside a case that waits for dispatch: who asked the same, to merge it; what is known, to answer it at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.labels import say
from huiyin.cases.models import Case
from huiyin.cases.store import Conflict
from huiyin.collect.forms import AnswerForm, MergeForm
from huiyin.collect.knowledge import offered
from huiyin.collect.merging import merge as merge_case
from huiyin.collect.repeats import asked_by, likely
from huiyin.collect.settling import answer_case
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.kernel.states import BEFORE_DISPATCH
from huiyin.people.access import account_of, staff
from huiyin.people.models import Account

for_intake = staff(Role.AGENT, Role.DISPATCHER)


@never_cache
@for_intake
@require_safe
def repeats(request: HttpRequest, number: str) -> HttpResponse:
    """A fragment; empty where there is nothing to choose."""
    case = get_object_or_404(Case.objects.select_related("body"), number=number.upper())
    found, known = [], []
    if case.state in BEFORE_DISPATCH:
        asked = asked_by(case)
        found = likely(asked)
        known = offered(asked.text, asked.category) if _may_answer(case, account_of(request)) else []
    return render(request, "collect/_repeats.html", {"case": case, "repeats": found, "items": known})


def _may_answer(case: Case, account: Account) -> bool:
    return account.has_role(Role.AGENT) and case.state in ("received", "registered")


@staff(Role.AGENT)
@require_POST
def answer(request: HttpRequest, number: str) -> HttpResponse:
    case = get_object_or_404(Case, number=number.upper())
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return redirect(case)
    code, version = form.cleaned_data["knowledge"], form.cleaned_data["version"]
    try:
        answer_case(case=case, account=account_of(request), code=code, version=version)
    except Refused as refused:
        messages.warning(request, say(refused))
    except Conflict:
        messages.warning(request, _("Somebody was faster: this is how it stands now."))
    else:
        messages.success(request, _("Answered at once and archived."))
    return redirect(case)


@for_intake
@require_POST
def merge(request: HttpRequest, number: str) -> HttpResponse:
    case = get_object_or_404(Case, number=number.upper())
    form = MergeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose the case that runs, and write down why it is the same matter."))
        return redirect(case)
    into = get_object_or_404(Case, number=form.cleaned_data["into"])
    try:
        merge_case(case=case, into=into, account=account_of(request), reason=form.cleaned_data["reason"])
    except Refused as refused:
        messages.warning(request, say(refused))
    except Conflict:
        messages.warning(request, _("Somebody was faster: this is how it stands now."))
    else:
        messages.success(
            request, _("Merged into %(number)s: its answer goes to all callers.") % {"number": into.number}
        )
    return redirect(case)
