"""Nothing off the list is pushed onto a community (law art 17): refused, and the attempt is kept and counted."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from huiyin.assign.models import BlockedPush
from huiyin.assign.queries import Rulebook, rules_at
from huiyin.cases import codes
from huiyin.cases.draft import Draft, Entry
from huiyin.kernel.moves import Refused
from huiyin.language.mask import mask

# Moves that give a unit something to do.
_GIVING = ("dispatch", "redispatch", "rule", "whistle")
_REASON = 500


class NotListed(Refused):
    """Somebody tried; `pushes` are the rows to keep once the transaction is gone."""

    def __init__(self, pushes: Sequence[BlockedPush]) -> None:
        names = "、".join(push.community.name for push in pushes)
        super().__init__(
            "community",
            f"目录没有把这类事交给社区（{names}），不能派给社区：请派给街道、乡镇或主管部门；确属社区清单内的，先在目录里列明。这次尝试已记录。",
            f"The catalogue does not give this to a community ({names}): send it to the street, the town or the bureau "
            "in charge; if it is on their list, have the catalogue name it first. This attempt is on record.",
        )
        self.pushes = pushes


def unlisted(
    row: Mapping[str, Any], *, lead: str | None, helpers: Sequence[str], at: datetime, book: Rulebook | None = None
) -> list[str]:
    """Codes of communities that the catalogue of the day gives no such part in a case. `row`: category and area."""
    book = book or rules_at(at)
    match = book.match(row["category"], row["area"])
    may_lead = {match.lead} if match else set()
    may_help = {match.lead, *match.helpers} if match else set()
    barred = [code for code in helpers if code not in may_help and not (match and match.communities_help)]
    return [code for code in dict.fromkeys((*({lead} - may_lead), *barred)) if code and book.is_community(code)]


def only_listed(drafts: Sequence[Draft]) -> None:
    """Reaction to moves: raises `NotListed`, whoever wrote the draft."""
    for draft in drafts:
        if pushes := [push for entry in draft.entries for push in _pushes(draft, entry)]:
            raise NotListed(pushes)


def _pushes(draft: Draft, entry: Entry) -> Iterator[BlockedPush]:
    event, told = entry.event, entry.event.public
    if event.kind not in _GIVING:
        return
    helpers = (*told.get("helpers", ()), *told.get("called", ()))
    reason = told.get("reason") or told.get("minutes") or ""
    account = event.actor.removeprefix("account:")
    for code in unlisted(draft.row, lead=told.get("lead"), helpers=helpers, at=event.at):
        yield BlockedPush(
            case_id=draft.id,
            account_id=int(account) if account.isdigit() else None,
            by_unit_id=codes.units().id(event.unit),
            community_id=codes.units().id(code),
            reason=mask(reason).text[:_REASON],
        )


def keep(refused: Refused) -> None:
    """After the transaction of the move is gone: the attempt stays."""
    if isinstance(refused, NotListed):
        BlockedPush.objects.bulk_create(refused.pushes)
