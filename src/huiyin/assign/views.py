"""The dispatcher's desk, the suggestion for other desks, the catalogue."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from huiyin.assign import desk as desk_
from huiyin.assign.catalogue import CatalogueForm
from huiyin.assign.domain import Plan, dispatch
from huiyin.assign.domain_changes import PROPOSERS
from huiyin.assign.forms import DispatchForm, SuggestForm, dispatch_form
from huiyin.assign.history import past_of
from huiyin.assign.models import ChangeSet
from huiyin.assign.preview import look
from huiyin.cases.labels import say
from huiyin.cases.models import Case
from huiyin.cases.paging import capped_counts, paged, shown_count
from huiyin.cases.queries import as_rows
from huiyin.cases.seen import mark_news
from huiyin.cases.store import Conflict
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff

for_dispatchers = staff(Role.DISPATCHER)


def _order(request: HttpRequest) -> tuple[str, ...]:
    return desk_.ORDERS.get(request.GET.get("sort", ""), desk_.ORDERS["urgent"])


@never_cache
@for_dispatchers
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    first = desk_.queue().select_related("body").order_by(*_order(request)).first()
    return _desk(request, first)


@never_cache
@for_dispatchers
def case(request: HttpRequest, number: str) -> HttpResponse:
    """GET: the case with what is proposed; POST: confirm, and go on to the next one."""
    case = _case(number)
    return _confirm(request, case) if request.method == "POST" else _desk(request, case)


def _case(number: str) -> Case:
    rows = Case.objects.select_related("body").annotate(rank=desk_.RANK)
    return get_object_or_404(rows, number=number)


def _desk(
    request: HttpRequest, case: Case | None, bound: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    context = _pane(case, bound or {}) if case else {}
    context["sort"] = request.GET.get("sort", "urgent")
    if request.htmx.target == "desk-case":  # type: ignore[attr-defined]
        return render(request, "assign/_fragment.html", context, status=status)
    page = paged(as_rows(desk_.queue()), order=_order(request), cursor=request.GET.get("cursor", ""))
    mark_news(account_of(request), page.rows)
    waiting = shown_count(capped_counts({"all": desk_.queue()})["all"])
    return render(request, "assign/desk.html", context | {"page": page, "waiting": waiting}, status=status)


def _pane(case: Case, bound: dict[str, Any]) -> dict[str, Any]:
    suggestion = desk_.suggestion_of(case)
    choice = bound.get("choice") or desk_.proposed(case, suggestion)
    plan = bound.get("plan") or desk_.plan_of(case, choice)
    lead = suggestion.lead.code if suggestion and suggestion.lead and not bound else ""
    form = bound.get("form") or dispatch_form(choice, plan, seq=case.seq, lead=lead)
    return {
        "case": case,
        "suggestion": suggestion,
        "plan": plan,
        "form": form,
        "waiting_here": case.state in desk_.WAITING,
    }


@require_POST
@never_cache
@for_dispatchers
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Category, area or urgency changed: unit, helpers and due date anew; a fragment."""
    case, form = _case(number), DispatchForm(request.POST)
    form.is_valid()
    choice = form.choice
    if choice is None:
        return render(request, "assign/_plan.html", {"case": case, "form": form, "plan": None})
    found = desk_.plan_of(case, choice)
    again = dispatch_form(choice, found, seq=case.seq, reason=request.POST.get("reason", ""))
    return render(request, "assign/_plan.html", {"case": case, "form": again, "plan": found})


@require_safe
@never_cache
@for_dispatchers
def past(request: HttpRequest, number: str) -> HttpResponse:
    """Who answered cases like it; a fragment, empty where there is none like it."""
    case = _case(number)
    found = past_of(case) if case.state in desk_.WAITING else []
    plan = desk_.plan_of(case, desk_.proposed(case, desk_.suggestion_of(case))) if found else None
    differs = bool(found and plan and plan.lead != found[0].unit.code)
    return render(request, "assign/_past.html", {"past": found, "differs": differs})


def _confirm(request: HttpRequest, case: Case) -> HttpResponse:
    form = DispatchForm(request.POST)
    valid, choice = form.is_valid(), form.choice
    if not valid or choice is None:
        return _desk(request, case, {"form": form, "choice": choice}, status=422)
    if form.cleaned_data["planned"] != choice.key:
        return _look_again(request, case, form, choice)
    try:
        _dispatch(request, case, form)
    except Conflict:
        return _overtaken(request, case.number)
    except Refused as refused:
        form.add_error(None, say(refused))
        return _desk(request, case, {"form": form, "choice": choice}, status=422)
    return _next(request, case)


def _dispatch(request: HttpRequest, case: Case, form: DispatchForm) -> None:
    if form.cleaned_data["seq"] != case.seq:
        raise Conflict(case.number)
    chosen = {name: form.cleaned_data[name] for name in ("category", "area", "urgency", "kind")}
    told = {
        "lead": form.cleaned_data["lead"],
        "helpers": form.helping,
        "parts": form.parts,
        "reason": form.cleaned_data["reason"],
    }
    dispatch(case=case, account=account_of(request), **told, **chosen)


def _look_again(request: HttpRequest, case: Case, form: DispatchForm, choice: desk_.Choice) -> HttpResponse:
    """The unit on the form was proposed for another category: never send it out unseen."""
    found: Plan | None = desk_.plan_of(case, choice)
    again = dispatch_form(choice, found, seq=form.cleaned_data["seq"], reason=form.cleaned_data["reason"])
    messages.info(request, _("The choice changed, so unit and date changed with it: look, then confirm."))
    return _desk(request, case, {"form": again, "choice": choice, "plan": found}, status=422)


def _overtaken(request: HttpRequest, number: str) -> HttpResponse:
    messages.warning(request, _("Somebody was faster: this is how it stands now."))
    return _desk(request, _case(number), status=409)


def _next(request: HttpRequest, case: Case) -> HttpResponse:
    """An event cannot be undone; what was wrong is corrected by another one."""
    correct = reverse("cases:move", args=[case.number, "correct"])
    said = _("Dispatched %(number)s to %(unit)s.") % {"number": case.number, "unit": case.lead}
    messages.success(request, format_html('{} <a class="plain" href="{}">{}</a>', said, correct, _("Correct it")))
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("assign:desk")
    coming = desk_.following(case, _order(request))
    return trigger_client_event(_desk(request, _case(coming.number) if coming else None), "case-moved")


@require_POST
@staff(Role.AGENT, Role.DISPATCHER)
def suggest(request: HttpRequest) -> HttpResponse:
    """For a text that is no case yet: category, unit, due date and why; a fragment. Nothing is kept."""
    form = SuggestForm(request.POST)
    look_ = look(**form.cleaned_data) if form.is_valid() else None
    return render(request, "assign/_suggestion.html", {"look": look_})


@staff()
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The rules as they hold on a day; `?into=` links each into a proposal that is still open."""
    form, account, wanted = CatalogueForm(request.GET), account_of(request), request.GET.get("into", "")
    may_propose = account.has_role(*PROPOSERS)
    into = ChangeSet.objects.filter(pk=wanted, enacted_at=None).first() if may_propose and wanted.isdigit() else None
    context = {"form": form, "rules": form.rules(), "deadlines": form.deadlines()}
    return render(request, "assign/catalogue.html", context | {"may_propose": may_propose, "into": into})
