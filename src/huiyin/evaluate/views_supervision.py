"""The supervision office's desk: five lists, each case with its lights and what may be done about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.cases.paging import paged
from huiyin.cases.seen import mark_news
from huiyin.evaluate import supervision
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff


@never_cache
@staff(Role.SUPERVISOR)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    found = supervision.lists()
    asked = request.GET.get("tab", "")
    tab = asked if asked in found else "late"
    page = paged(found[tab], order=supervision.order_of(tab), cursor=request.GET.get("cursor", ""))
    mark_news(account_of(request), page.rows)
    context = {
        "tabs": supervision.tabs(found), "tab": tab, "page": page, "about": supervision.LISTS[tab][1],
    }  # fmt: skip
    return render(request, "evaluate/supervision.html", context)
