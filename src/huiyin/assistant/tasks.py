"""What the worker does for this room."""

from procrastinate.contrib.django import app

from huiyin.assistant.asking import forget_old


@app.periodic(cron="47 3 * * *")
@app.task(name="assistant.forget", queueing_lock="assistant.forget")
def forget(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    return forget_old()
