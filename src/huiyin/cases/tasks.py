"""What the worker does for this room."""

from procrastinate.contrib.django import app

from huiyin.cases.retention import erase_before, retention_ends


@app.periodic(cron="17 3 * * *")
@app.task(name="cases.erase", queueing_lock="cases.erase")
def erase(timestamp: int) -> int:  # noqa: ARG001 the clock that called
    return erase_before(retention_ends())
