"""What the worker does for this room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.alike import topics
from huiyin.alike.domain import forget_sealed, read_new

_SECONDS = 15


@app.periodic(cron="* * * * *")
@app.task(name="alike.read", queueing_lock="alike.read", lock="alike.read")
def read(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """What arrived since; how many cases were read."""
    return read_new(seconds=_SECONDS)


@app.periodic(cron="41 2 * * *")
@app.task(name="alike.mend", queueing_lock="alike.mend", lock="alike.read")
def mend(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """What was passed over, and what may no longer be kept."""
    return read_new(seconds=20 * _SECONDS, everything=True) + forget_sealed()


@app.periodic(cron="*/20 * * * *")
@app.task(name="alike.topics", queueing_lock="alike.topics", lock="alike.topics")
def find_topics(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """What people tell together; how many topics."""
    return topics.find(timezone.now())
