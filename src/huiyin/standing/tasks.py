"""What the worker does for this room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.standing import domain_entries


@app.periodic(cron="11 0 * * *")
@app.task(name="standing.expire", queueing_lock="standing.expire", lock="standing.expire")
def expire(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """Entries whose time is over; of how many. The public page does not wait for it."""
    return domain_entries.expire(timezone.localdate())
