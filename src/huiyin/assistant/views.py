"""Fragments beside a text: a suggestion, or one sentence why there is none. 404 while no assistant is configured."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.assistant import domain
from huiyin.assistant.endpoint import NotAnswered, configured
from huiyin.assistant.queries import stays_inside, words_of
from huiyin.cases.asking import categories
from huiyin.cases.models import Case
from huiyin.cases.queries import visible_one
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff


@require_POST
@never_cache
@staff(Role.HANDLER, Role.LEADER)
def plainer(request: HttpRequest, number: str) -> HttpResponse:
    """The reply as it is typed, in plainer words; both stand to be taken."""
    case, text = _case(request, number), request.POST.get("text", "").strip()
    if not text:
        return _sorry(request, _("Write the reply first."))
    return _answered(
        request, "assistant/_plainer_said.html", lambda: domain.plainer(text, **_known(request, case)), text=text
    )


@require_POST
@never_cache
@staff()
def summary(request: HttpRequest, number: str) -> HttpResponse:
    case = _case(request, number)
    texts = words_of(case, case.events.order_by("seq"))
    return _answered(request, "assistant/_said.html", lambda: domain.summary(texts, **_known(request, case)))


@require_POST
@never_cache
@staff(Role.DISPATCHER)
def opinion(request: HttpRequest, number: str) -> HttpResponse:
    """Which category the model would take. The dispatcher chooses; the form is left as it is."""
    case, offered = _case(request, number), categories()
    text = case.body.text or case.title
    return _answered(
        request,
        "assistant/_opinion_said.html",
        lambda: domain.opinion(text, offered, **_known(request, case)),
    )


def _case(request: HttpRequest, number: str) -> Case:
    if not configured():
        raise Http404
    return get_object_or_404(visible_one(account_of(request)).select_related("body"), number=number.upper())


def _known(request: HttpRequest, case: Case) -> dict[str, Any]:
    return {"account": account_of(request), "confidential": stays_inside(case), "about": case.number}


def _answered(request: HttpRequest, template: str, ask: Callable[[], Any], **more: Any) -> HttpResponse:
    try:
        said = ask()
    except NotAnswered as problem:
        return _sorry(request, str(problem))
    return render(request, template, {"said": said, **more})


def _sorry(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "assistant/_sorry.html", {"sentence": sentence})
