"""Telling a person of the house something: once for each fact, in the transaction in which the fact became true."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from huiyin.notices.models import Notice, Preference
from huiyin.notices.sending import addresses as addresses_of
from huiyin.notices.sending import sealed
from huiyin.people.covers import stand_ins
from huiyin.people.models import Account

# One statement, so that the count is exact however many tell the same fact at once.
_TELL = """
    INSERT INTO notices_notice (account_id, key, subject, text, url, urgent, at)
    SELECT account, key, subject, text, url, urgent, %s
    FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::boolean[])
        AS told (account, key, subject, text, url, urgent)
    ON CONFLICT (account_id, key) DO NOTHING
"""


class Fact(NamedTuple):
    """What one account (by id) is told. `key` is "kind:what", at most 120 characters, its kind one of `kinds.KINDS`.

    Subject, text and url hold nothing personal: a case's number, its masked title, its state, its date.
    """

    account: int
    key: str
    subject: str
    text: str
    url: str
    urgent: bool = False


def notify(*, accounts: Iterable[Account], key: str, subject: str, text: str, url: str, urgent: bool = False) -> int:
    """How many of `accounts` had not been told this fact before. In the caller's transaction; see `Fact`."""
    told = sorted({account.pk for account in accounts})
    return tell([Fact(pk, key, subject, text, url, urgent) for pk in told])


def tell(facts: Sequence[Fact], *, at: datetime | None = None) -> int:
    """How many of these facts were news to their account, or to who stands in for it. In the caller's transaction."""
    if not facts:
        return 0
    facts = [*facts, *_for_stand_ins(facts)]
    rows = [(*fact._replace(subject=fact.subject[:120]),) for fact in facts]
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [at or timezone.now(), *map(list, zip(*rows, strict=True))])
        new: int = cursor.rowcount
    _send_at_once({fact.account for fact in facts if fact.urgent} if new else set())
    return new


def _for_stand_ins(facts: Sequence[Fact]) -> Iterator[Fact]:
    """The same facts for those who stand in for somebody away; a fact told to both goes to each once."""
    covered = stand_ins({fact.account for fact in facts})
    told = {(fact.account, fact.key) for fact in facts}
    for fact in facts:
        by = covered.get(fact.account)
        if by and (by, fact.key) not in told:
            told.add((by, fact.key))
            yield fact._replace(account=by)


def _send_at_once(accounts: set[int]) -> None:
    """A job for each who wants to be told elsewhere; it is committed with the fact, or not at all."""
    from huiyin.notices.tasks import send  # noqa: PLC0415 tasks need the application ready

    wanted = Preference.objects.filter(account__in=accounts).exclude(sealed=b"") if accounts else ()
    for preference in wanted:
        send.defer(account_id=preference.pk)


def read(account: Account, *, ids: Iterable[int] | None = None) -> int:
    """Mark these notices of the account, or all of them, as read."""
    unread = Notice.objects.filter(account=account, read_at__isnull=True)
    return (unread if ids is None else unread.filter(pk__in=ids)).update(read_at=timezone.now())


def prefer(
    account: Account,
    *,
    addresses: Sequence[str],
    digests: Sequence[str],
    quiet_from: time | None,
    quiet_to: time | None,
    muted: Sequence[str],
) -> Preference:
    """Where and when this account wants to be told. Only what it is told from now on goes to new addresses."""
    now = timezone.now()
    wanted = {
        "sealed": sealed(addresses), "digests": list(digests), "muted": list(muted),
        "quiet_from": quiet_from, "quiet_to": quiet_to,
    }  # fmt: skip
    stood = Preference.objects.filter(pk=account.pk).first()
    same = stood is not None and addresses_of(stood) == list(addresses)
    anew = {} if same else {"since": now, "digested_at": now}
    preference, _ = Preference.objects.update_or_create(pk=account.pk, defaults=wanted | anew)
    return preference
