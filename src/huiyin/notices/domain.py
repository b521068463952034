"""Telling a person of the house something: once for each fact, in the transaction in which the fact became true."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.utils import timezone

from huiyin.people.models import Account

# One statement, so that the count is exact however many tell the same fact at once.
_TELL = """
    INSERT INTO notices_notice (account_id, key, subject, text, url, urgent, at)
    SELECT told, %s, %s, %s, %s, %s, %s FROM unnest(%s::bigint[]) AS told
    ON CONFLICT (account_id, key) DO NOTHING
"""


def notify(
    *,
    accounts: Iterable[Account],
    key: str,
    subject: str,
    text: str,
    url: str,
    urgent: bool = False,
    at: datetime | None = None,
) -> int:
    """How many of `accounts` had not been told this fact before. In the caller's transaction.

    `key` is "kind:what", at most 120 characters, the kind one of `notices.kinds.KINDS`. Subject, text and url hold
    nothing personal: a case's number, its masked title, its state, its date.
    """
    told = sorted({account.pk for account in accounts})
    if not told:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [key, subject[:120], text, url, urgent, at or timezone.now(), told])
        return cursor.rowcount
