"""What the worker does for this room."""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.cases.retention import retention_ends
from huiyin.townhall.domain import forget_before
from huiyin.townhall.domain_after import remind


@app.periodic(cron="47 2 * * *")
@app.task(name="townhall.forget", queueing_lock="townhall.forget", lock="townhall.forget")
def forget(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """Who asked, once the retention of the hotline's files has ended; of how many questions."""
    return forget_before(retention_ends())


@app.periodic(cron="10 1 * * *")
@app.task(name="townhall.remind", queueing_lock="townhall.remind", lock="townhall.remind")
def remind_of_dates(timestamp: int) -> int:
    """Promised days that have passed without a step, told once; of how many notices."""
    return remind(timezone.localdate(datetime.fromtimestamp(timestamp, UTC)))
