"""What the worker does for this room."""

from datetime import UTC, datetime
from typing import Final

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.cases.retention import retention_ends
from huiyin.townhall.domain import forget_before
from huiyin.townhall.domain_after import remind as remind_of_dates
from huiyin.townhall.reminders import remind as remind_at

# Local time. Reminders are there when people come to work.
_FROM_HOUR: Final = 6


@app.periodic(cron="47 2 * * *")
@app.task(name="townhall.forget", queueing_lock="townhall.forget", lock="townhall.forget")
def forget(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """Who asked, once the retention of the hotline's files has ended; of how many questions."""
    return forget_before(retention_ends())


@app.periodic(cron="11 * * * *")
@app.task(name="townhall.remind", queueing_lock="townhall.remind", lock="townhall.remind")
def remind(timestamp: int) -> int:
    """Before a season ends, before a meeting, and where a promised day has passed without a step; of how many.

    Asked often, so that a worker that slept still tells; each is told once.
    """
    at = datetime.fromtimestamp(timestamp, UTC)
    local = timezone.localtime(at)
    return remind_at(at) + remind_of_dates(local.date()) if local.hour >= _FROM_HOUR else 0
