"""Reply templates: kept by leaders for their units, by the administration for the district."""

from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from huiyin.answer.models import ReplyTemplate
from huiyin.cases.models import Case
from huiyin.kernel.moves import Refused
from huiyin.kernel.roles import Role
from huiyin.people.effective import in_force
from huiyin.people.models import Account, Unit

PLACEHOLDERS = ("{number}", "{due}", "{unit}")


class Reply(NamedTuple):
    name: str
    text: str


def offered(case: Case, on: date | None = None) -> list[Reply]:
    """What a reply to this case may begin with today, filled in: the unit's own first, then the district's."""
    rows = ReplyTemplate.objects.filter(in_force(on or timezone.localdate()), Q(unit=case.lead_id) | Q(unit=None))
    return [Reply(row.name, filled(row.text, case)) for row in rows.order_by("unit", "name")]


def filled(text: str, case: Case) -> str:
    due = date_format(timezone.localtime(case.due_at), "Y-m-d H:i") if case.due_at else "—"
    for placeholder, value in zip(PLACEHOLDERS, (case.number, due, str(case.lead or "—")), strict=True):
        text = text.replace(placeholder, value)
    return text


def units_kept(account: Account) -> QuerySet[Unit]:
    """Units whose templates this account keeps: those it leads."""
    return Unit.objects.filter(pk__in=account.roles.get(Role.LEADER, ()))


def kept(account: Account) -> list[ReplyTemplate]:
    """Templates of the account's units and of the district, as they hold today or from a later day."""
    ahead = Q(valid_to=None) | Q(valid_to__gt=timezone.localdate())
    rows = ReplyTemplate.objects.filter(ahead, Q(unit__in=account.unit_ids) | Q(unit=None))
    return list(rows.order_by("unit", "name"))


@transaction.atomic
def keep(*, account: Account, unit: Unit, name: str, text: str) -> ReplyTemplate:
    """A template from today on; one of the same name ends today, so what was offered on a day stays known.

    Raises `Refused`.
    """
    _require_own(account, unit.pk)
    today = timezone.localdate()
    ReplyTemplate.objects.filter(in_force(today), unit=unit, name=name).update(valid_to=today)
    return ReplyTemplate.objects.create(unit=unit, name=name, text=text, valid_from=today)


def end(*, account: Account, template: ReplyTemplate) -> None:
    """Offered no more from today on. Raises `Refused`."""
    _require_own(account, template.unit_id)
    ReplyTemplate.objects.filter(pk=template.pk, valid_to=None).update(valid_to=timezone.localdate())


def _require_own(account: Account, unit_id: int | None) -> None:
    if unit_id is None or not units_kept(account).filter(pk=unit_id).exists():
        raise Refused(
            "role",
            "模板由本单位领导维护；全区模板由系统管理员维护。",
            "Its leader keeps a unit's templates; the administration the district's.",
        )
