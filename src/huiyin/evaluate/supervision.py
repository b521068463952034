"""The supervision office's lists (domain.md 3.8): late, repeated, refused, contradicted; and what is lit already."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.cases.draft import Draft
from huiyin.cases.models import CONTRADICTED, Case, Event
from huiyin.cases.paging import capped_counts, shown_count
from huiyin.cases.queries import late_at
from huiyin.kernel.moves import LIVE, MOVES
from huiyin.kernel.roles import Role
from huiyin.kernel.states import WITH_UNIT
from huiyin.notices.domain import notify
from huiyin.people.models import Account

# (label, what it holds in words): shown above each list.
LISTS: Final[dict[str, tuple[Promise, Promise]]] = {
    "late": (_("Late"), _("Past the date and still with the unit, the oldest date first.")),
    "repeated": (_("Repeated"), _("With the unit and reminded twice, or back for another round, or reopened.")),
    "refused": (_("Whistle refused"), _("A whistle was refused, or the unit objected twice.")),
    "contradicted": (
        _("Contradicted"),
        _("An external check or a second call found otherwise than the unit answered."),
    ),
    "lit": (_("Supervised"), _("A light is on.")),
}
_REPEATED = Q(urged__gte=2) | Q(rounds__gte=2) | Q(reopened__gte=1) | Q(rebounds__gte=1)
_REFUSED = Q(objections__gte=2) | Q(
    Exists(Event.objects.filter(case=OuterRef("pk"), kind="refuse_whistle")), whistles__gte=1
)


@dataclass(frozen=True, slots=True)
class Tab:
    name: str
    label: Promise
    count: str


def lists() -> dict[str, QuerySet[Case]]:
    cases = Case.objects
    with_unit = cases.filter(state__in=WITH_UNIT)
    return {
        "late": cases.filter(late_at(timezone.now())),
        "repeated": with_unit.filter(_REPEATED),
        "refused": with_unit.filter(_REFUSED),
        "contradicted": cases.filter(CONTRADICTED),
        "lit": cases.filter(light__isnull=False, state__in=LIVE),
    }


def order_of(name: str) -> tuple[str, ...]:
    return ("due_at", "id") if name == "late" else ("-id",)


def tabs(found: dict[str, QuerySet[Case]]) -> list[Tab]:
    """One query for all counts."""
    counts = capped_counts(found)
    return [Tab(name, LISTS[name][0], shown_count(counts[name])) for name in found]


# Move → whom it concerns: roles in the lead unit, reviewers, or whoever asked.
_TOLD: Final = {
    "supervise": "unit",
    "lift_supervision": "unit",
    "apply_exclusion": "reviewers",
    "appeal": "reviewers",
    "exclude": "unit",
    "refuse_exclusion": "unit",
    "uphold_appeal": "unit",
    "refuse_appeal": "unit",
}


def tell(drafts: Sequence[Draft]) -> None:
    """Reaction to moves: whoever has to act on a light, a claim or a decision learns of it in the same transaction."""
    for draft in drafts:
        for entry in draft.entries:
            if whom := _TOLD.get(entry.event.kind):
                _notify(draft, entry.event.kind, entry.event.seq, whom)


def _notify(draft: Draft, kind: str, seq: int, whom: str) -> None:
    title = "" if draft.row["confidential"] else str(draft.row["title"])
    notify(
        accounts=_reviewers() if whom == "reviewers" else _of_unit(str(draft.row["lead"])),
        key=f"review:{kind}:{draft.number}:{seq}",
        subject=f"{MOVES[kind].zh} · {draft.number}",
        text=title,
        url=f"/cases/{draft.number}/",
        urgent=kind == "supervise" and draft.row["light"] == "red",
    )


def _reviewers() -> QuerySet[Account]:
    return Account.objects.filter(is_active=True, memberships__role=Role.REVIEWER).only("pk").distinct()


def _of_unit(code: str) -> QuerySet[Account]:
    held = Q(memberships__unit__code=code, memberships__role__in=(Role.HANDLER, Role.LEADER))
    return Account.objects.filter(held, is_active=True).only("pk").distinct()
