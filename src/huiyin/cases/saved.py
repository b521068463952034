"""Filters that an account keeps for a list, shown as chips above it."""

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

from huiyin.cases.models import SavedFilter
from huiyin.kernel.moves import Refused
from huiyin.people.models import Account

MOST = 20
_LONGEST = 500
# Where in the list one stands is no part of the question.
_NOT_ASKED = ("cursor", "csrfmiddlewaretoken")


def question(query: str) -> str:
    """The query part of an address, without what is empty or only says where in the list one stands."""
    asked, kept = QueryDict(query[: _LONGEST * 2]), QueryDict(mutable=True)
    for name in sorted(asked.keys() - set(_NOT_ASKED)):
        if values := [value for value in asked.getlist(name) if value]:
            kept.setlist(name, values)
    return kept.urlencode()


def filters_of(account: Account, page: str) -> list[SavedFilter]:
    return list(SavedFilter.objects.filter(account=account, page=page))


def save(*, account: Account, page: str, name: str, query: str) -> SavedFilter:
    """Keep a question under a name; the same name again replaces it. Raises `Refused`."""
    asked, name = question(query), " ".join(name.split())[:40]
    if not name or not asked or len(asked) > _LONGEST or not _is_list(page):
        raise Refused(
            "filter", "先选好筛选条件，再起个名字保存。", "Ask something of the list first, then give it a name."
        )
    own = SavedFilter.objects.filter(account=account, page=page)
    if own.exclude(name=name).count() >= MOST:
        raise Refused("filter", f"最多保存 {MOST} 个筛选，请先删掉一个。", f"{MOST} filters at most: delete one first.")
    return own.update_or_create(account=account, page=page, name=name, defaults={"query": asked})[0]


def rename(*, saved: SavedFilter, name: str) -> None:
    """Raises `Refused` for no name, or one that another filter of the list has."""
    saved.name = " ".join(name.split())[:40]
    if not saved.name:
        raise Refused("filter", "请写一个名字。", "Write a name.")
    try:
        with transaction.atomic():
            saved.save(update_fields=["name"])
    except IntegrityError:
        raise Refused("filter", "已经有同名的筛选。", "Another filter has this name.") from None


def _is_list(page: str) -> bool:
    try:
        return bool(reverse(page))
    except NoReverseMatch:
        return False
