"""An account's own notices."""

from huiyin.notices.models import Notice
from huiyin.people.models import Account

SIZE = 50
CAP = 99


def unread_count(account: Account) -> int:
    """Up to `CAP` + 1: the bell counts no further."""
    return Notice.objects.filter(account=account, read_at__isnull=True)[: CAP + 1].count()


def latest(account: Account, *, before: int | None = None) -> tuple[list[Notice], bool]:
    """A page of notices, newest first, from below the id `before`; and whether there are older ones."""
    rows = Notice.objects.filter(account=account).order_by("-id")
    found = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    return found[:SIZE], len(found) > SIZE
