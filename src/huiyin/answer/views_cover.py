"""Holiday cover within a unit: who stands in for whom, until when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.answer.forms import CoverForm
from huiyin.cases.labels import say
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.people import covers
from huiyin.people.access import account_of, staff
from huiyin.people.models import Cover


@never_cache
@staff()
def cover(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    form = CoverForm(account, request.POST or None, leads=account.has_role(Role.LEADER))
    if request.method == "POST" and form.is_valid():
        try:
            made = covers.set_cover(account=account, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, say(refused))
        else:
            messages.success(request, _("%(by)s stands in for %(away)s.") % {"by": made.by, "away": made.away})
            return redirect("answer:cover")
    context = {"form": form, "covers": covers.ahead(account)}
    return render(request, "answer/cover.html", context, status=422 if form.errors else 200)


@require_POST
@staff()
def end(request: HttpRequest, pk: int) -> HttpResponse:
    account = account_of(request)
    own = get_object_or_404(Cover, pk=pk)
    try:
        covers.end_cover(cover=own, account=account)
    except Refused as refused:
        messages.warning(request, say(refused))
    else:
        messages.success(request, _("Ended: %(away)s has it again.") % {"away": own.away})
    return redirect("answer:cover")
