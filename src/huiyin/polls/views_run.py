"""Buttons of the page from which a vote is run: open, extend, end, paper; its result as a file."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.people.access import account_of, staff
from huiyin.polls import domain_staff, exports, queries, results
from huiyin.polls.domain_staff import Late
from huiyin.polls.forms import EndForm, ExtendForm, PaperForm, VersionForm
from huiyin.polls.models import Poll
from huiyin.polls.views import poll_of, workspace


def _run(request: HttpRequest, poll: Poll, name: str, form: VersionForm, verb: Callable[[], None]) -> HttpResponse:
    """Do it, or show the page again with what was typed and what is wrong with it."""
    if form.is_valid():
        try:
            verb()
        except ValueError as error:
            form.add_error(None, str(error))
        except Late:
            messages.info(request, _("Somebody was faster: this is how it stands now."))
    if not form.is_valid():
        return render(request, "polls/manage.html", workspace(request, poll, **{name: form}), status=422)
    return redirect("polls:manage", poll.code)


@never_cache
@staff(*queries.RUN)
@require_POST
def begin(request: HttpRequest, code: str) -> HttpResponse:
    poll, form = poll_of(request, code), VersionForm(request.POST)
    by = account_of(request)
    return _run(
        request, poll, "begin", form, lambda: domain_staff.open_poll(poll, by=by, version=form.cleaned_data["version"])
    )


@never_cache
@staff(*queries.RUN)
@require_POST
def extend(request: HttpRequest, code: str) -> HttpResponse:
    poll, form = poll_of(request, code), ExtendForm(request.POST)
    by = account_of(request)
    return _run(request, poll, "extend", form, lambda: domain_staff.extend(poll, by=by, **form.cleaned_data))


@never_cache
@staff(*queries.RUN)
@require_POST
def end(request: HttpRequest, code: str) -> HttpResponse:
    poll, form = poll_of(request, code), EndForm(request.POST, auto_id="id_end_%s")
    by = account_of(request)
    return _run(request, poll, "end", form, lambda: domain_staff.close_poll(poll, by=by, **form.cleaned_data))


@never_cache
@staff(*queries.RUN)
@require_POST
def paper(request: HttpRequest, code: str) -> HttpResponse:
    poll = poll_of(request, code)
    form, by = PaperForm(request.POST, poll=poll, auto_id="id_paper_%s"), account_of(request)

    def enter() -> None:
        told = {name: form.cleaned_data[name] for name in ("version", "ballots", "invalid")}
        domain_staff.enter_paper(poll, by=by, votes=form.votes(), **told)

    return _run(request, poll, "paper", form, enter)


@never_cache
@staff(*queries.RUN)
@require_safe
def export(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """404 for another kind of file, and as long as nobody may read the result."""
    poll = poll_of(request, code)
    if form not in exports.FORMATS or not poll.result_is_open:
        raise Http404
    kind, write = exports.FORMATS[form]
    name = f'attachment; filename="vote-{poll.code}.{form}"'
    content = write(poll, results.result(poll))
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": name})
