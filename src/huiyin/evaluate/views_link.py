"""The page behind a one-time link: three neutral questions, on a phone, without number and secret."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.cases.labels import say as said
from huiyin.cases.models import Case
from huiyin.cases.qr import qr
from huiyin.cases.store import Conflict
from huiyin.evaluate import links, tracking
from huiyin.evaluate.forms import AnswersForm
from huiyin.evaluate.models import Link
from huiyin.evaluate.refusals import faster, say
from huiyin.kernel.moves import Refused


@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    if tracking.too_many(request):
        return _gone(request, status=429)
    link = links.find(token)
    if link is None:
        tracking.note_wrong(request)
        return _gone(request, status=404)
    if not link.is_open(timezone.now()):
        return _gone(request, status=410, used=link.used_at is not None)
    form = AnswersForm(request.POST or None)
    if request.method != "POST":
        return _ask(request, link, form)
    if not form.is_valid():
        return _ask(request, link, form, status=422)
    return _use(request, link, form)


def _use(request: HttpRequest, link: Link, form: AnswersForm) -> HttpResponse:
    try:
        links.use(link=link, answers=form.cleaned_data)
    except Refused as refused:
        link.refresh_from_db()
        if link.used_at:  # pressed twice: the answer is on record
            return _gone(request, status=410, used=True)
        form.add_error(None, said(refused))
        return _ask(request, link, form, status=409)
    except Conflict:
        faster(request)
        link.case.refresh_from_db()
        return _ask(request, link, form, status=409)
    return render(request, "evaluate/link_done.html", {"solved": form.cleaned_data["solved"]})


def _ask(request: HttpRequest, link: Link, form: AnswersForm, status: int = 200) -> HttpResponse:
    return render(request, "evaluate/link.html", {"case": link.case, "form": form}, status=status)


def _gone(request: HttpRequest, *, status: int, used: bool = False) -> HttpResponse:
    return render(request, "evaluate/link_gone.html", {"used": used, "status": status}, status=status)


@never_cache
@require_POST
def code(request: HttpRequest, number: str) -> HttpResponse:
    """A code to scan with another phone, for whoever opened the case with its secret."""
    if not tracking.holds(request.session, number):
        return redirect("evaluate:track", number)
    case = get_object_or_404(Case, number=number)
    try:
        link = links.give(case=case, means=Link.Means.QR)
    except Refused as refused:
        say(request, refused)
        return redirect("evaluate:track", number)
    address = request.build_absolute_uri(f"/e/{links.token_of(link)}")
    context = {"case": case, "link": link, "address": address, "code": qr(address)}
    return render(request, "evaluate/code.html", context)
