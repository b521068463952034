"""Dispatching many at once: the queue with what is proposed, ticked where all is sure."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from huiyin.assign import many
from huiyin.cases.paging import SIZE
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff


@never_cache
@staff(Role.DISPATCHER)
def dispatch(request: HttpRequest) -> HttpResponse:
    """GET: a look, nothing happens; POST: the ticked ones, and what became of each."""
    if request.method != "POST":
        return render(request, "assign/many.html", {"proposals": many.proposals()})
    versions = request.POST.getlist("case")[:SIZE]
    if not versions:
        messages.info(request, _("Tick the cases first."))
        return redirect("assign:many")
    lines = many.dispatch_many(versions=versions, account=account_of(request))
    return render(request, "assign/many_done.html", {"lines": lines, "gone": len(versions) - len(lines)})
