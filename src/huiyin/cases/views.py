"""The case page, and every move of the table through one view."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_htmx.http import reswap, retarget, trigger_client_event

from huiyin.cases.buttons import refused_now
from huiyin.cases.domain import unmask
from huiyin.cases.forms import MoveForm, UnmaskForm, move_form
from huiyin.cases.labels import say
from huiyin.cases.models import Case
from huiyin.cases.moving import perform, refused_here
from huiyin.cases.page import case_context
from huiyin.cases.queries import visible_one
from huiyin.cases.store import Conflict
from huiyin.kernel.moves import MOVES, Move, Refused
from huiyin.people.access import account_of, staff

_MOVED = "case-moved"


def visible_case(request: HttpRequest, number: str) -> Case:
    """404 for what does not exist and for what is not this account's to see: the answer gives nothing away."""
    cases = visible_one(account_of(request)).select_related("body", "assignee")
    return get_object_or_404(cases.prefetch_related("parts"), number=number.upper())


@never_cache
@staff()
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    return show(request, visible_case(request, number))


@never_cache
@staff()
def move(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """GET: the form; POST: the move. Any row of the table, for whoever may make it now."""
    if kind not in MOVES:
        raise Http404
    case, row = visible_case(request, number), MOVES[kind]
    if request.method != "POST":
        return _ask(request, case, row)
    form = move_form(row, case, account_of(request), request.POST, request.FILES)
    if not form.is_valid():
        return _refill(request, case, row, form)
    try:
        perform(move=row, case=case, account=account_of(request), form=form)
    except Conflict:
        return _overtaken(request, number, row)
    except Refused as refused:
        form.add_error(None, say(refused))
        return _refill(request, case, row, form)
    messages.success(request, _("Done: %(move)s.") % {"move": say(row)})
    return moved(request, case)


def moved(request: HttpRequest, case: Case) -> HttpResponse:
    if not _part(request):
        return redirect(case)
    return trigger_client_event(show(request, visible_case(request, case.number)), _MOVED)


def _ask(request: HttpRequest, case: Case, row: Move) -> HttpResponse:
    if refused := refused_here(row, case, account_of(request)):
        messages.warning(request, say(refused))
        return show(request, case)
    form = move_form(row, case, account_of(request))
    if _part(request):
        return render(request, "cases/_move.html", {"case": case, "move": row, "label": say(row), "form": form})
    return show(request, case, row, form)


def _refill(request: HttpRequest, case: Case, row: Move, form: MoveForm) -> HttpResponse:
    """What was typed, with what is wrong about it."""
    if not _part(request):
        return show(request, case, row, form, status=422)
    context = {"case": case, "move": row, "label": say(row), "form": form}
    response = render(request, "cases/_move.html", context, status=422)
    return reswap(retarget(response, "#move"), "innerHTML")


def _overtaken(request: HttpRequest, number: str, row: Move) -> HttpResponse:
    """Somebody was faster: the fresh state, with what was typed to send again or to copy."""
    case = visible_case(request, number)
    words = _("Somebody was faster: this is how it stands now. What you typed is still here; look and decide again.")
    messages.warning(request, words)
    typed = request.POST.copy()
    typed["seq"] = str(case.seq)
    again = move_form(row, case, account_of(request), typed)
    gone = refused_now(row, case, account_of(request)) is not None
    return show(request, case, row, again, status=409, gone=gone)


def show(
    request: HttpRequest,
    case: Case,
    row: Move | None = None,
    form: MoveForm | None = None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page, or for htmx the case alone; with `form` of the move `row` open."""
    context = case_context(case, account_of(request)) | {"move": row, "form": form, **more}
    context |= {"label": say(row) if row else "", "back": _back(request)}
    return render(request, "cases/_fragment.html" if _part(request) else "cases/case.html", context, status=status)


def _part(request: HttpRequest) -> bool:
    """Whether htmx puts the answer into a page that stands; after going back it asks for the whole page again."""
    return bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]


def _back(request: HttpRequest) -> str:
    """The list that the person came from, when it was one."""
    here = str(request.htmx.current_url_abs_path or "")  # type: ignore[attr-defined]
    try:
        listed = "number" not in resolve(here.partition("?")[0]).kwargs
    except Resolver404:
        listed = False
    return here if listed else reverse("cases:search")


@never_cache
@staff()
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """The person's originals for a stated purpose: once, in this answer only."""
    case = visible_case(request, number)
    form = UnmaskForm(request.POST or None)
    if not form.is_valid():
        return _say_why(request, case, form)
    try:
        person = unmask(case=case, account=account_of(request), **form.cleaned_data)
    except Refused as refused:
        raise PermissionDenied(say(refused)) from refused
    template = "cases/_originals.html" if _part(request) else "cases/person.html"
    return render(request, template, {"case": case, "person": person})


def _say_why(request: HttpRequest, case: Case, form: UnmaskForm) -> HttpResponse:
    template = "cases/_unmask.html" if _part(request) else "cases/unmask.html"
    response = render(request, template, {"case": case, "unmask_form": form}, status=422 if form.is_bound else 200)
    return reswap(retarget(response, "#unmask-body"), "innerHTML")


@staff()
@require_safe
def attachment(request: HttpRequest, number: str, pk: int) -> FileResponse:
    picture = get_object_or_404(visible_case(request, number).attachments, pk=pk)
    response = FileResponse(picture.file.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "no-store"
    return response
