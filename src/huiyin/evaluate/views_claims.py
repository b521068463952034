"""Exclusions and appeals: the reviewer's desk, the figures of the units, and what anybody may read."""

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.cases import codes
from huiyin.cases.labels import english
from huiyin.cases.paging import paged
from huiyin.cases.queries import as_rows, visible_among
from huiyin.evaluate import asked, claims
from huiyin.evaluate.rules import reasons
from huiyin.kernel.periods import Period
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff

DECISIONS = 60
_SAID = {
    "evaluated": _("Valid evaluations"),
    "checked": _("Cases checked"),
    "matched": _("Checks that found what was answered"),
    "exclusion": _("Exclusion asked"),
    "exclusion_granted": _("Exclusion granted"),
    "exclusion_decided": _("Exclusions decided"),
    "appeal": _("Appeals"),
    "appeal_granted": _("Appeals upheld"),
    "appeal_decided": _("Appeals decided"),
}
_SECONDS = 60


@never_cache
@staff(Role.REVIEWER)
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    rows = claims.waiting()
    kind = request.GET.get("kind", "")
    if kind in claims.WAITING:
        rows = [row for row in rows if row.case.state == kind]
    return render(request, "evaluate/claims.html", {"rows": rows, "kind": kind, "now": timezone.now()})


@never_cache
@staff()
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Exclusions, appeals and the two-part score by unit, for everybody of the house."""
    context = _counted(request) | {"menu": asked.menu(), "opens": reverse("evaluate:claim_cases")}
    return render(request, "evaluate/claim_figures.html", context)


@never_cache
@staff()
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The cases behind a number of `figures`, as far as the reader may see them."""
    what, unit = request.GET.get("what", ""), request.GET.get("unit", "")
    if what not in claims.BEHIND or (unit and not codes.units().knows(unit)):
        raise Http404
    period = asked.period(request.GET.get("period", ""))
    found, count = claims.behind(period, what, unit)
    rows = visible_among(found, account_of(request))
    page = paged(as_rows(rows), order=("-id",), cursor=request.GET.get("at", ""))
    context = {
        "page": page,
        "what": _SAID[what],
        "unit": codes.units().names(english=english())[unit] if unit else "",
        "said": asked.said(period),
        "count": count,
        "hidden": found.count() - rows.count(),
        "back": request.GET.get("period", ""),
    }
    return render(request, "evaluate/claim_cases.html", context)


@require_safe
def open_to_all(request: HttpRequest) -> HttpResponse:
    """The same figures and the latest decisions, without names, titles or evidence."""
    context = _counted(request, public=True)
    context |= {"decisions": claims.decisions(DECISIONS), "reasons": reasons(timezone.now()), "menu": asked.menu()}
    return render(request, "evaluate/claims_open.html", context)


def _counted(request: HttpRequest, *, public: bool = False) -> dict[str, object]:
    period = asked.period(request.GET.get("period", ""))
    if public and period.kind != "assess":  # strangers open months: any other stretch would be counted for each of them
        period = asked.period("assess")
    lines = _kept(period)
    return {
        "period": period,
        "said": asked.said(period),
        "lines": lines,
        "total": claims.total(lines),
        "by_reason": claims.reasons_of(period),
    }


def _kept(period: Period) -> list[claims.UnitLine]:
    """Counted at most once a minute."""
    key = f"claims:{period.label}:{get_language()}"
    lines: list[claims.UnitLine] | None = cache.get(key)
    if lines is None:
        lines = claims.by_unit(period)
        cache.set(key, lines, _SECONDS)
    return lines
