"""The card of the model that suggests categories: for everybody who relies on it, or answers for it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.assign.learning import FEWEST, card
from huiyin.assign.queries import rules_at
from huiyin.assign.triage import started_file
from huiyin.cases import codes
from huiyin.cases.labels import english
from huiyin.kernel.roles import Role
from huiyin.people.access import staff

_MIXED_UP = 20
_WIDTH, _HEIGHT = 300, 200


@never_cache
@staff(Role.DISPATCHER, Role.REVIEWER, Role.SUPERVISOR, Role.ANALYST, Role.ADMIN)
@require_safe
def model(request: HttpRequest) -> HttpResponse:
    found, names = card(), codes.categories().names(english=english())
    sure = rules_at(timezone.now()).sure
    context: dict[str, Any] = {"card": found, "sure": sure, "fewest": FEWEST, "started": started_file().exists()}
    if found:
        context |= {
            "labels": [(names.get(one.label, one.label), one) for one in found.labels],
            "mixed_up": [
                (names.get(truth, truth), names.get(said, said), cases)
                for truth, said, cases in found.confusion[:_MIXED_UP]
            ],
            "curve": _points([(said, right) for said, right, _cases in found.calibration]),
            "abstention": _points([(covered, right) for covered, right, _from in found.abstention]),
            "width": _WIDTH,
            "height": _HEIGHT,
        }
    return render(request, "assign/model.html", context)


def _points(pairs: list[tuple[float, float]]) -> str:
    """Pairs of shares (0..1) as the points of an SVG polyline."""
    return " ".join(f"{x * _WIDTH:.1f},{(1 - y) * _HEIGHT:.1f}" for x, y in pairs)
