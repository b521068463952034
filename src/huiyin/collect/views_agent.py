"""The agent's desk: one call, one form; beside it what may answer it, where it may go, who asked it before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.cases.labels import say as said
from huiyin.cases.models import Case
from huiyin.cases.private import phone_index
from huiyin.cases.store import Conflict
from huiyin.collect import knowledge, queries, settling
from huiyin.collect.domain import Message, Opened
from huiyin.collect.forms import AgentForm
from huiyin.collect.repeats import Asked, likely
from huiyin.collect.routes import routes
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.language.mask import mask
from huiyin.people.access import account_of, staff
from huiyin.people.models import Account

_SAID = ("text", "place", "person", "phone", "address", "confidential", "kind", "urgency", "channel")
_PREVIEW_CHARS = 5000


@dataclass(frozen=True, slots=True)
class Call:
    """What was taken down, by whom, and all that the form sent."""

    message: Message
    press: str
    account: Account
    sent: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Done:
    """The sentence that says what became of it; a new case with its secret, or the case that runs."""

    sentence: str
    opened: Opened | None = None
    case: Case | None = None


@staff(Role.AGENT)
@never_cache
def agent(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _agent(request, AgentForm())
    form = AgentForm(request.POST)
    if not form.is_valid():
        return _agent(request, form, status=422)
    call = Call(_message(form.cleaned_data), form.cleaned_data["press"], account_of(request), request.POST)
    do, _space, which = request.POST.get("do", "").partition(" ")
    try:
        done = _ENDINGS.get(do, _save)(call, which)
    except Refused as refused:
        form.add_error(None, said(refused))
        return _agent(request, form, status=422)
    except Conflict:
        form.add_error(None, _("Somebody was faster. What you typed is still here; look and decide again."))
        return _agent(request, form, status=409)
    return _agent(request, AgentForm(), done)


def _agent(request: HttpRequest, form: AgentForm, done: Done | None = None, *, status: int = 200) -> HttpResponse:
    shown = routes()
    if form.is_bound:
        post = request.POST
        shown = [
            replace(one, law=post.get(f"law_{one.key}", one.law), where=post.get(f"where_{one.key}", one.where))
            for one in shown
        ]
    return render(request, "collect/agent.html", {"form": form, "done": done, "routes": shown}, status=status)


def _message(values: Mapping[str, Any]) -> Message:
    area = values.get("area") or queries.area_named(values.get("place", ""))
    return Message(category=values.get("category") or None, area=area, **{name: values[name] for name in _SAID})


def _save(call: Call, _which: str) -> Done:
    opened = settling.take_down(call.message, press=call.press, account=call.account)
    registered = call.message.category
    return Done(_("Registered.") if registered else _("Taken down; it waits for the dispatcher."), opened)


def _answer(call: Call, which: str) -> Done:
    code, _space, version = which.partition(" ")
    known = knowledge.cited(code, version)
    message = call.message
    if known and known.item.category and not message.category:
        message = replace(message, category=known.item.category.code)
    opened = settling.answer_at_once(message, press=call.press, account=call.account, code=code, version=version)
    return Done(_("Answered at once and archived."), opened)


def _route(call: Call, which: str) -> Done:
    told = {name: str(call.sent.get(f"{name}_{which}", "")).strip()[:200] for name in ("law", "where")}
    opened = settling.tell_where(call.message, press=call.press, account=call.account, route=which, **told)
    return Done(_("Told where to go, and archived."), opened)


def _urge(call: Call, which: str) -> Done:
    case = settling.urge(call.message, account=call.account, case=_running(which))
    return Done(_("Added to the case that runs; its unit is reminded. No new case."), case=case)


def _merge(call: Call, which: str) -> Done:
    opened = settling.merge_new(call.message, press=call.press, account=call.account, into=_running(which))
    return Done(_("Merged: the caller is told together with the others."), opened)


def _running(number: str) -> Case:
    case = Case.objects.filter(number=number).first()
    if case is None:
        raise Refused("case", f"没有编号为{number}的诉求。", f"There is no case {number}.")
    return case


_ENDINGS: dict[str, Callable[[Call, str], Done]] = {
    "answer": _answer,
    "route": _route,
    "urge": _urge,
    "merge": _merge,
}


@staff(Role.AGENT)
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What everybody else will read of the text."""
    text = request.POST.get("text", "")[:_PREVIEW_CHARS]
    return render(request, "collect/_preview.html", {"masked": mask(text), "text": text})


@staff(Role.AGENT)
@never_cache
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """What may answer the call that is being typed, and who asked it before; half a form is enough."""
    form = AgentForm(request.POST)
    form.is_valid()
    values = form.cleaned_data
    text, category = request.POST.get("text", "")[:_PREVIEW_CHARS], values.get("category") or None
    place = values.get("place") or ""
    asked = Asked(
        text=text,
        phone_index=phone_index(values.get("phone") or ""),
        area=values.get("area") or queries.area_named(place),
        place=place,
        category=category,
        calls=True,
    )
    context = {"items": knowledge.offered(text, category), "repeats": likely(asked) if text.strip() else []}
    return render(request, "collect/_look.html", context)
