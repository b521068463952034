"""How long is left, in the words of a person."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, ngettext


def spell(minutes: int, parts: int = 2) -> str:
    """1421 → "23 hours 41 minutes"; at most `parts` neighbouring units."""
    if minutes < 1:
        return gettext("less than a minute")
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    counts = (days, hours, minutes)
    first = next(i for i, count in enumerate(counts) if count)
    shown = list(zip(counts, _SAID, strict=True))[first : first + parts]
    return " ".join(say(count) % {"count": count} for count, say in shown if count)


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count)


def _hours(count: int) -> str:
    return ngettext("%(count)d hour", "%(count)d hours", count)


def _minutes(count: int) -> str:
    return ngettext("%(count)d minute", "%(count)d minutes", count)


_SAID = (_days, _hours, _minutes)


def left(due_at: datetime, parts: int = 2, now: datetime | None = None) -> str:
    seconds = (due_at - (now or timezone.now())).total_seconds()
    length = spell(int(abs(seconds) // 60), parts)
    return length if seconds >= 0 else gettext("%(length)s late") % {"length": length}
