"""What the worker does for this room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.timers.domain import tick

# A worker that is told to stop waits for its jobs: after a large import the clocks are set in many short runs.
_SECONDS = 20


@app.periodic(cron="* * * * *")
@app.task(name="timers.tick", queueing_lock="timers.tick", lock="timers.tick")
def run(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """What has passed since, told once; how many notices."""
    return tick(timezone.now(), seconds=_SECONDS).notices
