"""What the worker does for this room."""

from procrastinate.contrib.django import app

from huiyin.assign.learning import learn_more


@app.periodic(cron="23 2 * * *")
@app.task(name="assign.learn", queueing_lock="assign.learn", lock="assign.learn")
def learn(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """What was dispatched since the last lesson; how many cases were learned."""
    return learn_more()
