"""The unit's inbox."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.answer import queries
from huiyin.answer.bulk import KINDS
from huiyin.answer.domain import accept_many
from huiyin.answer.forms import InboxForm
from huiyin.cases.labels import say
from huiyin.cases.paging import SIZE, paged
from huiyin.cases.queries import as_rows, led_by
from huiyin.cases.saved import filters_of, question
from huiyin.cases.seen import mark_news
from huiyin.kernel.moves import MOVES
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff
from huiyin.people.covers import covered_by

for_units = staff(Role.HANDLER, Role.LEADER)


@never_cache
@for_units
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    form, standing = InboxForm(request.GET), covered_by(account)
    handlers = [account.pk, *(cover.away_id for cover in standing)]
    now = timezone.now()
    found = {
        name: form.narrow(cases, handlers, queries.late_in(name, now)) for name, cases in queries.lists(account).items()
    }
    tabs = queries.tabs(found)
    asked = request.GET.get("tab", "")
    tab = asked if asked in found else queries.opening_tab(account, tabs)
    page = paged(as_rows(found[tab]), order=queries.order_of(tab), cursor=request.GET.get("cursor", ""))
    mark_news(account, page.rows)
    if tab == "helping":
        queries.by_own_date(account, page.rows)
    context = {
        "tabs": tabs,
        "tab": tab,
        "page": page,
        "form": form,
        "covering": standing,
        "saved": filters_of(account, "answer:inbox"),
        "question": question(request.GET.urlencode()),
        "bulk": [(kind, say(MOVES[kind])) for kind in KINDS],
    }
    return render(request, "answer/inbox.html", context)


@for_units
def accept(request: HttpRequest) -> HttpResponse:
    """Sign for the ticked cases in one press; says which of them went through."""
    numbers = [number for number in request.POST.getlist("case")[:SIZE] if number.isprintable()]
    cases = led_by(account_of(request)).filter(number__in=numbers).order_by("due_at")
    if request.method == "POST" and not numbers:
        messages.info(request, _("Tick the cases to accept first."))
    result = accept_many(cases=cases, account=account_of(request))
    if result.done:
        said = ngettext("%(count)d case accepted.", "%(count)d cases accepted.", len(result.done))
        messages.success(request, said % {"count": len(result.done)})
    for number, reason in result.not_done:
        messages.warning(request, _("%(number)s was not accepted: %(reason)s") % {"number": number, "reason": reason})
    return redirect(f"{reverse('answer:inbox')}?tab=to_accept")
