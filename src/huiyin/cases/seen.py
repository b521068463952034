"""What changed since I looked: a dot on a row whose case moved, a line in the timeline before what is new."""

from collections.abc import Sequence

from django.db import connection

from huiyin.cases.models import Case, Event, Seen
from huiyin.people.models import Account

# Both halves see the table as it was before.
_LOOKED = """
    WITH looked AS (
        INSERT INTO cases_seen (account_id, case_id, seq) VALUES (%(account)s, %(case)s, %(seq)s)
        ON CONFLICT (account_id, case_id) DO UPDATE SET seq = excluded.seq WHERE cases_seen.seq < excluded.seq
    )
    SELECT seq FROM cases_seen WHERE account_id = %(account)s AND case_id = %(case)s
"""


def look(account: Account, case: Case) -> int | None:
    """From now on this account has seen `case` as it stands; the last event that it saw before, if any. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOKED, {"account": account.pk, "case": case.pk, "seq": case.seq})
        before = cursor.fetchone()
    return before[0] if before else None


def mark_news(account: Account, rows: Sequence[Case]) -> None:
    """`row.has_news` on every row: whether its case moved since this account looked at it. One query."""
    looked = dict(Seen.objects.filter(account=account, case__in=rows).values_list("case_id", "seq")) if rows else {}
    for row in rows:
        row.has_news = row.seq > looked.get(row.pk, row.seq)  # type: ignore[attr-defined]


def first_news(account: Account, events: Sequence[Event], since: int | None) -> int | None:
    """The place (from 1) of the first event by somebody else after `since`; None where nothing is new."""
    if since is None:
        return None
    own = f"account:{account.pk}"
    fresh = (place for place, event in enumerate(events, 1) if event.seq > since and event.actor != own)
    return next(fresh, None)
