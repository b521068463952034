"""What the worker does for this room."""

from datetime import timedelta

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from huiyin.notices import sending
from huiyin.notices.models import Notice, Preference

_KEPT = timedelta(days=180)
_AGAIN = RetryStrategy(max_attempts=8, exponential_wait=4)


@app.task(name="notices.send", retry=_AGAIN)
def send(account_id: int) -> None:
    if preference := Preference.objects.filter(pk=account_id).first():
        sending.send(preference, timezone.now())


@app.periodic(cron="* * * * *")
@app.task(name="notices.look", queueing_lock="notices.look")
def look(timestamp: int) -> None:  # noqa: ARG001 procrastinate's signature
    """A job for each person who is to hear something now: a digest's time, or quiet hours ended."""
    now = timezone.now()
    for preference in Preference.objects.exclude(sealed=b""):
        if sending.is_due(preference, now):
            send.defer(account_id=preference.pk)


@app.periodic(cron="37 3 * * *")
@app.task(name="notices.tidy", queueing_lock="notices.tidy")
def tidy(timestamp: int) -> int:  # noqa: ARG001 procrastinate's signature
    """Notices of half a year ago; how many. What they told of stays in the cases."""
    return Notice.objects.filter(at__lt=timezone.now() - _KEPT).delete()[0]
