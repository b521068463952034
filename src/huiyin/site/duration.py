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
    units = [
        (days, ngettext("%(count)d day", "%(count)d days", days)),
        (hours, ngettext("%(count)d hour", "%(count)d hours", hours)),
        (minutes, ngettext("%(count)d minute", "%(count)d minutes", minutes)),
    ]
    first = next(i for i, (count, _text) in enumerate(units) if count)
    return " ".join(text % {"count": count} for count, text in units[first : first + parts] if count)


def left(due_at: datetime, parts: int = 2, now: datetime | None = None) -> str:
    seconds = (due_at - (now or timezone.now())).total_seconds()
    length = spell(int(abs(seconds) // 60), parts)
    return length if seconds >= 0 else gettext("%(length)s late") % {"length": length}
