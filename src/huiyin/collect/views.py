"""The two doors where people speak."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases import codes
from huiyin.cases.draft import Actor
from huiyin.cases.labels import say as said
from huiyin.collect import queries, receipts
from huiyin.collect.domain import Message, Opened, receive_once
from huiyin.collect.forms import AgentForm, SayForm
from huiyin.collect.senders import may_send
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.language.mask import mask
from huiyin.people.access import account_of, staff
from huiyin.people.models import Account

_SAID = ("text", "place", "lat", "lon", "person", "phone", "address", "confidential")
_PREVIEW_CHARS = 5000


@never_cache
def say(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _say(request, SayForm())
    form = SayForm(request.POST, request.FILES)
    if not may_send(request):
        form.add_error(None, _("Too many requests came from your connection this hour. Try later, or call 12345."))
        return _say(request, form, status=429)
    if not form.is_valid():
        return _say(request, form, status=422)
    values = form.cleaned_data
    message = Message(channel="web", area=queries.area_named(values["place"]), **{name: values[name] for name in _SAID})
    try:
        opened = receive_once(message, press=values["press"], pictures=values["pictures"])
    except Refused as refused:
        form.add_error(None, said(refused))
        return _say(request, form, status=422)
    return receipts.hand_over(redirect("collect:said"), opened)


def _say(request: HttpRequest, form: SayForm, status: int = 200) -> HttpResponse:
    return render(request, "collect/say.html", {"form": form}, status=status)


@never_cache
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    ticket = receipts.taken(request)
    return render(request, "collect/receipt.html", {"ticket": ticket}) if ticket else redirect("collect:say")


@require_safe
@cache_control(max_age=600)
def areas(_request: HttpRequest) -> JsonResponse:
    return JsonResponse(queries.area_points())


@staff(Role.AGENT)
@never_cache
def agent(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _agent(request, AgentForm())
    form = AgentForm(request.POST)
    if not form.is_valid():
        return _agent(request, form, status=422)
    try:
        opened = _take_down(form.cleaned_data, account_of(request))
    except Refused as refused:
        form.add_error(None, said(refused))
        return _agent(request, form, status=422)
    return _agent(request, AgentForm(), opened, registered=bool(form.cleaned_data["category"]))


def _agent(
    request: HttpRequest, form: AgentForm, opened: Opened | None = None, *, registered: bool = False, status: int = 200
) -> HttpResponse:
    context = {"form": form, "opened": opened, "registered": registered}
    return render(request, "collect/agent.html", context, status=status)


def _take_down(values: dict[str, Any], account: Account) -> Opened:
    """Receive and, with a category, register, as one transaction. Raises `Refused`."""
    named = {name: values[name] for name in ("kind", "category", "urgency")}
    message = Message(
        channel=values["channel"],
        area=values["area"] or queries.area_named(values["place"]),
        kind=values["kind"],
        category=values["category"] or None,
        urgency=values["urgency"],
        **{name: values[name] for name in _SAID if name in values},
    )
    actor = Actor(f"account:{account.pk}", Role.AGENT, codes.units().code(min(account.roles[Role.AGENT])))
    return receive_once(message, press=values["press"], actor=actor, registration=named if values["category"] else None)


@staff(Role.AGENT)
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What everybody else will read of the text."""
    text = request.POST.get("text", "")[:_PREVIEW_CHARS]
    return render(request, "collect/_preview.html", {"masked": mask(text), "text": text})
