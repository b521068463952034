"""Signs of coached answers for those who supervise: what was seen, its cases, and another caller's ear."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.models import Case
from huiyin.evaluate import asked, coached, second
from huiyin.kernel.roles import Role
from huiyin.people.access import staff
from huiyin.people.models import Unit

EACH = 30
_SHOWN = 12
for_supervision = staff(Role.SUPERVISOR, Role.REVIEWER)


@never_cache
@require_safe
@for_supervision
def signs(request: HttpRequest) -> HttpResponse:
    period = asked.period(request.GET.get("period", ""))
    found = coached.signs(period)
    units = Unit.objects.in_bulk({sign.unit for sign in found})
    numbers = {number for sign in found for number in sign.numbers[:_SHOWN]}
    cases = {case.number: case for case in Case.objects.filter(number__in=numbers)}
    kinds = [
        {
            "label": label,
            "about": about,
            "count": sum(sign.kind == name for sign in found),
            "rows": [
                (sign, units[sign.unit], [cases[number] for number in sign.numbers[:_SHOWN]])
                for sign in [sign for sign in found if sign.kind == name][:EACH]
            ],
        }
        for name, (label, about) in coached.KINDS.items()
    ]
    context = {"kinds": kinds, "period": period, "said": asked.said(period), "menu": asked.menu()}
    return render(request, "evaluate/coached.html", context)


@require_POST
@for_supervision
def call_again(request: HttpRequest) -> HttpResponse:
    """Give the cases of a sign to another caller, who does not learn why."""
    drawn = second.draw_these([number for number in request.POST.getlist("case") if number.isprintable()])
    messages.success(
        request,
        ngettext("%(count)s second call was added.", "%(count)s second calls were added.", drawn) % {"count": drawn},
    )
    return redirect("evaluate:coached")
