"""The bulletins of the demonstration: last month's, issued, and a draft of the day; air, waste and property beside."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.utils import timezone

from huiyin.bulletins import domain
from huiyin.bulletins.choices import Kind
from huiyin.bulletins.models import Bulletin
from huiyin.kernel.periods import Period, previous
from huiyin.people.models import Account
from huiyin.review import periods

_NEXT: Final = (
    "供暖诉求集中的街道，每天早上八点前与供热单位对账，当天的诉求当天见面。\n"
    "超期的诉求由主要领导包案，下次点评会逐件销号。"
)
_LONGEST_BACK: Final = 30


def report() -> list[Bulletin]:
    """In a district without cases there is nothing to report."""
    by = Account.objects.filter(username="supervisor").first()
    if by is None:
        return []
    month = previous(periods.read(periods.DEFAULT))
    monthly = _drafted(Kind.MONTHLY, month, by)
    if monthly:
        _issue(monthly, by)
    beside = [_drafted(kind, month, by) for kind in (Kind.AIR, Kind.WASTE, Kind.PROPERTY)]
    daily = next((made for day in _days() if (made := _drafted(Kind.DAILY, day, by))), None)
    return [one for one in (monthly, *beside, daily) if one]


def _days() -> Iterator[Period]:
    """The report day that was over last, and those before it: a small demonstration has days without a case."""
    over = timezone.localtime() - timedelta(hours=12)
    return (periods.read(f"day:{over.date() - timedelta(days=back)}") for back in range(_LONGEST_BACK))


def _drafted(kind: str, period: Period, by: Account) -> Bulletin | None:
    try:
        return domain.draft(kind=kind, period=period, by=by)
    except ValueError:
        return None


def _issue(bulletin: Bulletin, by: Account) -> None:
    words = {"title": bulletin.title, "office": bulletin.office}
    domain.save(bulletin=bulletin, version=bulletin.version, texts={"next": _NEXT}, **words)
    domain.sign(bulletin=bulletin, by=by, version=bulletin.version)
    domain.issue(bulletin=bulletin, by=by, version=bulletin.version)
