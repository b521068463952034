"""Holiday cover: in that time what would go to one account goes to another."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.people.models import Account, Cover, Membership

LONGEST = timedelta(days=366)
# Whoever answers for a unit can stand in for another of it; every other role only for its own like.
_SHOWN = ("last", "away__name", "away__username")
_ANSWERING = frozenset({Role.HANDLER, Role.LEADER})


def standing(on: date | None = None) -> QuerySet[Cover]:
    """Covers that hold on a day, today unless said."""
    day = on or timezone.localdate()
    return Cover.objects.filter(ended_at=None, first__lte=day, last__gte=day).select_related("away", "by")


def stand_in(account_id: int) -> int:
    """Who gets what is for this account today: its cover, else itself. A cover who is away too passes nothing on."""
    return stand_ins([account_id]).get(account_id, account_id)


def covered_by(account: Account) -> list[Cover]:
    """For whom this account stands in today."""
    return list(standing().filter(by=account).select_related(None).select_related("away").only(*_SHOWN))


def stand_ins(accounts: Iterable[int]) -> dict[int, int]:
    """Of these accounts (ids) those that are away today, with who stands in."""
    return dict(standing().filter(away__in=set(accounts)).values_list("away", "by"))


def colleagues(account: Account) -> QuerySet[Account]:
    """Who has the same role in the same unit, or answers for it as well."""
    alike = Q(pk__in=())
    for role, units in account.roles.items():
        roles = _ANSWERING if role in _ANSWERING else (role,)
        alike |= Q(pk__in=Membership.objects.filter(unit__in=units, role__in=roles).values("account"))
    return Account.objects.filter(alike, is_active=True).exclude(pk=account.pk).order_by("name")


def set_cover(*, away: Account, by: Account, first: date, last: date, account: Account) -> Cover:
    """`account` sets it for itself, a leader for its colleagues. Raises `Refused`."""
    own = account == away or (account.has_role(Role.LEADER) and colleagues(account).filter(pk=away.pk).exists())
    if not own:
        raise Refused("role", "只能为自己安排；领导可以为同事安排。", "For yourself only; a leader for colleagues.")
    if not colleagues(away).filter(pk=by.pk).exists():
        raise Refused("cover", "代班人应是同一单位同一岗位的同事。", "A cover has the same work in the same unit.")
    if not timezone.localdate() <= last or first > last:
        raise Refused(
            "cover", "结束日期应在今天或以后，且不早于开始日期。", "The last day lies ahead, and not before the first."
        )
    if first < timezone.localdate() - LONGEST or last > first + LONGEST:
        raise Refused("cover", "代班最长一年，请检查年份。", "A cover lasts a year at most: check the year.")
    if _open(away).filter(first__lte=last, last__gte=first).exists():
        raise Refused("cover", "这段时间已经安排了代班，请先取消。", "A cover is set for that time: end it first.")
    return Cover.objects.create(away=away, by=by, first=first, last=last, set_by=account)


def end_cover(*, cover: Cover, account: Account) -> None:
    """From now on nobody stands in. By either side, or a leader. Raises `Refused`."""
    if not may_end(cover, account):
        raise Refused("role", "由本人、代班人或领导取消。", "The two of them or a leader may end it.")
    Cover.objects.filter(pk=cover.pk, ended_at=None).update(ended_at=timezone.now())


def may_end(cover: Cover, account: Account) -> bool:
    if account in (cover.away, cover.by):
        return True
    return account.has_role(Role.LEADER) and colleagues(account).filter(pk=cover.away_id).exists()


def ahead(account: Account) -> list[Cover]:
    """Covers of the account and its colleagues that stand or are to come."""
    people = Q(away=account) | Q(away__in=colleagues(account))
    found = Cover.objects.filter(people, ended_at=None, last__gte=timezone.localdate())
    return list(found.select_related("away", "by"))


def _open(away: Account) -> QuerySet[Cover]:
    return Cover.objects.filter(away=away, ended_at=None)
