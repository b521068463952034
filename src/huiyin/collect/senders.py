"""How often one sender may use a public door: a count an hour by a keyed hash of the address, never the address."""

import time

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from huiyin.cases.private import keyed
from huiyin.collect.models import RateWindow
from huiyin.people.senders import sender

_HOUR = 3600
_COUNT = """
INSERT INTO collect_ratewindow (key, count, expires_at) VALUES (%s, 1, now() + interval '1 hour')
ON CONFLICT (key) DO UPDATE SET count = collect_ratewindow.count + 1 RETURNING count
"""


def may_send(request: HttpRequest, *, door: str = "", most: int | None = None) -> bool:
    """Count one more try of this sender in this hour; False once there are too many.

    A `door` that says so is counted apart, up to `most`.
    """
    count = tries(f"{sender(request)}{door and f' {door}'}", _HOUR)
    return count <= (settings.RATE_PER_HOUR if most is None else most)


def tries(who: str, seconds: int) -> int:
    """How many of `who` there were in this window of so many seconds, at most an hour; this one is counted."""
    key = keyed("rate", f"{who} {int(time.time()) // seconds}")
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key])
        (count,) = cursor.fetchone() or (0,)
    return int(count)


def forget_old() -> int:
    """Windows that ended; how many there were."""
    return RateWindow.objects.filter(expires_at__lt=timezone.now()).delete()[0]
