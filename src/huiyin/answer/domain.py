"""The verbs of the unit that answers, where there is more to them than a move of the table (`cases.moving.record`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from huiyin.cases.labels import say
from huiyin.cases.models import Case
from huiyin.cases.moving import record
from huiyin.cases.store import Conflict
from huiyin.kernel.moves import Refused
from huiyin.people.covers import stand_in
from huiyin.people.models import Account


def accept(*, case: Case, account: Account) -> Case:
    """Sign for a case; whoever signs has it on the desk. Raises `Refused`, `Conflict`."""
    return record(case=case, account=account, kind="accept", values={"assignee": account.pk})


def to_stand_in(_case: Case, values: Mapping[str, Any]) -> dict[str, Any]:
    """What is handed to a colleague who is away goes to whoever stands in."""
    return {"assignee": stand_in(values["assignee"])} if values.get("assignee") else {}


@dataclass(frozen=True, slots=True)
class Accepted:
    """Numbers that were accepted, and (number, why not) of the others."""

    done: tuple[str, ...]
    not_done: tuple[tuple[str, str], ...]


def accept_many(*, cases: Iterable[Case], account: Account) -> Accepted:
    """Each case in its own transaction: one that somebody else was faster with does not hold up the rest."""
    done, not_done = [], []
    for case in cases:
        try:
            done.append(accept(case=case, account=account).number)
        except Refused as refused:
            not_done.append((case.number, say(refused)))
        except Conflict:
            not_done.append((case.number, _("somebody was faster")))
    return Accepted(tuple(done), tuple(not_done))
