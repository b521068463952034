"""The review of a meeting: drafted from its numbers, concluded by a person, saved as an official paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.people.access import account_of, staff
from huiyin.townhall import domain_after, queries, sheets
from huiyin.townhall.domain import Late
from huiyin.townhall.drafting import Part, drafted
from huiyin.townhall.forms_after import ReviewForm
from huiyin.townhall.models import Meeting, Review
from huiyin.townhall.queries_review import facts
from huiyin.townhall.views_after import GONE_ON, meeting_of


@never_cache
@staff(*queries.RUN)
def review(request: HttpRequest, code: str) -> HttpResponse:
    """GET: the draft and its conclusions; POST: the conclusions."""
    meeting = meeting_of(request, code)
    if request.method != "POST":
        return _show(request, meeting, ReviewForm(initial=_written(meeting)))
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _show(request, meeting, form, status=422)
    try:
        domain_after.write_review(meeting, account_of(request), **form.cleaned_data)
    except Late:
        return _written_meanwhile(request, meeting, form)
    messages.success(request, _("Saved."))
    return redirect("townhall:review", code)


def _written_meanwhile(request: HttpRequest, meeting: Meeting, form: ReviewForm) -> HttpResponse:
    """Both texts are shown; sent again, this one stands."""
    stands = _written(meeting)
    again = ReviewForm({"words": form.cleaned_data["words"], "version": stands["version"]})
    again.add_error("words", _("Somebody wrote meanwhile; their text stands above. Put both together, then save."))
    return _show(request, meeting, again, status=GONE_ON)


def _show(request: HttpRequest, meeting: Meeting, form: ReviewForm, status: int = 200) -> HttpResponse:
    context = {"meeting": meeting, "parts": _parts(meeting), "form": form}
    return render(request, "townhall/review.html", context, status=status)


def _written(meeting: Meeting) -> dict[str, Any]:
    found = Review.objects.filter(meeting=meeting).first()
    return {"words": found.words if found else "", "version": found.version if found else 0}


def _parts(meeting: Meeting) -> list[Part]:
    return drafted(facts(meeting), _written(meeting)["words"])


@never_cache
@staff(*queries.RUN)
@require_safe
def paper(request: HttpRequest, code: str) -> HttpResponse:
    from huiyin.townhall.papers import paper as written  # noqa: PLC0415 - python-docx waits until a paper is wanted

    meeting = meeting_of(request, code)
    body = written(f"{meeting.title}复盘报告", _parts(meeting), signed=meeting.unit.name)
    return sheets.saved(body, sheets.DOCX, f"review-{code}.docx")
