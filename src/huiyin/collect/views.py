"""The public door."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.labels import say as said
from huiyin.cases.models import Event
from huiyin.collect import queries, receipts
from huiyin.collect.domain import Message, receive_once
from huiyin.collect.emergency import spotted
from huiyin.collect.forms import SayForm
from huiyin.collect.senders import may_send
from huiyin.kernel.moves import Refused

_SAID = ("text", "place", "lat", "lon", "person", "phone", "address", "confidential")
_READ_CHARS = 5000


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
    if ticket is None:
        return redirect("collect:say")
    return render(request, "collect/receipt.html", {"ticket": ticket, "handed_off": _handed_off(ticket.number)})


def _handed_off(number: str) -> str:
    """Whom the person must call now, where the case was handed off as it arrived."""
    handed = Event.objects.filter(case__number=number, case__emergency=True, kind="hand_off").last()
    return str(handed.public["where"]) if handed else ""


@require_POST
def alarm(request: HttpRequest) -> HttpResponse:
    """Whom to call at once, for a text that is being typed. Nothing is kept."""
    text = request.POST.get("text", "")[:_READ_CHARS]
    return render(request, "collect/_alarm.html", {"alarms": spotted(text)})


@require_safe
@cache_control(max_age=600)
def areas(_request: HttpRequest) -> JsonResponse:
    return JsonResponse(queries.area_points())
