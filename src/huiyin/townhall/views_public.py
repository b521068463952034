"""For everybody: the live page, what a browser asks of it without a stream, one's own questions, the progress after.

Where `huiyin live` stands in front, it answers `snapshot.json`, `ask` and `like` itself; the answers are the same.
"""

import hashlib
import json
import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.qr import qr
from huiyin.people.senders import sender
from huiyin.townhall import domain
from huiyin.townhall import snapshot as snapshots
from huiyin.townhall.choices import PUBLIC, State
from huiyin.townhall.domain_after import may_be_judged
from huiyin.townhall.limits import may_ask, may_like
from huiyin.townhall.models import Meeting, Question
from huiyin.townhall.numbers import number
from huiyin.townhall.panels import on_live_page
from huiyin.townhall.queries_feed import entries
from huiyin.townhall.streaming import stream, streamed
from huiyin.townhall.viewers import remember, viewer_of
from huiyin.townhall.views_after import register_context
from huiyin.townhall.words import NotTaken

_PRESS = 32  # characters


def _meeting(code: str) -> Meeting:
    return get_object_or_404(Meeting.objects.select_related("unit"), code=code)


@never_cache
@streamed
@ensure_csrf_cookie
@require_safe
def live(request: HttpRequest, code: str) -> HttpResponse:
    """The page, with what there is so far: it can be read without JavaScript."""
    meeting = _meeting(code)
    first = snapshots.snapshot(meeting)
    questions = _drawn(meeting)
    context = {
        "meeting": meeting,
        "first": first,
        "questions": questions,
        "spotlit": next((one for one in questions if one.state == State.SPOTLIT), None),
        "entries": entries(meeting),
        "zone": settings.TIME_ZONE,
        "stream": stream(request, code),
        "press": secrets.token_hex(8),
        "panels": list(on_live_page.of(meeting)),
    }
    return remember(request, render(request, "townhall/live.html", context))


def _drawn(meeting: Meeting) -> list[Question]:
    """Before everybody, newest settled ones after what is still open."""
    shown = meeting.questions.filter(state__in=PUBLIC).select_related("unit")
    return list(shown.order_by(F("spotlit_at").desc(nulls_last=True), "-likes", "-pk")[: snapshots.MOST])


@cache_control(public=True, max_age=1)
@require_safe
def snapshot(request: HttpRequest, code: str) -> HttpResponse:
    after = number(request.GET.get("after", ""))
    body = json.dumps(snapshots.snapshot(_meeting(code), after), ensure_ascii=False)
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    return HttpResponse(body, content_type="application/json", headers={"ETag": tag})


@never_cache
@require_POST
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """A question by a browser; the same press or words again are the same question, whatever the limits say."""
    meeting, viewer = _meeting(code), viewer_of(request)
    text, press = request.POST.get("text", "").strip(), request.POST.get("press", "")
    if len(text) > domain.LONGEST or "\0" in text or not (press.isalnum() and len(press) <= _PRESS):
        return _told(_("Write your question, at most 500 characters."), 400)
    if known := meeting.questions.filter(press=press, asker=viewer).first():
        return JsonResponse({"question": known.pk, "state": known.state})
    if not may_ask(meeting, viewer, sender(request)):
        return _told(_("That was a lot in a short time. Please try again in a few minutes, or ask on paper."), 429)
    return _asked(request, meeting, viewer)


def _asked(request: HttpRequest, meeting: Meeting, viewer: UUID | None) -> HttpResponse:
    text, press, name, phone = (request.POST.get(field, "").strip() for field in ("text", "press", "name", "phone"))
    try:
        question = domain.ask(meeting, text=text, press=press, asker=viewer, name=name, phone=phone)
    except NotTaken:
        return _told(_("Your question holds words that are not taken. Say it in other words, then ask again."), 422)
    except ValueError:
        return _told(_("Write your question, at most 500 characters."), 400)
    except domain.Late:
        return _told(_("This page is not fresh any more. Reload it, then ask again."), 409)
    status = 201 if question.press == press else 200
    return JsonResponse({"question": question.pk, "state": question.state}, status=status)


def _told(sentence: str, status: int) -> HttpResponse:
    return JsonResponse({"error": sentence}, status=status)


@never_cache
@require_POST
def like(request: HttpRequest, code: str) -> HttpResponse:
    meeting, viewer = _meeting(code), viewer_of(request)
    question = get_object_or_404(meeting.questions, pk=number(request.POST.get("question", "")))
    if viewer is None:
        return _told(_("This page is not fresh any more. Reload it, then ask again."), 400)
    if not may_like(meeting, sender(request)):
        return _told(_("That was a lot in a short time. Please try again in a few minutes, or ask on paper."), 429)
    domain.like(question, viewer)
    return HttpResponse(status=204)


@never_cache
@require_safe
def mine(request: HttpRequest, code: str) -> HttpResponse:
    """What this browser asked, the receipt of each case that came of it, and where each answer is judged."""
    meeting, viewer = _meeting(code), viewer_of(request)
    asked = meeting.questions.filter(asker=viewer).select_related("unit", "case", "into") if viewer else []
    shown = [_own(one) for one in asked]
    return render(request, "townhall/_mine.html", {"questions": shown, "meeting": meeting})


def _own(question: Question) -> dict[str, Any]:
    """The question with what became of it, or of the one that stands for it."""
    stands = question.into or question
    receipt = ""
    if question.case:
        receipt = f"{reverse('evaluate:track', args=[question.case.number])}#S{domain.secret_of(question)}"
    return {"question": question, "stands": stands, "receipt": receipt, "judged": may_be_judged(stands)}


@streamed
@require_safe
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """For the hall: the question being answered, large; the queue; the code to ask with one's phone."""
    meeting = _meeting(code)
    address = request.build_absolute_uri(reverse("townhall:live", args=[code]))
    context = {"meeting": meeting, "code": qr(address), "address": address, "stream": stream(request, code)}
    return render(request, "townhall/screen.html", context)


@require_safe
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """The public register: every settled question with its list, term, unit, date and state."""
    meeting = _meeting(code)
    return render(request, "townhall/progress.html", {"meeting": meeting} | register_context(request, meeting))
