"""The picture-and-text broadcast: staff write and show, everybody looks."""

import secrets

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.attachments import MOST_BYTES, MOST_PICTURES
from huiyin.people.access import account_of, staff
from huiyin.townhall import domain_feed, queries
from huiyin.townhall.domain import Late
from huiyin.townhall.forms_feed import FeedForm
from huiyin.townhall.models import Meeting, Picture
from huiyin.townhall.queries_feed import entries

_KEPT_SECONDS = 3600  # by browsers and whatever stands between: what is taken back is gone from there within the hour


def _meeting(request: HttpRequest, code: str) -> Meeting:
    return get_object_or_404(queries.run_by(account_of(request)), code=code)


@never_cache
@staff(*queries.RUN)
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """Write a text, or show pictures. A script that has blurred them is told in JSON, so that nothing of it is lost."""
    meeting = _meeting(request, code)
    form = FeedForm(request.POST or None, request.FILES or None, initial={"press": secrets.token_hex(8)})
    if form.is_valid():
        _put(request, meeting, form)
        messages.success(request, _("It stands on the live page."))
        here = reverse("townhall:feed", args=[code])
        return JsonResponse({"next": here}) if _by_script(request) else redirect(here)
    if form.is_bound and _by_script(request):
        said = [str(sentence) for sentences in form.errors.values() for sentence in sentences]
        return JsonResponse({"error": " ".join(said), "asks": form.asks}, status=422)
    context = {
        "meeting": meeting, "form": form, "entries": entries(meeting), "most": MOST_PICTURES, "most_bytes": MOST_BYTES,
    }  # fmt: skip
    return render(request, "townhall/feed.html", context, status=422 if form.is_bound else 200)


def _put(request: HttpRequest, meeting: Meeting, form: FeedForm) -> None:
    text, pictures, press = (form.cleaned_data[name] for name in ("text", "pictures", "press"))
    if pictures:
        domain_feed.show(meeting, pictures, caption=text, by=account_of(request), press=press)
    else:
        domain_feed.write(meeting, text=text, press=press)


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


@never_cache
@staff(*queries.RUN)
@require_POST
def take_back(request: HttpRequest, code: str, post: int) -> HttpResponse:
    found = get_object_or_404(_meeting(request, code).feed, number=post)
    try:
        domain_feed.take_back(found)
    except Late:
        raise Http404 from None
    messages.success(request, _("It is taken back: no page shows it any more."))
    return redirect("townhall:feed", code)


@require_safe
def picture(_request: HttpRequest, code: str, pk: int) -> FileResponse:
    """For everybody, until it is taken back."""
    one = get_object_or_404(Picture, meeting__code=code, pk=pk)
    try:
        file = one.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/jpeg")
    response["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
