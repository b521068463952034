"""The lines of party secretaries: for everybody the list and the form, for leaders what is published."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.cases.labels import say as said
from huiyin.collect import receipts
from huiyin.collect.domain import Opened
from huiyin.collect.senders import may_send
from huiyin.kernel.moves import Refused
from huiyin.people.access import account_of, staff
from huiyin.reception import domain_lines, queries_lines
from huiyin.reception.forms_lines import LineForm, TellForm
from huiyin.reception.models import Line

_SAID = ("text", "place", "person", "phone", "confidential")
_WORDS = 60


@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:_WORDS]
    return render(request, "reception/lines.html", {"lines": queries_lines.found(words), "words": words})


@never_cache
def line(request: HttpRequest, code: str) -> HttpResponse:
    line = get_object_or_404(domain_lines.open_on(timezone.localdate()), unit__code=code)
    if request.method != "POST":
        return _line(request, line, TellForm(), 200)
    form = TellForm(request.POST)
    if not may_send(request):
        form.add_error(None, _("Too many requests came from your connection this hour. Try later, or call 12345."))
        return _line(request, line, form, 429)
    opened = _told(line, form) if form.is_valid() else None
    return receipts.hand_over(redirect("collect:said"), opened) if opened else _line(request, line, form, 422)


def _told(line: Line, form: TellForm) -> Opened | None:
    values = form.cleaned_data
    try:
        return domain_lines.tell(line, press=values["press"], **{name: values[name] for name in _SAID})
    except Refused as refused:
        form.add_error(None, said(refused))
        return None


def _line(request: HttpRequest, line: Line, form: TellForm, status: int) -> HttpResponse:
    return render(request, "reception/line.html", {"line": line, "form": form}, status=status)


@never_cache
@staff(*queries_lines.MANAGE)
@require_safe
def manage(request: HttpRequest) -> HttpResponse:
    account, today = account_of(request), timezone.localdate()
    managed = list(queries_lines.managed(account))
    context = {
        "lines": managed,
        "open": set(
            domain_lines.open_on(today).filter(pk__in=[one.pk for one in managed]).values_list("pk", flat=True)
        ),
        "may_publish": queries_lines.units_of(account).filter(line=None).exists(),
        "since": today - timedelta(days=queries_lines.COUNTED_DAYS),
    }
    return render(request, "reception/manage.html", context)


@never_cache
@staff(*queries_lines.MANAGE)
def new(request: HttpRequest) -> HttpResponse:
    return _edited(request, None)


@never_cache
@staff(*queries_lines.MANAGE)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edited(request, get_object_or_404(queries_lines.managed(account_of(request)), pk=pk))


def _edited(request: HttpRequest, line: Line | None) -> HttpResponse:
    form = LineForm(request.POST or None, units=queries_lines.units_of(account_of(request)), instance=line)
    if not form.is_valid():
        context = {"form": form, "line": line}
        return render(request, "reception/line_edit.html", context, status=422 if form.is_bound else 200)
    form.save()
    messages.success(request, _("The line stands as you wrote it."))
    return redirect("reception:manage")
