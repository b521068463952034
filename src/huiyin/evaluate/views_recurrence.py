"""What came back after closing: the signs that wait for a person, and the page where one is decided."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from huiyin.cases.store import Conflict
from huiyin.evaluate import recurrence
from huiyin.evaluate.models import RecurrenceHint
from huiyin.evaluate.queries_recurrence import ROWS, said, to_decide
from huiyin.evaluate.refusals import faster, say
from huiyin.kernel.moves import MOVES, Refused
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff
from huiyin.people.models import Account

DECIDERS = (Role.AGENT, Role.DISPATCHER, Role.REVIEWER, Role.SUPERVISOR)


class DecisionForm(forms.Form):
    verdict = forms.ChoiceField(choices=[("rebound", ""), ("dismiss", "")])
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": gettext_lazy("Write down why: both cases keep it.")},
    )


@never_cache
@staff(*DECIDERS)
def hints(request: HttpRequest) -> HttpResponse:
    rows = [(hint, said(hint)) for hint in to_decide()[:ROWS]]
    rules = recurrence.rules_now()
    return render(request, "evaluate/recurrence.html", {"rows": rows, "rules": rules})


@never_cache
@staff(*DECIDERS)
def hint(request: HttpRequest, pk: int) -> HttpResponse:
    shown = RecurrenceHint.objects.select_related(
        "case__category", "case__area", "case__body", "earlier__category", "earlier__area", "earlier__lead",
        "earlier__body", "decided_by",
    )  # fmt: skip
    found, account = get_object_or_404(shown, pk=pk), account_of(request)
    form = DecisionForm(request.POST or None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, _decide(found, account, **form.cleaned_data))
        except Refused as refused:
            say(request, refused)
        except Conflict:
            faster(request)
        else:
            return redirect("evaluate:recurrence")
        found, status = get_object_or_404(shown, pk=pk), 409
    context = {
        "hint": found,
        "form": form,
        "reasons": said(found),
        "may_rebound": account.has_role(*MOVES["rebound"].by),
        "merges": account.has_role(*recurrence.MAY_MERGE) and recurrence.waits(found.case),
    }
    return render(request, "evaluate/recurrence_hint.html", context, status=status)


def _decide(found: RecurrenceHint, account: Account, *, verdict: str, reason: str) -> str:
    """Do it, and the sentence that says so."""
    if verdict == "dismiss":
        recurrence.dismiss(hint=found, account=account, reason=reason)
        return _("Noted: not the same matter.")
    recurrence.rebound(case=found.earlier, account=account, because_of=found.case, reason=reason)
    return _("Reopened: the earlier “solved” no longer stands.")
