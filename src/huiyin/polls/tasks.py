"""What the worker does for this room."""

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.polls import mixing, queries, retention

_AFTER = timedelta(hours=1)


@app.periodic(cron="*/10 * * * *")
@app.task(name="polls.mix", queueing_lock="polls.mix", lock="polls.mix")
def mix(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """Of every vote that is open, or has just ended; of how many."""
    polls = list(queries.to_be_mixed(timezone.now(), _AFTER))
    for poll in polls:
        mixing.mix(poll)
    return len(polls)


@app.periodic(cron="29 2 * * *")
@app.task(name="polls.forget", queueing_lock="polls.forget", lock="polls.forget")
def forget(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """Codes that do not count any more, and which phones have voted."""
    now = timezone.now()
    return retention.forget_codes(now) + retention.forget_voters(now)
