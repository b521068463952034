"""Whistles: what calls me, what I called, and for those who watch over the district how it goes."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.answer import queries_whistles as queries
from huiyin.answer import whistles
from huiyin.answer.choices import Score
from huiyin.cases.labels import say
from huiyin.cases.queries import visible_one
from huiyin.cases.store import Conflict
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff

_PERIOD = timedelta(days=90)
WATCHING = (Role.SUPERVISOR, Role.REVIEWER, Role.ANALYST)
for_readers = staff(Role.HANDLER, Role.LEADER, *WATCHING)
for_units = staff(Role.HANDLER, Role.LEADER)


@never_cache
@for_readers
@require_safe
def whistles_page(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    context: dict[str, Any] = {"scores": Score.choices, "unit_ids": account.unit_ids}
    if account.has_role(Role.HANDLER, Role.LEADER):
        context |= {
            "called": list(queries.called_to(account)[: queries.SHOWN]),
            "been": list(queries.been_called(account)[: queries.SHOWN]),
            "drafts": list(queries.drafts(account)[: queries.SHOWN]),
        }
    context["blown"] = list(queries.blown(account)[: queries.SHOWN])
    if account.has_role(*WATCHING):
        since = timezone.now() - _PERIOD
        context["rates"], context["median"] = queries.rates(since)
        context |= {"arrivals": queries.arrivals(since), "since": since, "watching": True}
    return render(request, "answer/whistles.html", context)


@require_POST
@for_units
def rate(request: HttpRequest, number: str) -> HttpResponse:
    """One press: how the other side did."""
    case = get_object_or_404(visible_one(account_of(request)), number=number)
    score, rated = request.POST.get("score", ""), request.POST.get("rated", "")
    if score not in Score.values:
        messages.warning(request, _("Choose good, fair or poor."))
        return redirect("answer:whistles")
    try:
        whistles.rate(case=case, account=account_of(request), rated=rated, score=score)
    except Refused as refused:
        messages.warning(request, say(refused))
    except Conflict:
        messages.warning(request, _("Somebody was faster: look again."))
    else:
        messages.success(request, _("Rated."))
    return redirect("answer:whistles")
