"""The resident is told of a new date where the district has a gateway: an extension, a deferral (domain.md 3.8)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.cases.domain import originals
from huiyin.cases.draft import Draft
from huiyin.cases.models import Event
from huiyin.evaluate import gateway
from huiyin.evaluate.hours import local
from huiyin.evaluate.script import script_for

NEW_DATES: Final = frozenset({"extend", "confirm_deferral"})


def tell_of_date(drafts: Sequence[Draft]) -> None:
    """Reaction to moves: the message is handed to the worker in the transaction that sets the date."""
    from huiyin.evaluate.tasks import send_date  # noqa: PLC0415 - tasks import this module

    for draft in drafts:
        for entry in draft.entries:
            if entry.event.kind in NEW_DATES and gateway.configured():
                send_date.defer(case_id=draft.id, seq=entry.event.seq)


def send(event: Event) -> None:
    """Date and reason, to the number on record; without one nothing is sent. Raises `gateway.NotSent`."""
    number, case = originals(event.case).get("number"), event.case
    if not number:
        return
    deferred = event.kind == "confirm_deferral"
    day = case.next_report_on if deferred else local(datetime.fromisoformat(event.public["due_at"])).date()
    asked = Event.objects.filter(case=case, seq__lt=event.seq, kind="defer" if deferred else "ask_extension")
    reason = asked.order_by("-seq").values_list("public__reason", flat=True).first()
    if case.confidential or case.kind == "report":  # the unit's own words could say what it is about
        reason = _("see how it stands with your receipt")
    gateway.send(number, script_for(case, date=_said(day), reason=reason or "")["date"])


def _said(day: date | None) -> str:
    return date_format(day, "n-j") if day else "—"
