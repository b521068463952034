"""What the worker does for this room."""

from datetime import timedelta
from typing import Final

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.reception.domain import forget_before

# A number is of one afternoon; whoever was served has it in the case, if there is one.
_KEPT: Final = timedelta(days=7)


@app.periodic(cron="52 2 * * *")
@app.task(name="reception.forget", queueing_lock="reception.forget", lock="reception.forget")
def forget(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """What people told so that they could be called back, a week after they took a number; of how many."""
    return forget_before(timezone.now() - _KEPT)
