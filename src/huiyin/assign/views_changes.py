"""Proposals to change the rules: what changes, what it would have meant, and the press that makes it so."""

import csv
from functools import lru_cache
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.assign import domain_changes as verbs
from huiyin.assign.forms_changes import FORMS, MODELS, ProposalForm
from huiyin.assign.models import Change, ChangeSet
from huiyin.assign.rehearsal import WHAT, Rehearsal, cases_of, rehearse
from huiyin.assign.revising import books, in_codes
from huiyin.assign.telling import diff
from huiyin.cases import codes
from huiyin.cases.labels import english, say
from huiyin.cases.models import Case
from huiyin.cases.paging import paged
from huiyin.cases.queries import as_rows, visible_among
from huiyin.kernel.moves import Refused
from huiyin.kernel.periods import ASSESS_START_DAY, Period, parse_period
from huiyin.people.access import account_of, staff
from huiyin.people.queries import current_district

for_proposers = staff(*verbs.PROPOSERS)
# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")


@never_cache
@for_proposers
def changes(request: HttpRequest) -> HttpResponse:
    """GET: all proposals; POST: a new one."""
    form = ProposalForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(verbs.propose(account=account_of(request), **form.cleaned_data))
        except Refused as refused:
            form.add_error("valid_from", say(refused))
    found = ChangeSet.objects.select_related("proposed_by", "enacted_by").prefetch_related("changes")[:100]
    context = {"change_sets": list(found), "form": form}
    return render(request, "assign/changes.html", context, status=422 if form.is_bound else 200)


@never_cache
@for_proposers
@require_safe
def change_set(request: HttpRequest, pk: int) -> HttpResponse:
    found = _change_set(pk)
    told = [(change, diff(change)) for change in found.changes.all()]
    may_enact = account_of(request).has_role(*verbs.DECIDERS)
    return render(request, "assign/change_set.html", {"change_set": found, "told": told, "may_enact": may_enact})


def _change_set(pk: int) -> ChangeSet:
    return get_object_or_404(ChangeSet.objects.select_related("proposed_by", "enacted_by"), pk=pk)


@never_cache
@for_proposers
def change(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """Add a rule; `?rule=` replaces that one, and with the button “end” ends it."""
    found = _change_set(pk)
    if table not in FORMS:
        raise Http404
    number = request.GET.get("rule", "")
    rule: Any = get_object_or_404(MODELS[table], pk=number) if number.isdigit() else None
    if rule is not None and request.POST.get("end"):
        return _put(request, found, table, rule, {}) or redirect(found)
    form = FORMS[table](request.POST or None, initial=in_codes(rule) if rule else {})
    if form.is_valid() and (done := _put(request, found, table, rule, form.told)):
        return done
    context = {"change_set": found, "form": form, "rule": rule, "table": table}
    return render(request, "assign/change.html", context, status=422 if form.is_bound else 200)


def _put(request: HttpRequest, found: ChangeSet, table: str, rule: Any, after: dict[str, Any]) -> HttpResponse | None:
    try:
        verbs.put(change_set=found, account=account_of(request), table=table, rule=rule, after=after)
    except Refused as refused:
        messages.warning(request, say(refused))
        return None
    return redirect(found)


@require_POST
@for_proposers
def drop(request: HttpRequest, pk: int, change: int) -> HttpResponse:
    try:
        verbs.drop(change=get_object_or_404(Change, pk=change, change_set=pk), account=account_of(request))
    except Refused as refused:
        messages.warning(request, say(refused))
    return redirect("assign:change_set", pk)


@require_POST
@staff(*verbs.DECIDERS)
def enact(request: HttpRequest, pk: int) -> HttpResponse:
    found = _change_set(pk)
    try:
        verbs.enact(change_set=found, account=account_of(request))
        said = _("It takes effect on %(day)s.") % {"day": date_format(found.valid_from, "Y-m-d")}
        messages.success(request, said)
    except Refused as refused:
        messages.warning(request, say(refused))
    return redirect(found)


@never_cache
@for_proposers
@require_safe
def rehearsal(request: HttpRequest, pk: int) -> HttpResponse:
    """The table: what each unit would have gained and lost in a period (`?period=`, else last month)."""
    found, period = _change_set(pk), _period(request)
    if found.enacted_at:
        messages.info(request, _("It took effect already: only a proposal can be rehearsed."))
        return redirect(found)
    done = _rehearsed(found, period)
    names = codes.units().names(english=english())
    context = {
        "change_set": found,
        "period": period,
        "lines": [(line, names.get(line.unit, line.unit)) for line in done.lines if line.moved],
        "cases": len(done.cases),
        "moved": sum(1 for _each in done.moved()),
        "nobody": done.count("nobody"),
        "nobody_before": done.count("nobody_before"),
    }
    return render(request, "assign/rehearsal.html", context)


@never_cache
@for_proposers
@require_safe
def rehearsed_cases(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """The cases behind a figure of the table; `?unit=` those of a unit."""
    if what not in WHAT:
        raise Http404
    found, unit, period = _change_set(pk), request.GET.get("unit", ""), _period(request)
    ids = _rehearsed(found, period).where(what, unit)
    mine = visible_among(Case.objects.filter(pk__in=ids), account_of(request))
    page = paged(as_rows(mine), order=("-id",), cursor=request.GET.get("cursor", ""))
    name = codes.units().names(english=english()).get(unit, "")
    context = {
        "change_set": found,
        "page": page,
        "number": len(ids),
        "unit": name,
        "what": _said(what),
        "period": period,
    }
    return render(request, "assign/rehearsed_cases.html", context)


def _said(what: str) -> str:
    return {
        "gained": _("gained"),
        "lost": _("lost"),
        "helps_gained": _("helps from then on"),
        "helps_lost": _("helps no more"),
        "longer": _("more time"),
        "shorter": _("less time"),
        "nobody": _("nobody catches them"),
        "nobody_before": _("nobody catches them now"),
    }[what]


@never_cache
@for_proposers
@require_safe
def rehearsal_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Every case that would change, one line each."""
    found, period = _change_set(pk), _period(request)
    rows = list(_rehearsed(found, period).moved())
    about = {
        pk: told
        for pk, *told in Case.objects.filter(pk__in=[row.case for row in rows]).values_list(
            "pk", "number", "category__code", "area__name"
        )
    }
    names, text = codes.units().names(english=english()), StringIO()
    writer = csv.writer(text)
    sides = (_("as it stands"), _("then"))
    heads = [f"{head} · {side}" for side in sides for head in (_("Lead unit"), _("Helping units"), _("Due"))]
    writer.writerow([_("Case"), _("Category"), _("Area"), *heads])
    for row in rows:
        cells = list(about[row.case])
        for answer, due_at in ((row.fate.before, row.due_before), (row.fate.after, row.due_after)):
            helping = _(", ").join(names.get(code, code) for code in answer.helpers)
            cells += [
                names.get(answer.lead or "", "—"),
                helping,
                date_format(timezone.localtime(due_at), "Y-m-d H:i") if due_at else "",
            ]
        writer.writerow([f"'{cell}" if str(cell).startswith(_FORMULA) else cell for cell in cells])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rehearsal-{found.pk}-{period.label}.csv"'
    return response


def _period(request: HttpRequest) -> Period:
    district = current_district()
    start_day = district.assessment_start_day if district else ASSESS_START_DAY
    zone = ZoneInfo(settings.TIME_ZONE)
    known: dict[str, Any] = {"now": timezone.now(), "tz": zone, "start_day": start_day}
    try:
        return parse_period(request.GET.get("period") or "last-month", **known)
    except ValueError:
        messages.warning(request, _("This period is not understood; last month is shown."))
        return parse_period("last-month", **known)


def _rehearsed(found: ChangeSet, period: Period) -> Rehearsal:
    """Kept for as long as neither the proposal nor the minute changes: a click on a figure need not reckon anew."""
    minute = int(timezone.now().timestamp()) // 60
    return _kept(found.pk, found.changed_at.isoformat(), period, minute)


@lru_cache(maxsize=4)
def _kept(pk: int, _version: str, period: Period, _minute: int) -> Rehearsal:
    return rehearse(cases_of(period), *books(ChangeSet.objects.get(pk=pk)))
