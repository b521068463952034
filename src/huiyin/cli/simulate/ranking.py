"""The demonstration's rules of the ranking, invented like the district: peer groups, classes, one cut-off."""

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from huiyin.people.choices import UnitKind
from huiyin.people.models import Account, Unit
from huiyin.review import freezing, periods
from huiyin.review.models import ClassRule, PeerGroup, ScoreRule

_YEARS: Final = timedelta(days=730)
_GROUPS: Final = {("街道", "Street offices"): UnitKind.STREET, ("镇", "Towns"): UnitKind.TOWN}
_CLASSES: Final[dict[tuple[str, str], dict[str, Any]]] = {
    ("先进", "Leading"): {"first_percent": 10},
    ("进步", "Improved"): {"rose": 5},
    ("治理", "Under treatment"): {"last_percent": 5},
    ("整改", "To mend"): {"last_percent": 15},
}


def rank() -> None:
    first, by = timezone.localdate() - _YEARS, Account.objects.get(username="supervisor")
    weights = {"response": 10, "satisfaction": 40, "resolution": 50}
    ScoreRule.objects.create(valid_from=first, basis="示例：请按本地考核办法填写", by=by, **weights)
    for (name, english), kind in _GROUPS.items():
        if units := list(Unit.objects.filter(kind=kind, ranked=True)):
            PeerGroup.objects.create(name=name, name_en=english, valid_from=first).units.set(units)
    for order, ((name, english), conditions) in enumerate(_CLASSES.items(), start=1):
        ClassRule.objects.create(name=name, name_en=english, order=order, valid_from=first, **conditions)
    freezing.freeze(periods.before(periods.read(periods.DEFAULT)), by=by)
