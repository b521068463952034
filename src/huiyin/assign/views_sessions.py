"""Joint sessions: convened, read by those invited, closed with a decision on every case."""

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.assign.domain_sessions import CONVENERS, close, convene
from huiyin.assign.forms_sessions import CloseForm, ConveneForm
from huiyin.assign.models import JointSession
from huiyin.cases.labels import say
from huiyin.cases.store import Conflict
from huiyin.kernel.moves import Refused
from huiyin.people.access import account_of, staff
from huiyin.people.models import Account, Unit

_SHOWN = 100


def _open_to(account: Account) -> QuerySet[JointSession]:
    """All for who sees the district; else those one's unit is invited to."""
    if account.sees_district:
        return JointSession.objects.all()
    invited = JointSession.units.through.objects.filter(unit__in=account.every_unit_id)
    return JointSession.objects.filter(pk__in=invited.values("jointsession_id"))


@never_cache
@staff()
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    found = _open_to(account).annotate(number=Count("cases", distinct=True)).prefetch_related("units")[:_SHOWN]
    context = {"sessions": list(found), "may_convene": account.has_role(*CONVENERS)}
    return render(request, "assign/sessions.html", context)


@never_cache
@staff(*CONVENERS)
def new(request: HttpRequest) -> HttpResponse:
    """`?case=` puts a case on the agenda."""
    form = ConveneForm(request.POST or None, initial={"cases": request.GET.get("case", "")})
    if not form.is_valid():
        return render(request, "assign/convene.html", {"form": form}, status=422 if form.is_bound else 200)
    told = dict(form.cleaned_data)
    invited = Unit.objects.filter(code__in=told.pop("units"))
    try:
        made = convene(account=account_of(request), units=invited, **told)
    except Refused as refused:
        form.add_error(None, say(refused))
        return render(request, "assign/convene.html", {"form": form}, status=422)
    messages.success(request, _("The session is convened."))
    return redirect(made)


@never_cache
@staff()
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the session; POST: close it."""
    found = get_object_or_404(_open_to(account_of(request)).select_related("convened_by", "closed_by"), pk=pk)
    entries = list(found.cases.select_related("case"))
    may_close = found.closed_at is None and account_of(request).has_role(*CONVENERS)
    context = {"session": found, "entries": entries, "form": CloseForm(found, entries) if may_close else None}
    if request.method != "POST" or not may_close:
        return render(request, "assign/session.html", context)
    form = CloseForm(found, entries, request.POST)
    if form.is_valid() and _closed(request, found, form):
        return redirect(found)
    return render(request, "assign/session.html", context | {"form": form}, status=422)


def _closed(request: HttpRequest, found: JointSession, form: CloseForm) -> bool:
    try:
        minutes = form.cleaned_data["minutes"]
        close(session=found, account=account_of(request), minutes=minutes, decisions=form.decisions)
    except Refused as refused:
        form.add_error(None, say(refused))
        return False
    except Conflict as conflict:
        form.add_error(None, _("%(number)s moved meanwhile: look at it, then close again.") % {"number": conflict})
        return False
    messages.success(request, _("Closed: every case is on its way."))
    return True
