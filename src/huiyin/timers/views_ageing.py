"""Old lists: what has been open for long, whose it is, and when its next step is due."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.cases.paging import paged
from huiyin.cases.saved import filters_of, question
from huiyin.cases.seen import mark_news
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff
from huiyin.timers import ageing


@never_cache
@staff(Role.HANDLER, Role.LEADER, Role.DISPATCHER, Role.REVIEWER, Role.SUPERVISOR, Role.ANALYST)
@require_safe
def old(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    cases = ageing.old(account_of(request), now)
    listed, band, unit = (request.GET.get(name, "") for name in ("list", "age", "unit"))
    found = ageing.narrowed(cases, listed, band, now)
    if unit:
        found = found.filter(lead__code=unit)
    account = account_of(request)
    page = paged(found, order=("created_at", "id"), cursor=request.GET.get("cursor", ""), shown=ageing.with_next_step)
    mark_news(account, page.rows)
    context = {
        "now": now,
        "bands": ageing.BANDS,
        "lines": ageing.lines(cases, now),
        "units": ageing.by_unit(cases, now),
        "list": listed,
        "age": band,
        "unit": unit,
        "page": page,
        "saved": filters_of(account, "timers:ageing"),
        "question": question(request.GET.urlencode()),
    }
    return render(request, "timers/ageing.html", context)
