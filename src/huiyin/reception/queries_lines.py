"""Lines of party secretaries: who may publish which, and how many requests came by each."""

from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from huiyin.kernel.roles import Role
from huiyin.people.models import Account, Unit
from huiyin.reception.domain_lines import open_on
from huiyin.reception.models import Line

MANAGE: Final = (Role.LEADER, Role.SUPERVISOR)
COUNTED_DAYS: Final = 30
_WORDS: Final = 5


def found(words: str) -> QuerySet[Line]:
    """What everybody may use today and has all the words in its title or its unit's name."""
    lines = open_on(timezone.localdate())
    for word in words.split()[:_WORDS]:
        named = Q(unit__name__icontains=word) | Q(unit__name_en__icontains=word)
        lines = lines.filter(Q(title__icontains=word) | named)
    return lines.order_by("unit__path")


def units_of(account: Account) -> QuerySet[Unit]:
    """Units whose line the account may publish: every one for a supervisor, a leader's own and those below."""
    units = Unit.objects.filter(active=True)
    if account.has_role(Role.SUPERVISOR):
        return units
    led = Unit.objects.filter(pk__in=account.roles.get(Role.LEADER, ())).values_list("path", flat=True)
    paths = [Q(path__startswith=path) for path in led]
    return units.filter(reduce(or_, paths)) if paths else units.none()


def managed(account: Account) -> QuerySet[Line]:
    """With `came`: requests of the last thirty days that came by it, wherever they are handled."""
    since = timezone.now() - timedelta(days=COUNTED_DAYS)
    lines = Line.objects.filter(unit__in=units_of(account)).select_related("unit")
    return lines.annotate(came=Count("brought", filter=Q(brought__at__gte=since))).order_by("unit__path")
