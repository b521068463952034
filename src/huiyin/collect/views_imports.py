"""Imports in the browser: upload, choose or draw a map, check, import, read the report."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.collect import uploads
from huiyin.collect.forms_imports import DrawForm, StartForm, UploadForm
from huiyin.collect.importing import FileProblem, find_map
from huiyin.collect.importing.drawing import draw as draw_map
from huiyin.collect.models import ImportRun
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff

_LATEST = 50
_ROLES = (Role.AGENT, Role.DISPATCHER, Role.ADMIN)


@staff(*_ROLES)
@never_cache
def imports(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            record = uploads.take_in(form.cleaned_data["file"], account_of(request))
        except FileProblem as problem:
            form.add_error("file", _words(problem))
        else:
            return redirect("collect:import", record.pk)
    runs = ImportRun.objects.select_related("by")[:_LATEST]
    status = 422 if form.is_bound else 200
    return render(request, "collect/imports.html", {"form": form, "runs": runs}, status=status)


@staff(*_ROLES)
@never_cache
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(ImportRun, pk=pk)
    context: dict[str, Any] = {"run": record, "percent": _percent(record), "message": _message(record)}
    if record.file and record.state != ImportRun.State.RUNNING and not _queued(record):
        try:
            look = uploads.look(record)
        except FileProblem as problem:
            context["message"] = _words(problem)
        else:
            chosen = request.GET.get("map") or record.map_name or (look.fits.name if look.fits else "")
            context |= {"look": look, "form": StartForm(initial={"map": chosen})}
    return render(request, "collect/import.html", context)


@staff(*_ROLES)
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(ImportRun.objects.exclude(file=""), pk=pk)
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a map first, or pair the columns."))
        return redirect("collect:import", pk)
    uploads.start(record, find_map(form.cleaned_data["map"]), dry_run="dry" in request.POST)
    return redirect("collect:import", pk)


@staff(*_ROLES)
@never_cache
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    record = get_object_or_404(ImportRun.objects.exclude(file=""), pk=pk)
    look = uploads.look(record)
    form = DrawForm(look, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            drawn = draw_map(by=account_of(request), **form.drawn())
        except FileProblem as problem:
            form.add_error(None, _words(problem))
        else:
            return redirect(f"{record_url(record)}?map={drawn.name}")
    status = 422 if form.is_bound else 200
    return render(request, "collect/draw.html", {"run": record, "look": look, "form": form}, status=status)


@staff(*_ROLES)
@never_cache
@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked every second; the whole page comes anew once there is a result to show."""
    record = get_object_or_404(ImportRun, pk=pk)
    response = render(request, "collect/_progress.html", {"run": record, "percent": _percent(record)})
    if record.state not in uploads.UNFINISHED:
        response["HX-Refresh"] = "true"
    return response


@staff(*_ROLES)
@require_safe
def report(_request: HttpRequest, pk: int) -> HttpResponseBase:
    record = get_object_or_404(ImportRun.objects.exclude(report=""), pk=pk)
    try:
        file = record.report.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, as_attachment=True, filename=f"import-{record.pk}.csv", content_type="text/csv")


def record_url(record: ImportRun) -> str:
    return redirect("collect:import", record.pk).url


def _queued(record: ImportRun) -> bool:
    return record.state == ImportRun.State.WAITING and bool(record.map_name)


def _percent(record: ImportRun) -> int | None:
    return min(99, record.done * 100 // record.rows) if record.rows and record.done else None


def _message(record: ImportRun) -> str:
    zh, _, en = record.message.partition("\n")
    return en if en and _english() else zh


def _words(problem: FileProblem) -> str:
    return problem.en if _english() else problem.zh


def _english() -> bool:
    return (get_language() or "").startswith("en")
