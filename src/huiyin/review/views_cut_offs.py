"""Cut-offs: what was kept, keeping, and what has changed since."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.models import Case
from huiyin.cases.paging import paged
from huiyin.cases.queries import visible_among
from huiyin.people.access import account_of, staff
from huiyin.review import beside, periods
from huiyin.review.forms import PeriodForm
from huiyin.review.models import Freeze
from huiyin.review.views import MAY_FREEZE

SIZE = 50


@never_cache
@require_safe
@staff()
def cut_offs(request: HttpRequest) -> HttpResponse:
    rows = Freeze.objects.select_related("by").order_by("-as_of", "-pk")
    page = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, periods.said(beside.period_of(row))) for row in page],
        "form": PeriodForm(request.GET),
        "now": periods.read(periods.DEFAULT),
        "may_freeze": account_of(request).has_role(*MAY_FREEZE),
    }
    return render(request, "review/cut_offs.html", context)


@require_POST
@never_cache
@staff(*MAY_FREEZE)
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the facts of a period as they stand now."""
    from huiyin.review import freezing  # noqa: PLC0415 - Ibis waits until it is needed

    try:
        period = periods.read(request.POST.get("period") or "-")  # nothing is kept by mistake
    except (ValueError, ValidationError):
        messages.warning(request, _("That is not a period; nothing was kept. Choose one from the list."))
        return redirect("review:cut_offs")
    made = freezing.freeze(period, by=account_of(request))
    messages.success(
        request,
        _("Kept: %(period)s, %(rows)s cases. It prints the same from now on.")
        % {"period": periods.said(period), "rows": made.rows},
    )
    return redirect("review:cut_offs")


@never_cache
@require_safe
@staff()
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Then → now: the figures for everybody of the house, the cases within the reader's rights."""
    from huiyin.review import changes as since  # noqa: PLC0415 - as above

    frozen = get_object_or_404(Freeze.objects.select_related("by"), pk=pk)
    found = since.differing(frozen)
    readable = visible_among(Case.objects.filter(pk__in=list(found)), account_of(request))
    page = paged(readable, order=("-id",), cursor=request.GET.get("at", ""))
    context = {
        "frozen": frozen,
        "period": periods.said(beside.period_of(frozen)),
        "moved": since.moved(frozen),
        "page": page,
        "cases": [(case, since.in_words(found[case.pk])) for case in page.rows],
        "count": len(found),
        "hidden": len(found) - readable.count(),
    }
    return render(request, "review/changes.html", context)
