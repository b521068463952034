"""What the worker does for this room."""

from datetime import UTC, datetime
from typing import Final

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.rounds import domain

# Local time. Checkers find their list when they come to work.
_FROM_HOUR: Final = 5


@app.periodic(cron="*/20 * * * *")
@app.task(name="rounds.draw", queueing_lock="rounds.draw", lock="rounds.draw")
def draw(timestamp: int) -> int:
    """The day's checks, once; asked often, so that a worker that slept through the morning still draws them."""
    at = timezone.localtime(datetime.fromtimestamp(timestamp, UTC))
    return domain.draw(at.date()) if at.hour >= _FROM_HOUR else 0
