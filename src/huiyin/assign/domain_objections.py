"""Deciding an objection. The unit's clock keeps running: none of these moves touches the due date."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from huiyin.assign.domain import owners
from huiyin.assign.parts import Part
from huiyin.cases import domain as cases
from huiyin.cases.domain import Step
from huiyin.cases.models import Case
from huiyin.cases.recording import step
from huiyin.kernel.moves import Refused
from huiyin.people.models import Account


def uphold(
    *, case: Case, account: Account, lead: str, reason: str, helpers: Sequence[str] = (), parts: Sequence[Part] = ()
) -> Case:
    """The unit is right: another one leads. Raises `Refused`, also for the unit that has it; `Conflict`."""
    if case.lead is not None and case.lead.code == lead:
        raise Refused(
            "same",
            "异议成立就要改派给别的单位；仍由它办，请驳回异议。",
            "An upheld objection moves the case to another unit; if it stays there, refuse the objection.",
        )
    told = step("redispatch", {"lead": lead, "reason": reason})
    return cases.act(case=case, steps=[_with_owners(told, case, helpers, parts)], account=account)


def refuse(*, case: Case, account: Account, reason: str) -> Case:
    """The unit must handle it. Raises `Refused`, `Conflict`."""
    return cases.act(case=case, steps=[step("refuse_objection", {"reason": reason})], account=account)


def rule(
    *, case: Case, account: Account, lead: str, minutes: str, helpers: Sequence[str] = (), parts: Sequence[Part] = ()
) -> Case:
    """The ruling of a joint session after a second objection; nobody objects after it. Raises `Refused`, `Conflict`."""
    told = step("rule", {"lead": lead, "minutes": minutes})
    return cases.act(case=case, steps=[_with_owners(told, case, helpers, parts)], account=account)


def _with_owners(told: Step, case: Case, helpers: Sequence[str], parts: Sequence[Part]) -> Step:
    """Also where nobody helps: who helped the unit before does not stay by accident."""
    now = timezone.now()
    owning = owners(told.public["lead"], helpers, parts, start=now, due_at=case.due_at or now)
    return Step(told.kind, {**told.public, **owning}, told.private)


def owners_of(case: Case, values: Mapping[str, Any]) -> dict[str, Any]:
    """What the general form of a move records besides what was filled in: copies, and the parts of named helpers."""
    now = timezone.now()
    owning = owners(values["lead"], values.get("helpers") or (), (), start=now, due_at=case.due_at or now)
    return owning if values.get("helpers") else {"copies": owning.get("copies", [])}
