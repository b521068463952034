"""One entry with its time line: every verb has its form here; a counted part opens into its cases."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.models import Case
from huiyin.cases.paging import paged
from huiyin.cases.queries import visible_among
from huiyin.people.access import account_of, staff
from huiyin.standing import counted, domain_entries, links, queries, showing
from huiyin.standing.choices import COUNTED, Listed, Part, State
from huiyin.standing.forms import CoachForm, DecideForm, ReasonsForm, RecheckForm, RemoveForm
from huiyin.standing.log import Late
from huiyin.standing.models import Entry


class Door(NamedTuple):
    """A verb with its form, and when it stands on the page."""

    form: Callable[..., BaseForm]
    act: Callable[..., object]
    title: Any
    open: Callable[[Entry], bool]


DOORS: Final[Mapping[str, Door]] = {
    "reword": Door(
        ReasonsForm, domain_entries.reword, gettext_lazy("Word the reasons"), lambda one: one.state == State.PROPOSED
    ),
    "decide": Door(
        DecideForm, domain_entries.decide, gettext_lazy("Decide on the explanation"),
        lambda one: one.state == State.EXPLAINING,
    ),
    "coach": Door(
        CoachForm, domain_entries.coach, gettext_lazy("Record coaching"),
        lambda one: one.listed == Listed.BLACK and one.state in (State.PUBLISHED, State.COACHING),
    ),
    "recheck": Door(
        RecheckForm, domain_entries.recheck, gettext_lazy("Record a re-check"), lambda one: one.state == State.COACHING
    ),
    "remove": Door(
        RemoveForm, domain_entries.remove, gettext_lazy("Take it off the list"),
        lambda one: one.state == State.RECHECK or (one.listed == Listed.RED and one.state == State.PUBLISHED),
    ),
}  # fmt: skip


@never_cache
@require_safe
@staff(*queries.RUN)
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _entry(pk))


@never_cache
@require_POST
@staff(*queries.RUN)
def do(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    if verb not in DOORS:
        raise Http404
    found, door = _entry(pk), DOORS[verb]
    form = door.form(request.POST, auto_id=f"id_{verb}_%s")
    if form.is_valid():
        try:
            door.act(found, by=account_of(request), **form.cleaned_data)
        except ValueError as error:
            form.add_error(None, str(error))
        except Late:
            messages.info(request, _("Somebody was faster: this is how it stands now."))
    if form.errors:
        return _show(request, found, {verb: form}, status=422)
    return redirect("standing:entry", pk)


@never_cache
@require_safe
@staff(*queries.RUN)
def cases(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """The cases behind a counted part, as they are now; what was counted then is printed beside."""
    found = _entry(pk)
    if part not in COUNTED or found.cycle.counted_at is None:
        raise Http404
    areas = [estate.area_id for estate in queries.estates(found.company, found.cycle)]
    readable = visible_among(Case.objects.all(), account_of(request))
    behind = counted.cases(Part(part), areas, readable, found.cycle.stretch, found.cycle.counted_at)
    page = paged(behind, order=("-id",), cursor=request.GET.get("at", ""))
    row = next((row for row in showing.rows(found) if row.code == part), None)
    context = {"entry": found, "part": Part(part), "page": page, "rows": page.rows, "now": behind.count(), "row": row}
    return render(request, "standing/cases.html", context)


def _entry(pk: int) -> Entry:
    known = Entry.objects.select_related("cycle__sheet", "company__unit", "proposed_by", "decided_by")
    return get_object_or_404(known, pk=pk)


def _show(
    request: HttpRequest, found: Entry, forms: Mapping[str, BaseForm] | None = None, status: int = 200
) -> HttpResponse:
    open_ = {verb: door for verb, door in DOORS.items() if door.open(found) or verb in (forms or {})}
    token = links.token_of(found) if found.state == State.NOTIFIED else ""
    context = {
        "entry": found,
        "rows": showing.rows(found),
        "doors": [
            (verb, door.title, (forms or {}).get(verb) or _blank(verb, door, found)) for verb, door in open_.items()
        ],
        "timeline": showing.timeline(found),
        "estates": queries.estates(found.company, found.cycle),
        "link": request.build_absolute_uri(f"/standing/e/{token}/") if token else "",
        "pictures": found.evidence.all(),
        "coachings": found.coachings.select_related("by"),
        "rechecks": found.rechecks.select_related("by"),
    }
    return render(request, "standing/entry.html", context, status=status)


def _blank(verb: str, door: Door, found: Entry) -> BaseForm:
    known = {"initial": {"reasons": found.reasons}} if verb == "reword" else {}
    return door.form(auto_id=f"id_{verb}_%s", **known)
