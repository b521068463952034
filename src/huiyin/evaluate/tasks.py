"""What the worker does for this room."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from huiyin.cases.models import Event
from huiyin.evaluate import gateway, links, second, telling
from huiyin.evaluate.models import Link

_KEPT = timedelta(days=30)
_FROM_HOUR = 5


@app.task(
    name="evaluate.send_link",
    retry=RetryStrategy(max_attempts=4, exponential_wait=30, retry_exceptions=[gateway.NotSent]),
)
def send_link(link_id: int, root: str) -> None:
    links.deliver(Link.objects.select_related("case").get(pk=link_id), root)


@app.task(
    name="evaluate.send_date",
    retry=RetryStrategy(max_attempts=4, exponential_wait=30, retry_exceptions=[gateway.NotSent]),
)
def send_date(case_id: int, seq: int) -> None:
    telling.send(Event.objects.select_related("case").get(case=case_id, seq=seq))


@app.periodic(cron="40 * * * *")
@app.task(name="evaluate.draw_second_calls", queueing_lock="evaluate.draw_second_calls")
def draw_second_calls(timestamp: int) -> None:
    """For what was evaluated yesterday, from the morning on; drawing a day again draws the same cases.

    Asked every hour: the timetable is read in UTC, and a worker may have slept through the morning.
    """
    now = timezone.localtime(datetime.fromtimestamp(timestamp, UTC))
    if now.hour >= _FROM_HOUR:
        second.draw(now.date() - timedelta(days=1))
    links.forget_old(timezone.now() - _KEPT)
