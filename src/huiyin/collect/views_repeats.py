"""Likely repeats of a case that waits for dispatch, and merging it into one of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.labels import say
from huiyin.cases.models import Case
from huiyin.cases.store import Conflict
from huiyin.collect.forms import MergeForm
from huiyin.collect.merging import merge as merge_case
from huiyin.collect.repeats import asked_by, likely
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.kernel.states import BEFORE_DISPATCH
from huiyin.people.access import account_of, staff

for_intake = staff(Role.AGENT, Role.DISPATCHER)


@never_cache
@for_intake
@require_safe
def repeats(request: HttpRequest, number: str) -> HttpResponse:
    """A fragment; empty where there is nothing to choose."""
    case = get_object_or_404(Case.objects.select_related("body"), number=number.upper())
    found = likely(asked_by(case)) if case.state in BEFORE_DISPATCH else []
    return render(request, "collect/_repeats.html", {"case": case, "repeats": found, "form": MergeForm()})


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
