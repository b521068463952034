"""What a vote came to: by phone, on paper, turnout. Every share says of what."""

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection

from huiyin.polls.models import Option, Poll

_BY_OPTION = """
SELECT one, count(*) FROM polls_ballot, unnest(options) AS one WHERE poll_id = %s GROUP BY one
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One option. `percent` of all valid ballots; `rank` is shared by those with as many votes, then `tied`."""

    option: Option
    phone: int
    paper: int
    percent: Decimal | None
    rank: int
    tied: bool

    @property
    def votes(self) -> int:
        return self.phone + self.paper


@dataclass(frozen=True, slots=True)
class Turnout:
    """Ballots of phones and on paper, invalid ones among them, of those entitled; None where nobody knows how many."""

    phone: int
    paper: int
    invalid: int
    eligible: int | None

    @property
    def ballots(self) -> int:
        return self.phone + self.paper

    @property
    def valid(self) -> int:
        return self.ballots - self.invalid

    @property
    def percent(self) -> Decimal | None:
        return percent(self.ballots, self.eligible or 0)


@dataclass(frozen=True, slots=True)
class Result:
    lines: list[Line]
    turnout: Turnout

    @property
    def first(self) -> list[Line]:
        """Who has most votes; several where they have as many."""
        return [line for line in self.lines if line.rank == 1 and line.votes]

    @property
    def phone_votes(self) -> int:
        return sum(line.phone for line in self.lines)


def turnout(poll: Poll) -> Turnout:
    return Turnout(poll.ballots.count(), poll.paper_ballots or 0, poll.paper_invalid, poll.eligible)


def result(poll: Poll) -> Result:
    """The most votes first; as many votes, as they stood on the ballot."""
    cast, by_phone = turnout(poll), _by_phone(poll)
    options = sorted(poll.options.all(), key=lambda one: (-by_phone[one.pk] - one.paper, one.position))
    votes = [by_phone[one.pk] + one.paper for one in options]
    lines = [
        Line(one, by_phone[one.pk], one.paper, percent(many, cast.valid), votes.index(many) + 1, votes.count(many) > 1)
        for one, many in zip(options, votes, strict=True)
    ]
    return Result(lines, cast)


def _by_phone(poll: Poll) -> Counter[int]:
    with connection.cursor() as cursor:
        cursor.execute(_BY_OPTION, [poll.pk])
        return Counter(dict(cursor.fetchall()))


def percent(part: int, whole: int) -> Decimal | None:
    """One decimal, half upwards; None of nothing."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
