"""What is forgotten of a vote, and when. Ballots stay: they are nobody's."""

from datetime import datetime, timedelta
from typing import Final

from huiyin.polls import codes
from huiyin.polls.models import Code, Voter

# Long enough for somebody who was told “has voted already” to object, and for phones and ballots to be counted against
# one another; no longer, because after that the list serves nothing.
VOTERS_KEPT: Final = timedelta(days=15)


def forget_codes(now: datetime) -> int:
    """Those that do not count any more, a day after they were sent: until then they hold the number of messages."""
    return Code.objects.filter(sent_at__lt=now - codes.DAY, expires_at__lt=now).delete()[0]


def forget_voters(now: datetime) -> int:
    """Which phones have voted, once that was long enough ago; of how many."""
    return Voter.objects.filter(poll__closes_at__lt=now - VOTERS_KEPT).delete()[0]
