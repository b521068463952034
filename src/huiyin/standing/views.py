"""The list as everybody reads it, and a company's own page to explain itself."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.evaluate import tracking
from huiyin.people.access import account_of, staff
from huiyin.people.models import Account
from huiyin.standing import domain_entries, links, queries, showing
from huiyin.standing.choices import Listed, State
from huiyin.standing.forms import ExplainForm
from huiyin.standing.log import Late
from huiyin.standing.models import Entry, Evidence


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    entries = list(queries.public())
    lists = [(listed, [one for one in entries if one.listed == listed]) for listed in (Listed.RED, Listed.BLACK)]
    return render(request, "standing/public.html", {"lists": lists, "today": timezone.localdate()})


@never_cache
@require_safe
@staff(*queries.ANSWER)
def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "standing/mine.html", {"entries": queries.mine(account_of(request))})


@never_cache
@staff(*queries.ANSWER)
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """The entry of the account's company; of another one: 404."""
    account = account_of(request)
    return _explain(request, get_object_or_404(queries.mine(account), pk=pk), account)


@never_cache
def linked(request: HttpRequest, token: str) -> HttpResponse:
    """As `own`, for a company without an account; tried too often, or an unknown address: nothing is told."""
    if tracking.too_many(request):
        return _gone(request, status=429)
    entry = links.find(token)
    if entry is None:
        tracking.note_wrong(request)
        return _gone(request, status=404)
    return _explain(request, entry, None)


@never_cache
@require_safe
@staff()
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """For who runs the list, and for the company whose it is."""
    found = get_object_or_404(Evidence, pk=pk)
    account = account_of(request)
    if not account.has_role(*queries.RUN) and not queries.mine(account).filter(pk=found.entry_id).exists():
        raise Http404
    return FileResponse(found.file.open("rb"), content_type="image/jpeg", headers={"Cache-Control": "no-store"})


def _explain(request: HttpRequest, entry: Entry, by: Account | None) -> HttpResponse:
    form = ExplainForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _show(request, entry, form)
    if not form.is_valid():
        return _show(request, entry, form, status=422)
    try:
        domain_entries.explain(entry, by=by, **form.cleaned_data)
    except ValueError as error:
        form.add_error(None, str(error))
        return _show(request, entry, form, status=422)
    except Late:
        form.add_error(None, _("An explanation was handed in already; this one was not kept."))
        return _show(request, entry, form, status=409)
    messages.success(request, _("Your explanation is handed in. You will be told what was decided."))
    return redirect(request.path)


def _show(request: HttpRequest, entry: Entry, form: ExplainForm, status: int = 200) -> HttpResponse:
    now = timezone.now()
    in_time = entry.explain_until is not None and now < entry.explain_until
    context = {
        "entry": entry,
        "rows": showing.rows(entry),
        "form": form,
        "may_explain": (entry.state == State.NOTIFIED and in_time) or form.is_bound,
        "in_time": in_time,
        "pictures": entry.evidence.all() if request.user.is_authenticated else (),
    }
    return render(request, "standing/own.html", context, status=status)


def _gone(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "standing/gone.html", {"status": status}, status=status)
