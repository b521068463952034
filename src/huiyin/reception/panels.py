"""What this room shows on the meeting's pages and on the page of a case."""

from collections.abc import Sequence

from huiyin.cases.models import Case, Event
from huiyin.cases.panels import Panel as CasePanel
from huiyin.reception import queries
from huiyin.reception.models import Brought
from huiyin.townhall.models import Meeting
from huiyin.townhall.panels import Panel


def on_live(meeting: Meeting) -> Panel | None:
    """That there are desks, and how many people wait at them."""
    desks = queries.roster(meeting)
    if not desks:
        return None
    waiting = sum(one.waiting for one in desks)
    return Panel("reception/_on_live.html", {"meeting": meeting, "desks": len(desks), "waiting": waiting})


def on_workspace(meeting: Meeting) -> Panel:
    return Panel("reception/_on_workspace.html", {"meeting": meeting, "figures": queries.figures(meeting)})


def on_case(case: Case, _events: Sequence[Event]) -> CasePanel | None:
    """Whose line it came by."""
    brought = Brought.objects.select_related("line__unit").filter(case=case).first()
    return CasePanel("reception/_on_case.html", {"line": brought.line}) if brought else None
