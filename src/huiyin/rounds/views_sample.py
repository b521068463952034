"""For those who supervise: the sample of a day with its progress, and what the checks of a period came to by unit."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.labels import say
from huiyin.evaluate import asked
from huiyin.evaluate.rules import amounts
from huiyin.kernel.moves import Refused
from huiyin.kernel.periods import Period
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff
from huiyin.rounds import domain, figures, queries
from huiyin.rounds.forms import HandOverForm
from huiyin.rounds.models import Check
from huiyin.rounds.risk import REASONS, midnight
from huiyin.rounds.wording import told

for_supervision = staff(*domain.DECIDES, Role.ANALYST)
ROWS = 200


@never_cache
@require_safe
@for_supervision
def sample(request: HttpRequest) -> HttpResponse:
    """Of one day, today unless said: how far it is, and why each case was drawn. `?what=` opens one figure."""
    account, day, part = account_of(request), _day(request), _part(request)
    checks = list(queries.of_day(account, day).filter(part))
    numbers = amounts(midnight(day))
    context = {
        "day": day,
        "today": timezone.localdate(),
        "rows": list(told(checks)),
        "total": figures.total(figures.by_unit(queries.of_day(account, day))),
        "numbers": numbers,
        "points": [
            (reason.label, points)
            for code, reason in REASONS.items()
            if (points := numbers.get(f"check_points_{code}"))
        ],
        "checkers": queries.checkers() if account.has_role(*domain.DECIDES) else [],
    }
    return render(request, "rounds/sample.html", context)


def _part(request: HttpRequest) -> Q:
    """Which of the checks a figure counts; all of them where none is asked for."""
    what = request.GET.get("what", "drawn")
    if what not in figures.PARTS:
        raise Http404
    return figures.PARTS[what]


def _day(request: HttpRequest) -> date:
    try:
        return parse_date(request.GET.get("day", "")) or timezone.localdate()
    except ValueError:
        return timezone.localdate()


@require_POST
@never_cache
@staff(*domain.DECIDES)
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    found, form = queries.check_of(number), HandOverForm(queries.checkers(), request.POST)
    if found is None:
        raise Http404
    if form.is_valid():
        try:
            domain.hand_over(check=found, to=form.cleaned_data["checker"], by=account_of(request))
        except Refused as refused:
            messages.warning(request, say(refused))
    return redirect(f"{reverse('rounds:sample')}?day={found.day:%Y-%m-%d}")


@never_cache
@require_safe
@for_supervision
def units(request: HttpRequest) -> HttpResponse:
    """`?unit=` and `?what=` open a figure of a unit, or of all of them, into its cases."""
    period, part = asked.period(request.GET.get("period", "")), _part(request)
    checks = _within(request, period)
    lines = figures.by_unit(checks)
    unit, what = request.GET.get("unit", ""), request.GET.get("what", "")
    behind = checks.filter(part, **{"unit__code": unit} if unit else {}) if unit or what else checks.none()
    page = Paginator(behind.order_by("-day", "order"), ROWS).get_page(request.GET.get("page"))
    context = {
        "period": period,
        "said": asked.said(period),
        "menu": asked.menu(),
        "lines": lines,
        "total": figures.total(lines),
        "unit": unit,
        "page": page,
        "rows": list(told(page)),
    }
    return render(request, "rounds/units.html", context)


@never_cache
@require_safe
@for_supervision
def export(request: HttpRequest) -> HttpResponse:
    period = asked.period(request.GET.get("period", ""))
    written = figures.as_csv(figures.by_unit(_within(request, period)), asked.said(period))
    name = f"checks-{period.label.replace(':', '-')}.csv"
    return HttpResponse(
        written,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _within(request: HttpRequest, period: Period) -> QuerySet[Check]:
    known = queries.told_to(account_of(request), queries.checks())
    return figures.of_period(known, asked.first_day(period), asked.end_day(period))
