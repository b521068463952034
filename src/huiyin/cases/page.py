"""What the case page shows, gathered once: everything that this account may see of the case."""

from collections.abc import Iterable, Iterator
from typing import Any

from huiyin.cases.buttons import buttons, in_two
from huiyin.cases.domain import may_unmask
from huiyin.cases.forms import UnmaskForm
from huiyin.cases.labels import say
from huiyin.cases.models import AccessLog, Case, Event
from huiyin.cases.panels import panels
from huiyin.cases.seen import first_news, look
from huiyin.cases.timeline import staff_timeline
from huiyin.cases.values import Names, told
from huiyin.kernel.moves import MOVES
from huiyin.kernel.roles import Role
from huiyin.people.models import Account

_ACCESSES = 20
_SEES_ACCESSES = (Role.LEADER, Role.REVIEWER, Role.SUPERVISOR)


def case_context(case: Case, account: Account) -> dict[str, Any]:
    events, names = list(case.events.order_by("seq")), Names()
    since = look(account, case)
    shown, more = in_two(buttons(case, account))
    return {
        "case": case,
        "body": case.body,
        "events": staff_timeline(case, events, names),
        "news_at": first_news(account, events, since),
        "story": list(due_story(events, names)),
        "panels": list(panels(case, events)),
        "parts": [part.unit for part in case.parts.all()],
        "attachments": list(case.attachments.order_by("pk")),
        "buttons": shown,
        "more": more,
        "may_unmask": may_unmask(case, account),
        "unmask_form": UnmaskForm(),
        "accesses": accesses(case) if account.has_role(*_SEES_ACCESSES) else [],
    }


def accesses(case: Case) -> list[AccessLog]:
    return list(case.accesses.select_related("account")[:_ACCESSES])


def due_story(events: Iterable[Event], names: Names) -> Iterator[str]:
    """How the due date came about: the last reckoning, and every date that somebody set since."""
    lines: list[str] = []
    for event in events:
        if trace := event.public.get("trace"):
            lines = list(trace)
        elif "due_at" in event.public:
            said = (told(name, event.public[name], names) for name in ("due_at", "reason") if name in event.public)
            lines.append(" · ".join((say(MOVES[event.kind]), *said)))
    return iter(lines)
