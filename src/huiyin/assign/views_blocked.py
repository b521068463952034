"""Attempts to push onto communities what is not on their list: counted by who tried."""

from datetime import timedelta

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.assign.models import BlockedPush
from huiyin.kernel.roles import Role
from huiyin.people.access import staff

_DAYS = 90
_SHOWN = 100


@staff(Role.REVIEWER, Role.SUPERVISOR, Role.ANALYST)
@require_safe
def blocked(request: HttpRequest) -> HttpResponse:
    recent = BlockedPush.objects.filter(at__gte=timezone.now() - timedelta(days=_DAYS))
    by_unit = recent.values("by_unit__name", "by_unit__name_en").annotate(number=Count("pk"), latest=Max("at"))
    context = {
        "total": recent.count(),
        "days": _DAYS,
        "by_unit": by_unit.order_by("-number"),
        "pushes": recent.select_related("case", "account")[:_SHOWN],
    }
    return render(request, "assign/blocked.html", context)
