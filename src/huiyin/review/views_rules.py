"""The rules of score and ranking: who reads them (everybody of the house), who changes them, what they would do."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huiyin.kernel.measures import ScoreWeights
from huiyin.kernel.periods import Period
from huiyin.kernel.roles import Role
from huiyin.people.access import account_of, staff
from huiyin.review import beside, domain_rules, periods, ranking
from huiyin.review.forms_rules import ClassForm, EndForm, GroupForm, MonthEndsForm, WeightsForm
from huiyin.review.models import ClassRule, MonthEnds, PeerGroup, ScoreRule
from huiyin.review.ranking import Asked, Place


@never_cache
@staff()
def weights(request: HttpRequest) -> HttpResponse:
    """GET: the rules; POST: look what new weights would do, or save them."""
    if request.method != "POST":
        return _weights(request, WeightsForm())
    _require_supervisor(request)
    form = WeightsForm(request.POST)
    if not form.is_valid():
        return _weights(request, form, status=422)
    if "look" in request.POST:
        return _weights(request, form, preview=_before_and_after(form.weights))
    told = {"valid_from": form.cleaned_data["valid_from"], "basis": form.cleaned_data["basis"]}
    try:
        domain_rules.weigh(weights=form.weights, by=account_of(request), **told)
    except ValueError as error:
        form.add_error("valid_from", str(error))
        return _weights(request, form, status=422)
    messages.success(request, _("Saved. The weights hold from %(day)s on.") % {"day": told["valid_from"]})
    return redirect("review:weights")


def _weights(request: HttpRequest, form: WeightsForm, *, preview: object = None, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "rules": ScoreRule.objects.all(),
        "now": beside.rule_on(timezone.localdate()),
        "preview": preview,
        "month_said": periods.said(_last_month()),
        "may_change": _may_change(request),
    }
    return render(request, "review/weights.html", context, status=status)


def _before_and_after(weights: ScoreWeights) -> list[tuple[Place, Place, int | None]]:
    """Each unit of last month's ranking: as it was, as it would have been, and the ranks gained."""
    asked = Asked(_last_month())
    was = ranking.rank(asked, ())
    would = ranking.rank(Asked(asked.period, measures=beside.measures(weights)), ())
    old = {place.line.code: place for place in was.places}
    pairs = [(old[new.line.code], new) for new in would.places]
    return [(one, new, one.rank - new.rank if one.rank and new.rank else None) for one, new in pairs]


def _last_month() -> Period:
    return periods.before(periods.read(periods.DEFAULT))


@never_cache
@staff()
def months(request: HttpRequest) -> HttpResponse:
    """GET: assessment months with days of their own; POST: set both days of one."""
    form = MonthEndsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        _require_supervisor(request)
        if form.is_valid() and _saved(form, domain_rules.month_ends):
            messages.success(request, _("Saved. Its neighbours end and begin beside it."))
            return redirect("review:months")
    context = {"form": form, "months": MonthEnds.objects.all(), "may_change": _may_change(request)}
    return render(request, "review/months.html", context, status=422 if form.is_bound else 200)


@never_cache
@staff()
def classes(request: HttpRequest) -> HttpResponse:
    """GET: classes and peer groups; POST: a new class, or a look at what it would do."""
    if request.method != "POST":
        return _classes(request, ClassForm(), GroupForm())
    _require_supervisor(request)
    form = ClassForm(request.POST)
    if not form.is_valid():
        return _classes(request, form, GroupForm(), status=422)
    rule: ClassRule = form.save(commit=False)
    if "look" in request.POST:
        return _classes(request, form, GroupForm(), preview=_who(rule))
    if _saved(form, lambda **_told: domain_rules.require_ahead(rule.valid_from), field="valid_from"):
        rule.save()
        messages.success(request, _("Saved: “%(name)s”.") % {"name": rule})
        return redirect("review:classes")
    return _classes(request, form, GroupForm(), status=422)


@require_POST
@never_cache
@staff(Role.SUPERVISOR)
def group(request: HttpRequest) -> HttpResponse:
    form = GroupForm(request.POST)
    if form.is_valid() and _saved(form, domain_rules.group, field="units"):
        messages.success(request, _("Saved: “%(name)s”.") % {"name": form.cleaned_data["name"]})
        return redirect("review:classes")
    return _classes(request, ClassForm(), form, status=422)


@require_POST
@never_cache
@staff(Role.SUPERVISOR)
def end(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A class or a group holds no longer from a day on."""
    if kind not in ("class", "group"):
        raise Http404
    rule = get_object_or_404(ClassRule, pk=pk) if kind == "class" else get_object_or_404(PeerGroup, pk=pk)
    form = EndForm(request.POST)
    if form.is_valid() and _saved(form, lambda on: domain_rules.end(rule, on=on)):
        messages.success(request, _("“%(name)s” ends on %(day)s.") % {"name": rule, "day": form.cleaned_data["on"]})
    else:
        messages.warning(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("review:classes")


def _classes(
    request: HttpRequest, form: ClassForm, group_form: GroupForm, *, preview: object = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "group_form": group_form,
        "classes": [(rule, ranking.in_words(rule)) for rule in ClassRule.objects.all()],
        "groups": PeerGroup.objects.prefetch_related("units"),
        "preview": preview,
        "month_said": periods.said(_last_month()),
        "today": timezone.localdate(),
        "may_change": _may_change(request),
    }
    return render(request, "review/classes.html", context, status=status)


def _who(new: ClassRule) -> list[tuple[str, list[Place]]]:
    """Last month's units by the classes of today with the new one among them; what fits none comes last."""
    standing = ranking.rules(periods.read(periods.DEFAULT))
    rules: Sequence[ClassRule] = sorted([*standing, new], key=lambda rule: rule.order)
    places = ranking.rank(Asked(_last_month()), rules).places
    named = [(str(rule), [place for place in places if place.klass is rule]) for rule in rules]
    return [*named, ("—", [place for place in places if place.klass is None])]


def _saved(form: BaseForm, verb: Callable[..., Any], field: str | None = None) -> bool:
    """Whether the verb took it; what it says against it stands at the form."""
    try:
        verb(**form.cleaned_data)
    except ValueError as error:
        form.add_error(field, str(error))
        return False
    return True


def _may_change(request: HttpRequest) -> bool:
    return account_of(request).has_role(Role.SUPERVISOR)


def _require_supervisor(request: HttpRequest) -> None:
    if not _may_change(request):
        raise PermissionDenied
