"""For the staff: votes that one may run, planning one, and the page from which it is run."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.cases.qr import qr
from huiyin.people.access import account_of, staff
from huiyin.polls import domain, domain_staff, queries, results
from huiyin.polls.choices import Stage
from huiyin.polls.domain_staff import Late
from huiyin.polls.forms import EndForm, ExtendForm, OptionsForm, PaperForm, PollForm, known_paper
from huiyin.polls.models import Poll
from huiyin.townhall import queries as meetings

_FIRST_ROWS = 4


def poll_of(request: HttpRequest, code: str) -> Poll:
    """404 for whoever may not run it."""
    return get_object_or_404(queries.run_by(account_of(request)), code=code)


@never_cache
@staff(*queries.RUN)
@require_safe
def polls(request: HttpRequest) -> HttpResponse:
    found = queries.run_by(account_of(request)).order_by("-closes_at", "-pk")
    return render(request, "polls/polls.html", {"polls": list(found)})


@never_cache
@staff(*queries.RUN)
def new(request: HttpRequest) -> HttpResponse:
    """`?meeting=` names the meeting it belongs to."""
    meeting = meetings.run_by(account_of(request)).filter(code=request.GET.get("meeting", "")).first()
    return _plan(request, None, {"meeting": meeting, "unit": meeting.unit_id} if meeting else {})


@never_cache
@staff(*queries.RUN)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    poll = poll_of(request, code)
    if poll.stage != Stage.DRAFT:
        messages.info(request, _("Voting has been opened: what is put to the vote stands as it is."))
        return redirect("polls:manage", code)
    return _plan(request, poll, {})


def _plan(request: HttpRequest, poll: Poll | None, initial: dict[str, Any]) -> HttpResponse:
    account, data = account_of(request), request.POST or None
    known: dict[str, Any] = {"hosts": meetings.hosts(account), "meetings": meetings.run_by(account), "initial": initial}
    form = PollForm(data, instance=Poll.objects.get(pk=poll.pk) if poll else None, **known)
    options = OptionsForm(data, poll.options.all() if poll else None)
    if data and (planned := _planned(request, form, options, poll)):
        messages.success(request, _("Saved. Residents see it once it is opened."))
        return redirect("polls:manage", planned.code)
    context = {"form": form, "options": options[:_FIRST_ROWS], "more": options[_FIRST_ROWS:], "poll": poll}
    return render(request, "polls/plan.html", context, status=422 if data else 200)


def _planned(request: HttpRequest, form: PollForm, options: OptionsForm, poll: Poll | None) -> Poll | None:
    """The vote as saved; None where the form says what is wrong."""
    if not all([form.is_valid(), options.is_valid()]):
        return None
    told: dict[str, Any] = {
        "options": list(options.wordings()),
        "poll": poll,
        "version": form.cleaned_data["version"] or 0,
    }
    try:
        return domain_staff.plan(by=account_of(request), **told, **form.values())
    except ValueError as error:
        form.add_error(None, str(error))
    except Late:
        form.add_error(None, _("Somebody changed or opened it meanwhile. What you typed is still here: compare first."))
    return None


@never_cache
@staff(*queries.RUN)
@require_safe
def manage(request: HttpRequest, code: str) -> HttpResponse:
    poll = poll_of(request, code)
    return render(request, "polls/manage.html", workspace(request, poll))


def workspace(request: HttpRequest, poll: Poll, **forms: Any) -> dict[str, Any]:
    """What the page shows; `forms` that came back with errors in place of fresh ones."""
    address = request.build_absolute_uri(reverse("polls:vote", args=[poll.code]))
    seen = {"version": poll.version}
    return {
        "poll": poll,
        "options": list(poll.options.all()),
        "turnout": results.turnout(poll),
        "result": results.result(poll) if poll.result_is_open else None,
        "means": domain.means(),
        "log": list(poll.log.select_related("by").order_by("-at", "-pk")),
        "address": address,
        "qr": qr(address),
        "extend": ExtendForm(initial=seen),
        "end": EndForm(initial=seen, auto_id="id_end_%s"),
        "paper": PaperForm(poll=poll, initial=known_paper(poll), auto_id="id_paper_%s"),
    } | forms
