"""The checker on the way: today's list, and one check with its photograph, place and result."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from huiyin.cases.domain import owner_ids
from huiyin.cases.labels import say
from huiyin.cases.store import Conflict
from huiyin.kernel.moves import NOT_OWN_UNIT, Refused
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff
from huiyin.rounds import domain, queries
from huiyin.rounds.distance import point_of
from huiyin.rounds.forms import FailedForm, FindingForm
from huiyin.rounds.models import Check, Result
from huiyin.rounds.wording import far_metres, is_far

for_checkers = staff(Role.CHECKER)


@never_cache
@require_safe
@for_checkers
def checks(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    context = {
        "today": timezone.localdate(),
        "mine": queries.mine(account),
        "free": queries.free(account),
        "done": queries.done_today(account),
    }
    return render(request, "rounds/checks.html", context)


@never_cache
@for_checkers
def check(request: HttpRequest, number: str) -> HttpResponse:
    """GET: what the unit answered, and the form; POST: what was found."""
    found = _check(request, number)
    if request.method != "POST":
        return _show(request, found, FindingForm())
    form = FindingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, found, form, status=422)

    def save() -> None:
        case = domain.record(check=found, account=account_of(request), finding=form.finding)
        _tell(request, Check.objects.get(pk=found.pk), case.number)

    return _finish(request, found, save, form)


@require_POST
@never_cache
@for_checkers
def failed(request: HttpRequest, number: str) -> HttpResponse:
    found, form = _check(request, number), FailedForm(request.POST)
    if not form.is_valid():
        return _show(request, found, FindingForm(), failed_form=form, status=422)

    def save() -> None:
        domain.could_not(check=found, account=account_of(request), words=form.cleaned_data["words"])
        messages.success(request, _("Noted: it could not be checked. Nothing is held against the unit."))

    return _finish(request, found, save, FindingForm())


@require_POST
@never_cache
@for_checkers
def take(request: HttpRequest, number: str) -> HttpResponse:
    found = _check(request, number)
    try:
        domain.take(check=found, account=account_of(request))
    except Refused as refused:
        messages.warning(request, say(refused))
        return redirect("rounds:checks")
    return redirect("rounds:check", found.case.number)


@never_cache
@require_safe
@for_checkers
def picture(request: HttpRequest, number: str, pk: int) -> FileResponse:
    """What the unit or the checker photographed; for whoever may open the check."""
    found = _check(request, number)
    kept = queries.pictures(found.case, queries.last_answer(found.case), queries.finding(found))
    one = next((one for one in kept if one.pk == pk), None)
    if one is None:
        raise Http404
    response = FileResponse(one.file.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "no-store"
    return response


def _check(request: HttpRequest, number: str) -> Check:
    """404 for a case that was not drawn; 403 for everybody who is not independent of its unit."""
    found = queries.check_of(number)
    if found is None:
        raise Http404
    if not queries.independent(account_of(request), {found.unit_id, *owner_ids(found.case)}):
        raise PermissionDenied(say(NOT_OWN_UNIT))
    return found


def _finish(request: HttpRequest, found: Check, save: Any, form: FindingForm) -> HttpResponse:
    try:
        save()
    except Refused as refused:
        messages.warning(request, say(refused))
    except Conflict:
        messages.warning(
            request,
            _("Somebody was faster: this is how it stands now. What you typed is still here; look and decide again."),
        )
    else:
        return _leave(request)
    return _show(request, _check(request, found.case.number), form, status=409)


def _leave(request: HttpRequest) -> HttpResponse:
    there = redirect("rounds:checks")
    return HttpResponseClientRedirect(there.url) if request.htmx else there  # type: ignore[attr-defined]


def _tell(request: HttpRequest, found: Check, number: str) -> None:
    if found.result == Result.MISMATCH:
        messages.success(
            request, _("Saved: %(number)s is reopened with a new date, and its unit is told.") % {"number": number}
        )
    else:
        messages.success(request, _("Saved: %(number)s matches.") % {"number": number})
    if is_far(found, far_metres()):
        words = _("You were %(distance)s m from the point; that is recorded with the check.")
        messages.warning(request, words % {"distance": found.distance_m})


def _show(
    request: HttpRequest, found: Check, form: FindingForm, *, failed_form: FailedForm | None = None, status: int = 200
) -> HttpResponse:
    account, case = account_of(request), found.case
    answered, written = queries.last_answer(case), queries.finding(found)
    context = {
        "check": found,
        "case": case,
        "body": case.body,
        "answered": answered,
        "written": written,
        "before": queries.pictures(case, answered),
        "after": queries.pictures(case, written),
        "point": point_of(case),
        "far": far_metres(),
        "form": form,
        "failed": failed_form or FailedForm(),
        "yours": found.done_at is None and found.checker_id in (None, account.pk),
    }
    return render(request, "rounds/check.html", context, status=status)
