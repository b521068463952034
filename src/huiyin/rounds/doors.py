"""External checks by the general form of a case and by the API: only what was drawn, only by an independent checker."""

from collections.abc import Mapping
from typing import Any

from huiyin.cases.models import Case
from huiyin.kernel.moves import Refused
from huiyin.people.models import Account
from huiyin.rounds.domain import Finding, record
from huiyin.rounds.queries import check_of


def not_drawn(case: Case) -> Refused | None:
    """Why nobody checks this case now; None where a check is open."""
    check = check_of(case.number)
    if check and not check.done_at:
        return None
    return Refused(
        "drawn",
        "这件事今天没有抽中外部核查，或已经核查过了：核查只做抽中的。",
        "This case was not drawn for an external check, or it was made: only what is drawn is checked.",
    )


def verified(*, case: Case, account: Account, kind: str, values: Mapping[str, Any], pictures: list[bytes]) -> Case:  # noqa: ARG001
    """The open check of the case, without the place of a phone. Raises `Refused`, `Conflict`."""
    check = check_of(case.number)
    if check is None:
        raise LookupError(case.number)  # `not_drawn` has been asked
    finding = Finding(
        agrees=values["agrees"], place=values["place"], pictures=pictures, text=str(values.get("text") or "")
    )
    return record(check=check, account=account, finding=finding)
