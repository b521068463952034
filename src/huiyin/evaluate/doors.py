"""Callbacks by the general form of a case and by the API: the same verbs, seals and limits as at the desk."""

from collections.abc import Mapping
from typing import Any

from huiyin.cases.models import Case
from huiyin.evaluate import domain, second
from huiyin.evaluate.forms import OUTCOMES
from huiyin.kernel.moves import MOVES, Refused
from huiyin.people.models import Account

_TICKED = {value for value, _label in OUTCOMES}


def heard(*, case: Case, account: Account, kind: str, values: Mapping[str, Any], pictures: list[bytes]) -> Case:  # noqa: ARG001 a call brings none
    """`evaluate` or `call_when_due`, by telephone. Raises `Refused`, `Conflict`."""
    actor = domain.caller(account, kind, case)
    return domain.record(case=case, actor=actor, kind=kind, **values)


def heard_again(*, case: Case, account: Account, kind: str, values: Mapping[str, Any], pictures: list[bytes]) -> Case:  # noqa: ARG001
    """The second call, where one was drawn. Raises `Refused`, `Conflict`."""
    return second.record(case=case, account=account, **values)


def tried(*, case: Case, account: Account, kind: str, values: Mapping[str, Any], pictures: list[bytes]) -> Case:  # noqa: ARG001
    """A call that nobody answered. Raises `Refused`, `Conflict`."""
    if values["outcome"] not in _TICKED:
        raise Refused(
            "record",
            f"“{MOVES[kind].zh}”不能手工记为短信：请在回访台发送短信，由系统记录。",
            f"“{MOVES[kind].en}”: a text message is recorded by sending one at the callback desk.",
        )
    return domain.attempt(case=case, account=account, **values)
