"""The tracking page: a resident's own case, behind its number and secret."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.cases import labels
from huiyin.cases.domain import begin
from huiyin.cases.draft import RESIDENT, may
from huiyin.cases.models import Case
from huiyin.cases.store import Conflict
from huiyin.cases.timeline import public_timeline
from huiyin.evaluate import domain, tracking
from huiyin.evaluate.forms import AnswersForm, FindForm, NeededWordsForm, WordsForm
from huiyin.evaluate.refusals import faster, say
from huiyin.evaluate.stages import due_date, four_stages
from huiyin.kernel.moves import Refused

_FORMS: dict[str, type[forms.Form]] = {
    "evaluate": AnswersForm,
    "supplement": NeededWordsForm,
    "urge": WordsForm,
    "withdraw": NeededWordsForm,
}
Bound = dict[str, forms.Form]


@never_cache
def find(request: HttpRequest) -> HttpResponse:
    form = FindForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    if request.method != "POST":
        return _ask(request, form)
    if tracking.too_many(request):
        form.add_error(None, _("Too many tries. Wait ten minutes, or call 12345: they can look it up for you."))
        return _ask(request, form, status=429)
    if not form.is_valid():
        return _ask(request, form, status=422)
    number = tracking.plain(form.cleaned_data["number"])
    if tracking.open_with(number, tracking.plain(form.cleaned_data["secret"])) is None:
        tracking.note_wrong(request)
        form.add_error(None, _("Number and secret do not fit together. Compare both with your receipt, sign by sign."))
        return _ask(request, form, status=422)
    tracking.remember(request.session, number)
    return redirect("evaluate:track", number)


def _ask(request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
    return render(request, "evaluate/find.html", {"form": form}, status=status)


@never_cache
def track(request: HttpRequest, number: str) -> HttpResponse:
    if not tracking.holds(request.session, number):
        return _ask(request, FindForm(initial={"number": number}))
    case = get_object_or_404(Case.objects.select_related("body"), number=number)
    return _page(request, case, {})


@never_cache
@require_POST
def act(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    if kind not in _FORMS:
        raise Http404
    if not tracking.holds(request.session, number):
        return redirect("evaluate:track", number)
    case = get_object_or_404(Case.objects.select_related("body"), number=number)
    form = _FORMS[kind](request.POST)
    if not form.is_valid():
        return _page(request, case, {kind: form}, status=422)
    try:
        messages.success(request, _do(case, kind, form.cleaned_data))
    except Refused as refused:
        if refused.code == domain.URGED:
            messages.info(request, labels.say(refused))
            return redirect("evaluate:track", number)
        say(request, refused)
    except Conflict:
        faster(request)
        case.refresh_from_db()
    else:
        return redirect("evaluate:track", number)
    return _page(request, case, {kind: form}, status=409)


def _do(case: Case, kind: str, said: dict[str, Any]) -> str:
    """Do it, and the sentence that thanks for it."""
    if kind != "evaluate":
        domain.from_resident(case=case, kind=kind, text=said["text"])
        return {
            "supplement": _("Added. The unit sees it at once."),
            "urge": _("The unit has been reminded."),
            "withdraw": _("Taken back. Nothing more is done about it."),
        }[kind]
    domain.record(case=case, actor=RESIDENT, means="web", **said)
    if said["solved"]:
        return _("Thank you. The ring is closed.")
    return _("Thank you for saying so. It goes back to the unit, with a new date.")


def _page(request: HttpRequest, case: Case, bound: Bound, status: int = 200) -> HttpResponse:
    row = begin(case)[1]
    now = timezone.now()
    allowed = {kind: bound.get(kind, form()) for kind, form in _FORMS.items() if may(row, kind, RESIDENT, now)}
    due = due_date(case)
    context = {
        "case": case,
        "helpers": [part.unit for part in case.parts.all()],
        "stages": four_stages(case, due),
        "due": due,
        "entries": public_timeline(case),
        "forms": allowed,
        "lost": [form for kind, form in bound.items() if kind not in allowed],
    }
    return render(request, "evaluate/track.html", context, status=status)
