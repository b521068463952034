"""Second calls: the desk of the callers, and what the two calls heard for those who supervise."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.choices import Purpose
from huiyin.cases.domain import unmask
from huiyin.cases.models import Case
from huiyin.cases.store import Conflict
from huiyin.evaluate import asked, second
from huiyin.evaluate.forms import AnswersForm
from huiyin.evaluate.refusals import faster, say
from huiyin.evaluate.script import script_for
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff

ROWS = 60
for_callers = staff(Role.CALLER)
for_supervision = staff(Role.SUPERVISOR, Role.REVIEWER, Role.ANALYST)


def _case(number: str) -> Case:
    return get_object_or_404(Case.objects.select_related("body"), number=number)


@never_cache
@for_callers
def desk(request: HttpRequest) -> HttpResponse:
    return _show(request, None, None)


@never_cache
@for_callers
def call(request: HttpRequest, number: str) -> HttpResponse:
    return _show(request, _case(number), None)


@require_POST
@never_cache
@for_callers
def number_to_call(request: HttpRequest, number: str) -> HttpResponse:
    """The telephone number, for this call and logged; a fragment."""
    case, account = _case(number), account_of(request)
    if not second.waiting(account).filter(case=case).exists():
        raise PermissionDenied
    person = unmask(case=case, account=account, purpose=Purpose.CALLBACK, words="second call")
    return render(request, "evaluate/number.html", {"person": person})


@require_POST
@never_cache
@for_callers
def answered(request: HttpRequest, number: str) -> HttpResponse:
    case, form = _case(number), AnswersForm(request.POST)
    if not form.is_valid():
        return _show(request, case, form, status=422)

    def save() -> str:
        second.record(case=case, account=account_of(request), **form.cleaned_data)
        return _("Saved beside the first answer, which stays as it is.")

    return _finish(request, case, save, form)


@require_POST
@never_cache
@for_callers
def unreached(request: HttpRequest, number: str) -> HttpResponse:
    case = _case(number)

    def save() -> str:
        call = second.not_reached(case=case, account=account_of(request))
        return _("Given up after three tries.") if call.done_at else _("Noted. It comes back at another time of day.")

    return _finish(request, case, save, None)


def _finish(request: HttpRequest, case: Case, save: Callable[[], str], form: forms.Form | None) -> HttpResponse:
    try:
        messages.success(request, save())
    except Refused as refused:
        say(request, refused)
    except Conflict:
        faster(request)
    else:
        return redirect("evaluate:second")
    return _show(request, _case(case.number), form, status=409)


def _show(request: HttpRequest, case: Case | None, form: forms.Form | None, status: int = 200) -> HttpResponse:
    waiting = second.waiting(account_of(request))
    context: dict[str, Any] = {"queue": waiting[:ROWS], "case": case}
    if case:
        context |= {
            "open": waiting.filter(case=case).exists(),
            "script": script_for(case),
            "answers": form or AnswersForm(),
        }
    return render(request, "evaluate/second.html", context, status=status)


@never_cache
@require_safe
@for_supervision
def compared(request: HttpRequest) -> HttpResponse:
    """Drawn, reached and heard otherwise, by unit; and the cases themselves."""
    period = asked.period(request.GET.get("period", ""))
    calls = second.of_period(asked.first_day(period), asked.end_day(period))
    lines = second.by_unit(calls)
    context = {
        "period": period,
        "said": asked.said(period),
        "menu": asked.menu(),
        "lines": lines,
        "total": second.total(lines),
        "differ": second.disagreements(calls)[:ROWS],
    }
    return render(request, "evaluate/compared.html", context)
