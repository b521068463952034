"""How an indicator scores and what is to be reached: versions, and what a new one would do to the last period."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.indicators import domain, queries
from huiyin.indicators.forms import RuleForm, TargetForm
from huiyin.indicators.models import Indicator
from huiyin.indicators.queries import Standing
from huiyin.indicators.scoring import Rule
from huiyin.kernel.piecewise import points_of
from huiyin.people.access import account_of, staff
from huiyin.people.models import Unit


@never_cache
@staff(*queries.BRING)
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """POST with `look`: what it would do; without: from its day on it is the rule."""
    found = get_object_or_404(Indicator, code=code)
    form = RuleForm(request.POST or None, last=found.rules.first())
    if request.method != "POST":
        return _show(request, found, form)
    if not form.is_valid():
        return _show(request, found, form, status=422)
    if "look" in request.POST:
        return _show(request, found, form, looked=_compared(found, form.cleaned_data))
    try:
        domain.set_rule(indicator=found, by=account_of(request), **form.cleaned_data)
    except ValueError as error:
        form.add_error(None, str(error))
        return _show(request, found, form, status=422)
    messages.success(request, _("The rule is set."))
    return redirect("indicators:rule", code)


@never_cache
@require_POST
@staff(*queries.BRING)
def target(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Indicator, code=code)
    form = TargetForm(request.POST, units=_units())
    if form.is_valid():
        try:
            domain.set_target(indicator=found, **form.cleaned_data)
        except ValueError as error:
            form.add_error(None, str(error))
    if form.errors:
        return _show(request, found, RuleForm(last=found.rules.first()), target=form, status=422)
    messages.success(request, _("The target is set."))
    return redirect("indicators:rule", code)


def _compared(indicator: Indicator, told: dict[str, Any]) -> list[tuple[Standing, Standing]]:
    """Each unit of the last period: by the rule in force, and by the new one."""
    starts = queries.periods(indicator)
    if not starts:
        return []
    new = Rule(points_of(told["points"]), told["basis"], told["green"], told["yellow"])
    now, then = queries.sheet(indicator, starts[0]), queries.sheet(indicator, starts[0], new)
    return list(zip(now.rows, then.rows, strict=True))


def _units() -> Any:
    return Unit.objects.filter(active=True)


def _show(
    request: HttpRequest, indicator: Indicator, form: RuleForm, *, target: TargetForm | None = None,
    looked: list[tuple[Standing, Standing]] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "indicator": indicator,
        "form": form,
        "target": target or TargetForm(units=_units()),
        "looked": looked,
        "rules": indicator.rules.select_related("by"),
        "targets": indicator.targets.select_related("unit")[:30],
    }
    return render(request, "indicators/rule.html", context, status=status)
