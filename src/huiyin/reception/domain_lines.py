"""A request by the line of a party secretary: taken like any other, marked with how it came."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from huiyin.cases.choices import Channel
from huiyin.cases.models import Case
from huiyin.collect import queries as collecting
from huiyin.collect.domain import Message, Opened, receive_once
from huiyin.reception.domain_records import area_of
from huiyin.reception.models import Brought, Line


def open_on(day: date) -> QuerySet[Line]:
    """Lines that everybody may use on a day."""
    begun, lasting = Q(first_day=None) | Q(first_day__lte=day), Q(last_day=None) | Q(last_day__gte=day)
    return Line.objects.filter(begun, lasting, active=True, unit__active=True).select_related("unit")


@transaction.atomic
def tell(line: Line, *, press: str, pictures: Sequence[bytes] = (), **said: Any) -> Opened:
    """Open the case; the line's unit is its suggested lead. Sent twice, it is one. Raises `Refused` as forms do."""
    area = collecting.area_named(said["place"]) or area_of(line.unit)
    message = Message(channel=Channel.SECRETARY.value, area=area, **said)
    opened = receive_once(message, press=press, pictures=pictures, lead_hint=line.unit.code)
    case = Case.objects.only("pk").get(number=opened.number)
    Brought.objects.get_or_create(case=case, defaults={"line": line, "at": timezone.now()})
    return opened
