"""The verbs of the unit that answers. Each is one move of the table, its texts masked in public and kept sealed."""

from collections.abc import Iterable, Mapping, Sequence
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


def record_contact(*, case: Case, account: Account, result: str, text: str = "") -> Case:
    """The first talk with the person; a reply needs one. Raises `Refused`, `Conflict`."""
    return record(case=case, account=account, kind="first_contact", values={"result": result, "text": text})


def submit_reply(
    *, case: Case, account: Account, text: str, action: str, evidence: str = "", pictures: Sequence[bytes] = ()
) -> Case:
    """Reply with evidence, for the leader's approval. `pictures` are JPEG bytes (`cases.attachments.read_pictures`).

    Raises `Refused` (also when nobody has contacted the person yet), `Conflict`.
    """
    values = {"text": text, "action": action, "evidence": evidence}
    return record(case=case, account=account, kind="submit", values=values, pictures=list(pictures))


def approve(*, case: Case, account: Account, note: str = "") -> Case:
    """The leader's yes: the unit is done, an independent caller asks next. Raises `Refused`, `Conflict`."""
    return record(case=case, account=account, kind="approve", values={"note": note})


def send_back(*, case: Case, account: Account, reason: str) -> Case:
    """The leader's not yet. Raises `Refused`, `Conflict`."""
    return record(case=case, account=account, kind="send_back", values={"reason": reason})


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
