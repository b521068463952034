"""Ballots lose their order. A row says when it was written by its place and its transaction, which is its voter's.

So a vote is written together with others that are drawn and written anew, all under new ids, in an order by chance;
every few minutes, and when voting ends, this is done with all of them. What is left is in docs/desks/votes.md.
"""

from collections.abc import Sequence
from typing import Final

from django.db import connection, transaction

from huiyin.polls.models import Poll

TOGETHER: Final = 32
_PUT: Final = """
WITH moved AS (
  DELETE FROM polls_ballot WHERE id IN (
    SELECT id FROM polls_ballot WHERE poll_id = %(poll)s ORDER BY random() LIMIT %(many)s
  ) RETURNING options
), every AS (SELECT options FROM moved UNION ALL SELECT %(new)s::bigint[] WHERE %(new)s::bigint[] IS NOT NULL)
INSERT INTO polls_ballot (id, poll_id, options)
SELECT gen_random_uuid(), %(poll)s, options FROM every ORDER BY random()
"""
_VOTERS: Final = """
WITH moved AS (DELETE FROM polls_voter WHERE poll_id = %(poll)s RETURNING phone)
INSERT INTO polls_voter (id, poll_id, phone) SELECT gen_random_uuid(), %(poll)s, phone FROM moved ORDER BY random()
"""


def put(poll: Poll, options: Sequence[int]) -> None:
    """One more ballot among others; only while the poll's row is held."""
    _write(poll, list(options), TOGETHER)


@transaction.atomic
def mix(poll: Poll) -> None:
    """All ballots, and all voters, written anew in an order by chance."""
    Poll.objects.select_for_update().get(pk=poll.pk)
    _write(poll, None, None)
    with connection.cursor() as cursor:
        cursor.execute(_VOTERS, {"poll": poll.pk})


def _write(poll: Poll, new: list[int] | None, many: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_PUT, {"poll": poll.pk, "many": many, "new": new})
