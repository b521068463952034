"""The objection desk: the unit's reasons, the catalogue's answer and earlier decisions side by side."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.assign import queries_objections as reads
from huiyin.assign.domain import step_due_by_rules
from huiyin.assign.domain_objections import refuse, uphold
from huiyin.assign.forms_objections import RefuseForm, UpholdForm, refuse_form, uphold_form
from huiyin.cases import codes
from huiyin.cases.buttons import refused_now
from huiyin.cases.labels import english, say
from huiyin.cases.models import Case
from huiyin.cases.paging import paged
from huiyin.cases.projection import to_row
from huiyin.cases.queries import as_rows
from huiyin.cases.store import Conflict
from huiyin.kernel.moves import MOVES, Refused
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff

for_deciders = staff(Role.REVIEWER, Role.DISPATCHER)
_FORMS: dict[str, type[forms.Form]] = {"redispatch": UpholdForm, "refuse_objection": RefuseForm}


def _case(number: str) -> Case:
    return get_object_or_404(reads.waiting().select_related("body"), number=number.upper())


@never_cache
@for_deciders
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    first = reads.waiting().select_related("body").order_by(*reads.ORDER).first()
    return _show(request, first)


@never_cache
@for_deciders
@require_safe
def objection(request: HttpRequest, number: str) -> HttpResponse:
    return _show(request, _case(number))


@require_POST
@never_cache
@for_deciders
def decide(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Uphold or refuse, by the name of the move."""
    if kind not in _FORMS:
        raise Http404
    case, form = _case(number), _FORMS[kind](request.POST)
    if not form.is_valid():
        return _show(request, case, {kind: form}, status=422)
    try:
        _decide(request, case, form)
    except Conflict:
        messages.warning(request, _("Somebody was faster: this is how it stands now."))
        return redirect("assign:objections")
    except Refused as refused:
        form.add_error(None, say(refused))
        return _show(request, case, {kind: form}, status=422)
    messages.success(request, _("Decided: %(number)s, %(move)s.") % {"number": number, "move": say(MOVES[kind])})
    return redirect("assign:objections")


def _decide(request: HttpRequest, case: Case, form: forms.Form) -> None:
    told, account = form.cleaned_data, account_of(request)
    if told["seq"] != case.seq:
        raise Conflict(case.number)
    if isinstance(form, UpholdForm):
        owners: dict[str, Any] = {"lead": told["lead"], "helpers": form.helping, "parts": form.parts}
        uphold(case=case, account=account, reason=told["reason"], **owners)
    else:
        refuse(case=case, account=account, reason=told["reason"])


def _show(
    request: HttpRequest, case: Case | None, bound: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    page = paged(as_rows(reads.waiting()), order=reads.ORDER, cursor=request.GET.get("cursor", ""))
    context = {"page": page, "case": case, **(_pane(request, case, bound or {}) if case else {})}
    return render(request, "assign/objections.html", context, status=status)


def _pane(request: HttpRequest, case: Case, bound: dict[str, forms.Form]) -> dict[str, Any]:
    account, plan = account_of(request), reads.by_catalogue(case)
    own = reads.objections([case])
    return {
        "asked": own[0],
        "before": own[1:],
        "plan": plan,
        "plan_lead": codes.units().names(english=english()).get(plan.lead) if plan else "",
        "plan_agrees": plan is not None and plan.lead == own[0].unit,
        "earlier": reads.earlier(case),
        "record": reads.record(case.lead) if case.lead else None,
        "decide_by": step_due_by_rules(to_row(case), own[0].at, "objection"),
        "may": {kind: refused_now(MOVES[kind], case, account) is None for kind in reads.DECISIONS},
        "uphold": bound.get("redispatch") or uphold_form(case, plan),
        "refuse": bound.get("refuse_objection") or refuse_form(case),
    }
