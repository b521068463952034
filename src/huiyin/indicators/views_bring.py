"""Bringing a file in: looked over first, then taken in whole or not at all."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.labels import say
from huiyin.collect.importing.problems import FileProblem
from huiyin.indicators import domain, exports, queries, reading, spans
from huiyin.indicators.domain import Compared
from huiyin.indicators.forms import FileForm, TakeForm
from huiyin.indicators.models import Indicator, Load
from huiyin.indicators.reading import Line, Unreadable
from huiyin.people.access import account_of, staff
from huiyin.townhall import sheets

_SALT = "indicators.looked"
_HOURS = 4


@never_cache
@staff(*queries.BRING)
def bring(request: HttpRequest) -> HttpResponse:
    """GET: the form; POST: what the file would change, to be looked over."""
    form = FileForm(request.POST or None, request.FILES or None, initial={"indicator": request.GET.get("indicator")})
    if request.method != "POST":
        return _ask(request, form)
    if not form.is_valid():
        return _ask(request, form, status=422)
    try:
        table = reading.table_of(form.cleaned_data["file"], form.cleaned_data["indicator"])
    except Unreadable as wrong:
        return _ask(request, form, status=422, problems=wrong.sentences)
    except FileProblem as problem:
        return _ask(request, form, status=422, problems=(say(problem),))
    told = {name: form.cleaned_data[name] for name in ("indicator", "source", "cut_off")}
    told |= {"filename": form.cleaned_data["file"].name, "sha256": table.sha256, "lines": table.lines}
    try:
        domain.require_counted(table.lines, told["cut_off"])
    except ValueError as error:
        return _ask(request, form, status=422, problems=(str(error),))
    return _look(request, told)


@never_cache
@require_POST
@staff(*queries.BRING)
def take(request: HttpRequest) -> HttpResponse:
    form = TakeForm(request.POST)
    told = _looked(form)
    if told is None:
        messages.warning(request, _("That was too long ago: bring the file again."))
        return redirect("indicators:bring")
    try:
        load = domain.take_in(by=account_of(request), **told)
    except ValueError as error:
        messages.info(request, str(error))
    except domain.Changed:
        messages.warning(request, _("Somebody brought other values in meanwhile: look this over once more."))
        return _look(request, told, status=409)
    else:
        _tell(request, load)
    return redirect("indicators:indicator", told["indicator"].code)


@never_cache
@require_safe
@staff(*queries.BRING)
def template(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 the address of a view
    """The empty table of one indicator."""
    found = get_object_or_404(Indicator, code=code)
    return sheets.answer("xlsx", f"{code}-template", exports.template(found))


def _tell(request: HttpRequest, load: Load) -> None:
    told = ngettext("%(count)d value is taken in.", "%(count)d values are taken in.", load.rows) % {"count": load.rows}
    if load.corrected:
        told += " " + _("%(count)d of them correct an earlier one, which stays on record.") % {"count": load.corrected}
    messages.success(request, told)


def _ask(request: HttpRequest, form: FileForm, status: int = 200, problems: tuple[str, ...] = ()) -> HttpResponse:
    context = {
        "form": form,
        "problems": problems,
        "indicators": Indicator.objects.all(),
        "loads": Load.objects.select_related("indicator", "by")[:20],
    }
    return render(request, "indicators/bring.html", context, status=status)


def _look(request: HttpRequest, told: dict[str, Any], status: int = 200) -> HttpResponse:
    indicator: Indicator = told["indicator"]
    compared = domain.compare(indicator, told["lines"])
    context = {
        "indicator": indicator,
        "told": told,
        "compared": [(one, spans.said(indicator.cycle, one.line.start)) for one in compared],
        "counts": {effect: sum(one.effect == effect for one in compared) for effect in ("new", "corrected", "same")},
        "form": TakeForm(initial={"looked": _signed(told, compared)}),
    }
    return render(request, "indicators/look.html", context, status=status)


def _signed(told: dict[str, Any], compared: list[Compared]) -> str:
    lines = [_written(one.line, one.was) for one in compared]
    about = [told["indicator"].code, told["filename"], told["source"], str(told["cut_off"]), told["sha256"]]
    return signing.dumps([about, lines], salt=_SALT, compress=True)


def _written(line: Line, was: Decimal | None) -> list[Any]:
    return [line.row, line.unit, str(line.start), str(line.end), str(line.value), None if was is None else str(was)]


def _looked(form: TakeForm) -> dict[str, Any] | None:
    if not form.is_valid():
        return None
    try:
        about, lines = signing.loads(form.cleaned_data["looked"], salt=_SALT, max_age=_HOURS * 3600)
    except signing.BadSignature:
        return None
    code, name, source, cut_off, sha256 = about
    indicator = Indicator.objects.filter(code=code).first()
    if indicator is None:
        return None
    return {
        "indicator": indicator, "filename": name, "source": source, "cut_off": date.fromisoformat(cut_off),
        "sha256": sha256, "lines": [_line(*one) for *one, _was in lines],
        "seen": [None if was is None else Decimal(was) for *_one, was in lines],
    }  # fmt: skip


def _line(row: int, unit: str, start: str, end: str, value: str) -> Line:
    return Line(row, unit, date.fromisoformat(start), date.fromisoformat(end), Decimal(value))
