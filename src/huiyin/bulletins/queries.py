"""Reads of the bulletins: who may see which, the template in force, the places of units."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from huiyin.bulletins.choices import Stage
from huiyin.bulletins.counting import NOTHING
from huiyin.bulletins.models import Bulletin, Template
from huiyin.kernel.roles import Role
from huiyin.people.effective import in_force
from huiyin.people.models import Account

DRAFT: Final = (Role.SUPERVISOR, Role.ANALYST)
SIGN: Final = (Role.SUPERVISOR,)
READ: Final = (*DRAFT, Role.LEADER)


def seen_by(account: Account) -> QuerySet[Bulletin]:
    """Who drafts sees all; the others what has been issued."""
    found = Bulletin.objects.select_related("by", "signed_by", "topic", "freeze").order_by("-at", "-pk")
    return found if account.has_role(*DRAFT) else found.filter(stage=Stage.ISSUED)


def template_of(kind: str, on: date | None = None) -> Template | None:
    """The office's own that holds on this day; None: the house's."""
    held = Template.objects.filter(in_force(on or timezone.localdate()), kind=kind)
    return held.order_by("-version").first()


def placed(lines: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int | None, Mapping[str, Any]]]:
    """Each unit with its place by score; none without a valid callback, none for what is no unit's."""
    place = 0
    for line in lines:
        scored = bool(line["code"]) and line["figures"]["score"]["text"] != NOTHING
        place += scored
        yield place if scored else None, line


def changes_of(bulletin: Bulletin) -> str:
    """The page that says what has changed since its cut-off; empty where no room has one."""
    try:
        return reverse("review:changes", args=[bulletin.freeze_id])
    except NoReverseMatch:
        return ""
