"""What the worker does for this room."""

from procrastinate.contrib.django import app

from huiyin.cases.retention import retention_ends
from huiyin.townhall.domain import forget_before


@app.periodic(cron="47 2 * * *")
@app.task(name="townhall.forget", queueing_lock="townhall.forget", lock="townhall.forget")
def forget(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """Who asked, once the retention of the hotline's files has ended; of how many questions."""
    return forget_before(retention_ends())
