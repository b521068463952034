"""The office's desk: cycles with their scores, sheets brought in, the verbs of a cycle."""

from collections.abc import Callable, Mapping
from typing import Final

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.labels import say
from huiyin.collect.importing.problems import FileProblem
from huiyin.people.access import account_of, staff
from huiyin.people.models import Account
from huiyin.standing import domain, domain_entries, domain_rules, queries, reading, showing
from huiyin.standing.choices import ON_THE_LIST, Stage
from huiyin.standing.forms import BeginForm, RuleForm, SheetForm
from huiyin.standing.log import Late
from huiyin.standing.models import Company, Cycle, ScoreSheet
from huiyin.standing.reading import Unreadable
from huiyin.townhall import sheets

# What the button of each stage does.
VERBS: Final[Mapping[str, Callable[[Cycle, Account], object]]] = {
    "score": lambda cycle, by: domain.compute(cycle=cycle, by=by),
    "propose": lambda cycle, by: domain.propose(cycle=cycle, by=by),
    "notify": lambda cycle, by: domain_entries.notify(cycle, by=by),
    "publish": lambda cycle, by: domain_entries.publish(cycle, by=by),
}
NEXT: Final = {
    Stage.COLLECT: ("score",),
    Stage.SCORED: ("score", "propose"),
    Stage.PROPOSED: ("notify",),
    Stage.NOTICE: ("publish",),
    Stage.PUBLISHED: (),
}


@never_cache
@staff(*queries.RUN)
def manage(request: HttpRequest) -> HttpResponse:
    """GET: all cycles; POST: a new one."""
    form = BeginForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cycle = domain.begin(period=form.cleaned_data["period"], by=account_of(request))
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            return redirect("standing:cycle", cycle.pk)
    on_list = Count("entries", filter=Q(entries__state__in=ON_THE_LIST))
    context = {
        "form": form,
        "cycles": Cycle.objects.annotate(on_list=on_list),
        "companies": queries.companies(),
        "sheet": ScoreSheet.objects.first(),
    }
    return render(request, "standing/manage.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@staff(*queries.RUN)
def cycle(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _cycle(pk), SheetForm())


@never_cache
@require_POST
@staff(*queries.RUN)
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _cycle(pk), SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    file = form.cleaned_data["file"]
    try:
        lines = reading.lines_of(file, found.sheet.vetoes)
        domain.bring(cycle=found, lines=lines, by=account_of(request), filename=file.name)
    except Unreadable as wrong:
        return _show(request, found, form, problems=wrong.sentences, status=422)
    except FileProblem as problem:
        return _show(request, found, form, problems=(say(problem),), status=422)
    except Late:
        messages.info(request, _("Somebody was faster: this is how it stands now."))
    else:
        messages.success(request, _("%(count)d rows are taken in. Score again to see them.") % {"count": len(lines)})
    return redirect("standing:cycle", pk)


@never_cache
@require_POST
@staff(*queries.RUN)
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Score, propose, notify, publish."""
    if verb not in VERBS:
        raise Http404
    found = _cycle(pk)
    try:
        VERBS[verb](found, account_of(request))
    except ValueError as error:
        messages.warning(request, str(error))
    except Late:
        messages.info(request, _("Somebody was faster: this is how it stands now."))
    return redirect("standing:cycle", pk)


@never_cache
@require_safe
@staff(*queries.RUN)
def template(request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG001 the address of a view
    """The empty sheet of marks: every company, every part."""
    items = [item for item, code in reading.ITEMS.items() if code not in ("deduction", "veto")]
    rows = [
        [str(company.unit.name), item, "", 100, ""]
        for company in Company.objects.select_related("unit")
        for item in items
    ]
    _cycle(pk)
    return sheets.answer("xlsx", f"standing-{pk}", {"marks": [list(reading.HEADER), *rows]})


@never_cache
@staff(*queries.RUN)
def rules(request: HttpRequest) -> HttpResponse:
    """GET: the versions and the next one; POST: set it."""
    form = RuleForm(request.POST if request.method == "POST" else None, last=ScoreSheet.objects.first())
    if request.method == "POST" and form.is_valid():
        try:
            domain_rules.set_sheet(by=account_of(request), **form.values())
        except ValueError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The score sheet is set."))
            return redirect("standing:rules")
    context = {
        "form": form,
        "sheets": [(one, showing.parts_of(one)) for one in ScoreSheet.objects.select_related("by")],
    }
    return render(request, "standing/rules.html", context, status=422 if form.errors else 200)


def _cycle(pk: int) -> Cycle:
    return get_object_or_404(Cycle.objects.select_related("sheet"), pk=pk)


def _show(
    request: HttpRequest, found: Cycle, form: SheetForm, *, problems: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:  # fmt: skip
    context = {
        "cycle": found,
        "form": form,
        "problems": problems,
        "lines": showing.lines(found),
        "parts": showing.parts_of(found.sheet),
        "verbs": [(verb, showing.BUTTONS[verb]) for verb in NEXT[Stage(found.stage)]],
        "brings": found.stage in (Stage.COLLECT, Stage.SCORED),
        "log": found.log.select_related("by", "entry__company__unit"),
    }
    return render(request, "standing/cycle.html", context, status=status)
