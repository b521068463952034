"""Notices on their way out, by Apprise: an urgent one at once and alone, the others as one message a digest.

A notice is claimed before it is sent and given back when sending fails: nobody is told twice, and a retry finds it.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiyin.notices.hours import digest_is_due, is_quiet
from huiyin.notices.models import Notice, Preference
from huiyin.people.sealing import open_sealed, seal


class NotSent(Exception):  # noqa: N818 the task tries again
    """No address took the message."""


def addresses(preference: Preference) -> list[str]:
    """The Apprise addresses, opened."""
    return open_sealed(bytes(preference.sealed)).decode().split() if preference.sealed else []


def refused_addresses(lines: Sequence[str]) -> list[str]:
    """The numbers of the lines that are no address of an allowed way; never the lines, which hold secrets."""
    return [str(number) for number, line in enumerate(lines, 1) if not _is_address(line)]


def _is_address(line: str) -> bool:
    import apprise  # noqa: PLC0415 a hundred services: only who sends needs them

    way = line.partition("://")[0].lower()
    return way in settings.NOTICE_WAYS and apprise.Apprise.instantiate(line) is not None


def sealed(lines: Sequence[str]) -> bytes:
    return seal("\n".join(lines).encode()) if lines else b""


def is_due(preference: Preference, now: datetime) -> bool:
    """Whether `send` has something to do now."""
    if is_quiet(preference, now):
        return False
    waiting = _waiting(preference)
    return (waiting if digest_is_due(preference, now) else waiting.filter(urgent=True)).exists()


def send(preference: Preference, now: datetime) -> int:
    """What is urgent, each alone; and the others as one message, when a digest is due. How many. Raises `NotSent`."""
    if is_quiet(preference, now):
        return 0
    urgent = _claim(_waiting(preference).filter(urgent=True), preference, now)
    for notice in urgent:
        _send(preference, [notice])
    if not digest_is_due(preference, now):
        return len(urgent)
    others = _claim(_waiting(preference), preference, now)
    if others:
        _send(preference, others)
    Preference.objects.filter(pk=preference.pk).update(digested_at=now)
    return len(urgent) + len(others)


def _waiting(preference: Preference) -> QuerySet[Notice]:
    """Unread and not sent, since the addresses were set."""
    return Notice.objects.filter(
        account=preference.pk, read_at__isnull=True, sent_at__isnull=True, at__gte=preference.since
    )


@transaction.atomic
def _claim(waiting: QuerySet[Notice], preference: Preference, now: datetime) -> list[Notice]:
    """What of it this worker sends; a muted kind is not sent unless it is urgent."""
    rows = waiting.order_by("id").select_for_update(skip_locked=True)
    found = [notice for notice in rows if notice.urgent or notice.kind not in preference.muted]
    Notice.objects.filter(pk__in=[notice.pk for notice in found]).update(sent_at=now)
    return found


def _send(preference: Preference, notices: Sequence[Notice]) -> None:
    import apprise  # noqa: PLC0415 a hundred services: only the worker needs them

    outlet = apprise.Apprise()
    for address in addresses(preference):
        outlet.add(address)
    if not outlet.notify(title=_title(notices), body=_body(notices)):
        Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=None)
        raise NotSent


def _title(notices: Sequence[Notice]) -> str:
    return notices[0].subject if len(notices) == 1 else _("%(count)s new notices") % {"count": len(notices)}


def _body(notices: Sequence[Notice]) -> str:
    if len(notices) == 1:
        return notices[0].text or notices[0].subject
    return "\n".join(f"· {notice.subject}" for notice in notices)
