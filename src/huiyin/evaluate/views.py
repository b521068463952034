"""The callback desk: next call, neutral script, three questions by keys."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.cases import labels
from huiyin.cases.choices import Purpose
from huiyin.cases.domain import unmask
from huiyin.cases.models import Case
from huiyin.cases.store import Conflict
from huiyin.evaluate import domain, gateway, hours, links, queries
from huiyin.evaluate.forms import OUTCOMES, AnswersForm, AttemptForm
from huiyin.evaluate.refusals import faster, say
from huiyin.evaluate.script import script_for
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.kernel.states import WITH_UNIT
from huiyin.people.access import account_of, staff

for_callers = staff(Role.CALLER)


def _case(number: str) -> Case:
    return get_object_or_404(Case.objects.select_related("body"), number=number)


@never_cache
@for_callers
def desk(request: HttpRequest) -> HttpResponse:
    return _show(request, None, {})


@never_cache
@for_callers
def late(request: HttpRequest) -> HttpResponse:
    """Cases whose date has passed while the unit works on: the residents are asked all the same."""
    return _show(request, None, {}, late=True)


@never_cache
@for_callers
def next_call(request: HttpRequest) -> HttpResponse:
    case = queries.next_call(account_of(request), timezone.now())
    if case is None:
        messages.info(request, _("Nobody is to be called right now."))
        return redirect("evaluate:desk")
    return redirect("evaluate:call", case.number)


@never_cache
@for_callers
def call(request: HttpRequest, number: str) -> HttpResponse:
    return _show(request, _case(number), {})


@require_POST
@never_cache
@for_callers
def number_to_call(request: HttpRequest, number: str) -> HttpResponse:
    """The telephone number, for this call and logged; a fragment."""
    case, account = _case(number), account_of(request)
    if not queries.is_to_call(case, timezone.now()) or not queries.calls_for(account, case):
        raise PermissionDenied
    person = unmask(case=case, account=account, purpose=Purpose.CALLBACK)
    return render(request, "evaluate/number.html", {"person": person})


@require_POST
@never_cache
@for_callers
def answered(request: HttpRequest, number: str) -> HttpResponse:
    case, form = _case(number), AnswersForm(request.POST)
    if not form.is_valid():
        return _show(request, case, {"answers": form}, status=422)

    def save() -> str:
        actor = domain.caller(account_of(request), domain.hearing(case), case)
        late = case.state in WITH_UNIT
        domain.record(case=case, actor=actor, **form.cleaned_data)
        solved = form.cleaned_data["solved"]
        if late:
            return _("Saved and counted; the unit goes on and has still to answer.")
        return _("Saved: solved.") if solved else _("Saved: not solved, back to the unit with a new date.")

    return _finish(request, case, save, {"answers": form})


@require_POST
@never_cache
@for_callers
def attempted(request: HttpRequest, number: str) -> HttpResponse:
    case, form = _case(number), AttemptForm(request.POST)
    if not form.is_valid():
        return _show(request, case, {"attempt": form}, status=422)

    def save() -> str:
        domain.attempt(case=case, account=account_of(request), **form.cleaned_data)
        return _("Noted. It comes back at the next try.")

    return _finish(request, case, save, {"attempt": form})


@require_POST
@never_cache
@for_callers
def unreached(request: HttpRequest, number: str) -> HttpResponse:
    case = _case(number)

    def save() -> str:
        reason = _("Not reached in %(count)s tries at different hours") % {"count": case.attempts}
        domain.close_unreached(case=case, account=account_of(request), reason=reason)
        return _("Closed without a valid callback: no rate counts it.")

    return _finish(request, case, save, {})


@require_POST
@never_cache
@for_callers
def text_message(request: HttpRequest, number: str) -> HttpResponse:
    """Ask by a link in a text message; a call follows when there is no answer."""
    case = _case(number)

    def save() -> str:
        root = request.build_absolute_uri("/")
        links.text_message(case=case, account=account_of(request), root=root)
        return _("The message is on its way. Without an answer it comes back tomorrow.")

    return _finish(request, case, save, {})


def _finish(request: HttpRequest, case: Case, save: Callable[[], str], bound: dict[str, forms.Form]) -> HttpResponse:
    """Save; a refusal or a faster colleague shows the fresh state with what was typed."""
    late = case.state in WITH_UNIT
    try:
        messages.success(request, save())
    except Refused as refused:
        say(request, refused)
    except Conflict:
        faster(request)
    else:
        return redirect("evaluate:late" if late else "evaluate:desk")
    return _show(request, _case(case.number), bound, status=409)


def _show(
    request: HttpRequest, case: Case | None, bound: dict[str, forms.Form], *, late: bool = False, status: int = 200
) -> HttpResponse:
    now, late = timezone.now(), late or bool(case and case.state in WITH_UNIT)
    context: dict[str, Any] = {
        "late": late,
        "queue": (queries.overdue(now) if late else queries.to_call())[: queries.QUEUE_ROWS],
        "waiting": queries.waiting(now),
        "now": now,
        "case": case,
        "own": queries.own_units(account_of(request)),
    }
    if case:
        tried = queries.attempts_of(case.pk, case.attempts)
        planned = hours.next_time([*tried, now], now)
        apart = queries.calls_for(account_of(request), case)
        texting = apart and case.state == "to_call_back" and gateway.configured()
        context |= {
            "open": apart and queries.is_to_call(case, now),
            "closed": case.state == "to_call_back",
            "own_unit": "" if apart else domain.whose_call(case)[labels.english()],
            "texting": texting,
            "sms": case.links.filter(means="sms").order_by("-pk").first() if texting else None,
            "script": script_for(case),
            "tried": tried,
            "may_close": hours.different_hours(tried) >= domain.HOURS_NEEDED,
            "answers": bound.get("answers", AnswersForm()),
            "attempt": bound.get("attempt", AttemptForm(initial={"next_at": planned})),
            "outcomes": OUTCOMES,
        }
    return render(request, "evaluate/desk.html", context, status=status)
