"""What waits for a leader's or reviewer's yes, and the deferrals whose next report comes near."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.cases.models import Case
from huiyin.cases.queries import ROW
from huiyin.people.models import Account

NEAR: Final = timedelta(days=7)
MOST: Final = 200


class Group(NamedTuple):
    label: Promise
    hint: Promise
    cases: list[Case]


def waiting(account: Account, today: date) -> Iterator[Group]:
    """Three lists, three queries; each at most `MOST`, what is due first on top."""
    asked = _reach(account).filter(state__in=("extension", "deferred"))
    deferred = asked.filter(state="deferred")
    lists = (
        (_("Extensions asked for"), _("Grant or refuse; whoever asked cannot decide."),
         asked.filter(state="extension").order_by("due_at", "id")),
        (_("Deferrals to confirm"), _("Until a reviewer confirms, the clock of the case runs on."),
         deferred.filter(deferral_confirmed=False).order_by("due_at", "id")),
        (_("Next report near or passed"), _("Looked at anew every thirty days. A deferral never counts as solved."),
         deferred.filter(deferral_confirmed=True, next_report_on__lte=today + NEAR).order_by("next_report_on", "id")),
    )  # fmt: skip
    for label, hint, cases in lists:
        yield Group(label, hint, list(cases.only(*SHOWN)[:MOST]))


SHOWN: Final = (*ROW, "next_report_on")


def _reach(account: Account) -> QuerySet[Case]:
    """A leader's own units; of the whole district for who reviews or supervises there."""
    return Case.objects.all() if account.sees_district else Case.objects.filter(lead_id__in=account.unit_ids)
