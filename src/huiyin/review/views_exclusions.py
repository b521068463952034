"""Excluded cases by reason, for a period; each number opens into its cases."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.cases.models import Case, Event
from huiyin.cases.paging import paged
from huiyin.cases.queries import visible_among
from huiyin.evaluate.rules import reason_words
from huiyin.kernel.figures import Figure
from huiyin.kernel.measures import MEASURES
from huiyin.kernel.periods import Period
from huiyin.people.access import account_of, staff
from huiyin.review import cells, figures, periods
from huiyin.review.forms import PeriodForm
from huiyin.review.groups import NONE
from huiyin.review.models import Freeze

_MEASURE = MEASURES["excluded"]


@never_cache
@require_safe
@staff()
def exclusions(request: HttpRequest) -> HttpResponse:
    """`?reason=` opens one reason's cases, as far as the reader may see them; `?frozen=`: as a cut-off kept them."""
    form = PeriodForm(request.GET)
    period, frozen, chosen = form.chosen, form.kept, request.GET.get("reason", "")
    rows = figures.by_reason(period, frozen).rows
    received = sum(int(row["received_all"]) for row in rows)
    counted = [(row[figures.REASON], int(row["left_out_all"])) for row in rows if row["left_out_all"]]
    lines = [(code or NONE, _words(code), count, Figure(_MEASURE, count, received)) for code, count in counted]
    behind = _behind(period, chosen, frozen) if chosen else Case.objects.none()
    readable = visible_among(behind, account_of(request))
    context = {
        "form": form,
        "frozen": frozen,
        "period": period,
        "period_said": periods.said(period),
        "lines": sorted(lines, key=lambda line: (-line[2], line[1])),
        "total": Figure(_MEASURE, sum(count for _code, count in counted), received),
        "total_href": cells.address("excluded", "all", period, frozen=frozen) + "&part=numerator",
        "definition": cells.exclusions(_MEASURE),
        "chosen": chosen,
        "chosen_said": _words(None if chosen == NONE else chosen),
        "page": paged(readable, order=("-id",), cursor=request.GET.get("at", "")) if chosen else None,
        "hidden": behind.count() - readable.count() if chosen else 0,
    }
    return render(request, "review/exclusions.html", context)


def _words(code: str | None) -> str:
    return reason_words("", code) if code else _("No reason recorded")


def _behind(period: Period, reason: str, frozen: Freeze | None) -> QuerySet[Case]:
    """As `review.facts` reads the reason: of the last application."""
    if frozen:
        return Case.objects.filter(pk__in=_kept(period, reason, frozen))
    asked = Event.objects.filter(case=OuterRef("pk"), kind="apply_exclusion").order_by("-seq")
    cases = Case.objects.filter(excluded=True, created_at__gte=period.start, created_at__lt=period.end)
    cases = cases.annotate(reason=Subquery(asked.values("public__category_of_reason")[:1]))
    return cases.filter(reason__isnull=True) if reason == NONE else cases.filter(reason=reason)


def _kept(period: Period, reason: str, frozen: Freeze) -> list[int]:
    from huiyin.review import freezing  # noqa: PLC0415 - Ibis waits until a cut-off is asked for

    within = (figures.REASON, (None if reason == NONE else reason,))
    return freezing.ids(frozen, "excluded", "numerator", "all", period=period, within=within)
