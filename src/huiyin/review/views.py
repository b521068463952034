"""Homes and figures of the house. Every figure opens into its cases, within the reader's rights."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from huiyin.cases.models import Case
from huiyin.cases.paging import paged
from huiyin.cases.queries import public_cases, visible_among
from huiyin.kernel.measures import FIRST, MEASURES
from huiyin.kernel.periods import Period
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff
from huiyin.people.models import Account, Unit
from huiyin.review import beside, cells, columns, exports, figures, periods, queries
from huiyin.review.asked import Asked, read_asked
from huiyin.review.figures import Line, Table
from huiyin.review.forms import SORTS, RatesForm
from huiyin.review.groups import Group

if TYPE_CHECKING:
    from huiyin.kernel.figures import Figures

LATE_ROWS = 8
MAY_FREEZE = (Role.SUPERVISOR, Role.ANALYST)
# Strangers open months: any other stretch would have to be counted anew for each of them.
PUBLIC_PERIODS = ("assess", "month")


@never_cache
@staff()
def home(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    if account.sees_district:
        return _district(request)
    own = account.unit_ids
    if not own:
        return render(request, "review/no_cases.html")
    unit = account.unit if account.unit_id in own else Unit.objects.filter(pk__in=own).first()
    return _unit(request, cast("Unit", unit))


@never_cache
@staff()
def unit(request: HttpRequest, code: str) -> HttpResponse:
    found, account = get_object_or_404(Unit, code=code), account_of(request)
    if not account.sees_district and found.pk not in account.unit_ids:
        raise PermissionDenied
    return _unit(request, found)


def _district(request: HttpRequest) -> HttpResponse:
    period = periods.read(periods.DEFAULT)
    table = figures.table("unit", period, names=FIRST)
    ranked = list(Unit.objects.filter(ranked=True))
    walls, by_code = queries.walls(ranked), {line.code: line for line in table.lines}
    order = {line.code: at for at, line in enumerate(table.lines)}
    units = sorted(ranked, key=lambda unit: order.get(unit.code, len(order)))
    context = {
        "today": queries.today(),
        "rates": _cells(table.pooled, period, cells.RATES),
        "late": queries.late()[:LATE_ROWS],
        "units": [(unit, walls[unit.pk], _cells_of(by_code[unit.code], table)) for unit in units],
        **_drawn(),
        "period": periods.said(period),
        "as_of": table.as_of,
    }
    return render(request, "review/district.html", context)


def _unit(request: HttpRequest, unit: Unit) -> HttpResponse:
    below = list(Unit.objects.filter(path__startswith=unit.path).values_list("pk", flat=True))
    period = periods.read(periods.DEFAULT)
    group = Group(unit.code, str(unit), (unit.pk,)) if unit.parent_id else None
    counted, as_of = figures.of_group(period, "unit", group, names=FIRST)
    context = {
        "unit": unit,
        "today": queries.today(below),
        "rates": _cells(counted, period, cells.RATES, by="unit", code=group.code if group else None),
        "late": queries.late(below)[:LATE_ROWS],
        "wall": queries.wall(below),
        **_drawn(unit, below),
        "period": periods.said(period),
        "as_of": as_of,
    }
    return render(request, "review/unit.html", context)


def _drawn(unit: Unit | None = None, below: list[int] | None = None) -> dict[str, Any]:
    """The curve of the last weeks, its days as a list, and where today's figures open."""
    code = unit.code if unit else ""
    curve = queries.curve(below, code)
    return {
        "curve": curve,
        "days": list(zip(curve["x"], curve["series"][0]["data"], curve["hrefs"], strict=True))[::-1],
        "received_href": curve["hrefs"][-1],
        "late_href": queries.late_address(code),
    }


@never_cache
@staff()
def rates(request: HttpRequest) -> HttpResponse:
    form, table = _asked(request)
    period, names = table.period, form.names
    before = _before(form, table)
    earlier = {line.code: line.figures for line in before.lines} if before else {}
    context = {
        "form": form,
        "table": table,
        "heads": [(name, cells.label(MEASURES[name])) for name in names],
        "lines": [(line, _cells_of(line, table, names, earlier.get(line.code))) for line in table.lines],
        "pooled": _cells(table.pooled, period, names, frozen=table.frozen, before=before.pooled if before else None),
        "mean": [(table.mean["all"].get(name), table.mean["net"].get(name)) for name in names],
        "period": period,
        "period_said": periods.said(period),
        "compared_said": periods.said(before.period) if before else "",
        "definitions": [(cells.label(one), cells.exclusions(one), one.source) for one in table.measures.values()],
        "more": columns.menu(names),
        "empty": not table.pooled["all"]["received"].numerator,
        "may_freeze": account_of(request).has_role(*MAY_FREEZE),
    }
    return render(request, "review/rates.html", context)


def _asked(request: HttpRequest) -> tuple[RatesForm, Table]:
    form = RatesForm(request.GET)
    period = form.chosen
    table = figures.table(form.grouping, period, under=form.cleaned_data.get("under", ""), frozen=form.kept)
    _sort(table, form.cleaned_data.get("sort", ""))
    return form, table


def _before(form: RatesForm, table: Table) -> Table | None:
    """The comparison period, where the reader wants the change."""
    if not form.with_change:
        return None
    kept = table.frozen
    period = beside.compared(kept) if kept else periods.compared(table.period, table.as_of)
    return figures.table(table.by, period, under=form.cleaned_data.get("under", ""), frozen=kept)


@never_cache
@staff()
def export(request: HttpRequest, form: str) -> HttpResponse:
    if form not in exports.FORMATS:
        raise Http404
    asked, table = _asked(request)
    kind, write = exports.FORMATS[form]
    name = f"rates-{table.by}-{table.period.label.replace(':', '-')}.{form}"
    return HttpResponse(
        write(table, asked.names), content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@never_cache
def figure(request: HttpRequest, name: str) -> HttpResponseBase:
    """Open to all for the district's own figures, masked; a unit's or category's only inside."""
    asked = read_asked(request.GET, name)
    if asked is None:
        raise Http404
    account = request.user if isinstance(request.user, Account) else None
    if (asked.group or asked.frozen) and account is None:
        return redirect_to_login(request.get_full_path())
    if account is None and asked.period.kind not in PUBLIC_PERIODS:
        raise Http404
    if (asked.group or asked.frozen) and not (account and account.roles):
        raise PermissionDenied
    if asked.unreadable:
        messages.warning(request, _("That is not a period; this is the current assessment month."))
    return _figure(request, asked, account if account and account.roles else None)


def _figure(request: HttpRequest, asked: Asked, account: Account | None) -> HttpResponse:
    found, as_of = asked.figure()
    counted = asked.cases(Case.objects.all(), as_of).count()
    readable = asked.cases(_readable(account), as_of)
    page = paged(readable, order=("-id",), cursor=request.GET.get("at", ""))
    context = {
        "asked": asked,
        "figure": found,
        "label": cells.label(asked.measure),
        "exclusions": cells.exclusions(asked.measure),
        "numerator": cells.numerator(found),
        "denominator": cells.denominator(found),
        "title": asked.group.name if asked.group else "",
        "period": periods.said(asked.period),
        "as_of": as_of,
        "counted": counted,
        "readable": counted if account and account.sees_district else readable.count(),
        "page": page,
        "rows": page.rows if account else [queries.masked(case) for case in page.rows],
        "staff": account is not None,
    }
    return render(request, "review/figure.html", context)


def _readable(account: Account | None) -> QuerySet[Case]:
    cases = Case.objects.all()
    return visible_among(cases, account) if account else public_cases()


def _cells(found: "Figures", period: Period, names: tuple[str, ...], **more: Any) -> list[tuple[str, cells.Cell]]:
    """Label and cell of each; `more` as in `cells.cell`."""
    return [(cells.label(MEASURES[name]), cells.cell(found, name, period, **more)) for name in names]


def _cells_of(
    line: Line, table: Table, names: tuple[str, ...] = SORTS, before: "Figures | None" = None
) -> list[tuple[str, cells.Cell]]:
    more = {"by": table.by, "code": line.code, "frozen": table.frozen, "before": before}
    return _cells(line.figures, table.period, names, **more)


def _sort(table: Table, by: str) -> None:
    """By one column; the lines without a value come last, whichever way."""
    if not by:
        return
    name, sign = by.lstrip("-"), -1 if by.startswith("-") else 1

    def key(line: Line) -> tuple[bool, float]:
        value = line.figures["all"][name].value
        return value is None, sign * float(value or 0)

    table.lines.sort(key=key)
