"""A day that was promised, as the moment by which it is kept."""

from datetime import date, datetime, time

from django.utils import timezone

_CLOSING, _LAST = time(18), time(23, 59)


def until(day: date, at: datetime) -> datetime:
    """The end of the working day; where that is over, of the day: what is promised this evening is not late at once."""
    closing = timezone.make_aware(datetime.combine(day, _CLOSING))
    return closing if closing > at else timezone.make_aware(datetime.combine(day, _LAST))
