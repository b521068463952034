"""The season of meetings: who has a meeting, who has none, as a page and as a file."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff
from huiyin.townhall import exports, queries, queries_season, sheets
from huiyin.townhall.choices import Stage
from huiyin.townhall.forms_season import SeasonForm
from huiyin.townhall.models import Meeting, Season

SET = (Role.SUPERVISOR, Role.DISPATCHER)


@never_cache
@staff()
@require_safe
def season(request: HttpRequest) -> HttpResponse:
    known = queries_season.seasons()
    found = queries_season.chosen(known, request.GET.get("season", ""), timezone.localdate())
    meetings = queries_season.listed(found)
    account = account_of(request)
    mine = set(queries.run_by(account).values_list("pk", flat=True))
    covered = queries_season.coverage(meetings)
    on_air = queries_season.on_air(but=meetings)
    context = {
        "seasons": known,
        "season": found,
        "stages": Stage.choices,
        "stage": _stage(request),
        "meetings": [(meeting, meeting.pk in mine) for meeting in _of_stage(request, meetings)],
        "on_air": [(meeting, meeting.pk in mine) for meeting in on_air],
        "covered": covered,
        "uncovered": covered.uncovered,
        "met": covered.covered,
        "may_plan": account.has_role(*queries.RUN),
        "may_set": account.has_role(*SET),
    }
    return render(request, "townhall/season.html", context)


def _stage(request: HttpRequest) -> str:
    asked = request.GET.get("stage", "")
    return asked if asked in Stage else ""


def _of_stage(request: HttpRequest, meetings: list[Meeting]) -> list[Meeting]:
    stage = _stage(request)
    return [meeting for meeting in meetings if stage in ("", meeting.stage)]


@never_cache
@staff()
@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse:
    """What the page lists, as a file that says which season it is of."""
    if form not in ("csv", "xlsx"):
        raise Http404
    known = queries_season.seasons()
    found = queries_season.chosen(known, request.GET.get("season", ""), timezone.localdate())
    meetings = queries_season.listed(found)
    title, shown = str(found or _("All meetings")), _of_stage(request, meetings)
    rows = exports.plan(title, shown, queries_season.coverage(meetings).uncovered)
    return sheets.answer(form, f"meetings-{timezone.localtime():%Y%m%d-%H%M}", {_("Plan of meetings"): rows})


@never_cache
@staff(*SET)
def new(request: HttpRequest) -> HttpResponse:
    return _set(request, None)


@never_cache
@staff(*SET)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _set(request, get_object_or_404(Season, pk=pk))


def _set(request: HttpRequest, season: Season | None) -> HttpResponse:
    form = SeasonForm(request.POST if request.method == "POST" else None, instance=season)
    if not form.is_valid():
        context = {"form": form, "season": season}
        return render(request, "townhall/season_form.html", context, status=422 if form.is_bound else 200)
    kept = form.save()
    messages.success(request, _("The season is set."))
    return redirect(f"{reverse('townhall:season')}?season={kept.pk}")
