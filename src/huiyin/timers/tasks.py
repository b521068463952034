"""What the worker does for this room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.timers.domain import tick


@app.periodic(cron="* * * * *")
@app.task(name="timers.tick", queueing_lock="timers.tick", lock="timers.tick")
def run(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """What has passed since, told once; how many notices."""
    return tick(timezone.now()).notices
