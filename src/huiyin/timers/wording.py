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

from huiyin.notices.domain import Fact
from huiyin.timers.models import Timer

STEPS: Final[Mapping[str, Promise]] = {
    "handle": gettext_lazy("Handling"),
    "register": gettext_lazy("Registration"),
    "dispatch": gettext_lazy("Dispatch"),
    "accept": gettext_lazy("Acceptance"),
    "objection": gettext_lazy("Decision on the objection"),
    "first_contact": gettext_lazy("First contact"),
    "report_in": gettext_lazy("Arrival after the whistle"),
    "extension": gettext_lazy("Decision on extension or deferral"),
    "deferral": gettext_lazy("Review of the deferral"),
    "review": gettext_lazy("Approval of the reply"),
    "callback": gettext_lazy("Callback"),
    "exclusion": gettext_lazy("Decision on the exclusion"),
    "appeal": gettext_lazy("Decision on the appeal"),
    "recurrence": gettext_lazy("Watch for recurrence"),
}
_OVER: Final = 100


def step_label(step: str) -> str:
    return str(STEPS.get(step, step))


def warning(timer: Timer, percent: int, account: int) -> Fact:
    case, due = timer.case, formatted(timezone.localtime(timer.due_at), "n-j H:i")
    words = _("%(step)s is overdue: %(number)s") if percent >= _OVER else _("%(step)s at %(percent)s %%: %(number)s")
    subject = words % {"step": step_label(timer.step), "percent": percent, "number": case.number}
    text = _("Due %(due)s. Now: %(state)s.") % {"due": due, "state": case.state_label}
    if case.title and not case.confidential:
        text = f"{case.title}\n{text}"
    key = f"timer:{case.number}:{timer.step}:{timer.seq}:{percent}"
    return Fact(account, key, subject, text, case.url, timer.urgent)


def bundle(facts: Sequence[Fact], now: datetime) -> Fact:
    """Many notices of one account as one, with all their subjects."""
    subject = _("%(count)s deadlines near or passed") % {"count": len(facts)}
    text = "\n".join(fact.subject for fact in facts)
    return Fact(facts[0].account, f"timer:bundle:{now.isoformat()}", subject, text, reverse("notices:list"))
