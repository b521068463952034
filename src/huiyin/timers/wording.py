"""What a warning says. Nothing personal: number, masked title, step, date."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.template.defaultfilters import date as formatted
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.cases.labels import say
from huiyin.cases.models import Case, Event
from huiyin.kernel.moves import MOVES
from huiyin.notices.domain import Fact
from huiyin.timers.clocks import PROMISE, kind_of
from huiyin.timers.models import Timer

STEPS: Final[Mapping[str, Promise]] = {
    "handle": gettext_lazy("Handling"),
    "register": gettext_lazy("Registration"),
    "dispatch": gettext_lazy("Dispatch"),
    "accept": gettext_lazy("Acceptance"),
    "objection": gettext_lazy("Decision on the objection"),
    "first_contact": gettext_lazy("First contact"),
    "part": gettext_lazy("Part of a helping unit"),
    "report_in": gettext_lazy("Arrival after the whistle"),
    "extension": gettext_lazy("Decision on extension or deferral"),
    "deferral": gettext_lazy("Review of the deferral"),
    "report": gettext_lazy("Progress report"),
    "review": gettext_lazy("Approval of the reply"),
    "callback": gettext_lazy("Callback"),
    "exclusion": gettext_lazy("Decision on the exclusion"),
    "appeal": gettext_lazy("Decision on the appeal"),
    "promise": gettext_lazy("Promise to the resident"),
}
_OVER: Final = 100
_OVERDUE: Final = gettext_lazy("%(step)s is overdue: %(number)s")
# Moves that one may keep from being sent as “extensions and deferrals”.
_OF_DATES: Final = frozenset(
    {"ask_extension", "extend", "refuse_extension", "defer", "confirm_deferral", "report_progress", "resume"}
)


def step_label(step: str) -> str:
    return str(STEPS.get(kind_of(step), step))


def warning(timer: Timer, percent: int, account: int) -> Fact:
    case = timer.case
    over = _("Promised for today, was it kept? %(number)s") if kind_of(timer.step) == PROMISE else _OVERDUE
    words = over if percent >= _OVER else _("%(step)s at %(percent)s %%: %(number)s")
    subject = words % {"step": step_label(timer.step), "percent": percent, "number": case.number}
    whose = f":{timer.unit_id}" if timer.unit_id else ""
    key = f"timer:{case.number}:{timer.step}{whose}:{timer.seq}:{percent}"
    return Fact(account, key, subject, _about(case, timer.due_at), case.url, timer.urgent)


def arrival(case: Case, event: Event, account: int) -> Fact:
    """A case came to somebody's desk by this move."""
    subject = _("%(move)s: %(number)s") % {"move": say(MOVES[event.kind]), "number": case.number}
    urgent = case.urgency == "emergency"
    about = "extension" if event.kind in _OF_DATES else "case"
    return Fact(account, f"{about}:{case.number}:{event.seq}", subject, _about(case, case.due_at), case.url, urgent)


def _about(case: Case, due_at: datetime | None) -> str:
    lines = [case.title] if case.title and not case.confidential else []
    now = _("Now: %(state)s.") % {"state": case.state_label}
    due = _("Due %(due)s.") % {"due": formatted(timezone.localtime(due_at), "n-j H:i")} if due_at else ""
    return "\n".join([*lines, f"{due} {now}".strip()])


def bundle(facts: Sequence[Fact]) -> Fact:
    """Many notices of one account as one, with all their subjects. One run may make several: the first names it."""
    subject = _("%(count)s notices at once") % {"count": len(facts)}
    text = "\n".join(fact.subject for fact in facts)
    kind, _colon, first = facts[0].key.partition(":")
    return Fact(facts[0].account, f"{kind}:bundle:{first}", subject, text, reverse("notices:list"))
