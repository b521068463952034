"""After the meeting, for whoever runs it: the register, its steps and exports; an answer that did not hold."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases import codes
from huiyin.people.access import account_of, staff
from huiyin.townhall import domain, domain_after, exports_register, queries, queries_after, sheets
from huiyin.townhall.choices import SETTLED, Standing, Term
from huiyin.townhall.domain import Late
from huiyin.townhall.forms_after import AnswerForm, AsCaseForm, PlaceForm, StepForm
from huiyin.townhall.models import Meeting, Question
from huiyin.townhall.queries_after import Asked

GONE_ON = 409
ON_A_PAGE = 100  # lines of the register


def meeting_of(request: HttpRequest, code: str) -> Meeting:
    return get_object_or_404(queries.run_by(account_of(request)).select_related("unit"), code=code)


def _question(request: HttpRequest, code: str, pk: int) -> Question:
    return get_object_or_404(meeting_of(request, code).questions.filter(state__in=SETTLED), pk=pk)


@never_cache
@staff(*queries.RUN)
def item(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """GET: one question of the register with its steps; POST: another list, term or next date."""
    question = _question(request, code, pk)
    if request.method != "POST":
        return _show(request, question)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return _show(request, question, status=422, place=form)
    return _done(request, question, lambda: domain_after.place(question, **form.cleaned_data))


@never_cache
@staff(*queries.RUN)
@require_POST
def step(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    question, form = _question(request, code, pk), StepForm(request.POST)
    if not form.is_valid():
        return _show(request, question, status=422, step=form)
    try:
        domain_after.step(question, account_of(request), **form.cleaned_data)
    except ValueError:
        form.add_error("text", _("Write what was done, at most 500 characters."))
        return _show(request, question, status=422, step=form)
    messages.success(request, _("Everybody reads it now."))
    return redirect("townhall:item", code, pk)


@never_cache
@staff(*queries.RUN)
@require_POST
def correct(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What was typed stays on the page where somebody was faster."""
    question, form = _question(request, code, pk), AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, question, status=422, answer=form)
    try:
        domain.correct(question, **form.cleaned_data)
    except ValueError:
        form.add_error("answer", _("Write down what was said: it is the answer everybody reads."))
        return _show(request, question, status=422, answer=form)
    except Late:
        form = AnswerForm(form.cleaned_data | {"seen": question.answer})
        form.add_error(
            "answer", _("Somebody was faster: the answer that stands now is above. Save again to replace it.")
        )
        return _show(request, question, status=GONE_ON, answer=form)
    messages.success(request, _("Everybody reads it now."))
    return redirect("townhall:item", code, pk)


@never_cache
@staff(*queries.RUN)
@require_POST
def as_case(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Judged unsolved: handed to a unit after all."""
    question, form = _question(request, code, pk), AsCaseForm(request.POST)
    if not form.is_valid():
        return _show(request, question, status=422, case=form)
    unit = codes.units().id(form.cleaned_data["unit"] or None)
    return _done(request, question, lambda: domain.reopen_as_case(question, unit_id=unit, due=form.cleaned_data["due"]))


def _done(request: HttpRequest, question: Question, verb: Any) -> HttpResponse:
    try:
        verb()
    except Late:
        messages.info(request, _("Somebody was faster: this is how it stands now."))
    else:
        messages.success(request, _("Saved."))
    return redirect("townhall:item", question.meeting.code, question.pk)


def _show(request: HttpRequest, question: Question, status: int = 200, **typed: Any) -> HttpResponse:
    kept = {"theme": question.theme, "term": question.term, "next_on": question.next_on}
    worded = AnswerForm(initial={"answer": question.answer, "seen": question.answer})
    forms = {"place": PlaceForm(initial=kept), "step": StepForm(), "case": AsCaseForm(), "answer": worded} | typed
    line = queries_after.line(question)
    unsolved = question.judgements.filter(solved=False)
    context = {"meeting": question.meeting, "line": line, "forms": forms, "unsolved": unsolved}
    return render(request, "townhall/item.html", context, status=status)


@never_cache
@staff(*queries.RUN)
@require_safe
def export(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The lines that are asked for, with definitions."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    meeting = meeting_of(request, code)
    register = queries_after.register(meeting, Asked.of(request.GET))
    return sheets.answer(kind, f"register-{code}", exports_register.sheets(meeting, register))


def register_context(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What `_register.html` is drawn with, on the workspace and before everybody."""
    register = queries_after.register(meeting, Asked.of(request.GET))
    return {
        "register": register,
        "page": Paginator(register.lines, ON_A_PAGE).get_page(request.GET.get("page")),
        "counted": [(one.value, one.label, register.standings[one.value]) for one in Standing],
        "standings": Standing.choices,
        "judged": queries_after.judged(meeting.questions.all()),
        "terms": Term.choices,
        "sorts": [(name, label) for name, (label, _order) in queries_after.SORTS.items()],
        "definitions": exports_register.definitions(),
    }
