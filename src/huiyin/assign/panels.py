"""Why a case is where it is: the dispatch that put it there, and what triage had suggested."""

from collections.abc import Sequence

from huiyin.assign.desk import suggestion_of
from huiyin.assign.models import CatalogueRule
from huiyin.cases.models import Case, Event
from huiyin.cases.panels import Panel

_DISPATCHES = ("dispatch", "redispatch", "rule")


def why(case: Case, events: Sequence[Event]) -> Panel | None:
    order = next((event.public for event in reversed(events) if event.kind in _DISPATCHES), None)
    suggestion = suggestion_of(case)
    if order is None and suggestion is None:
        return None
    return Panel("assign/_why.html", {"order": order, "rule": _rule(events), "suggestion": suggestion})


def _rule(events: Sequence[Event]) -> CatalogueRule | None:
    """The catalogue's row that the first dispatch names, if it is still kept."""
    named = next((str(event.public["catalogue"]) for event in events if event.public.get("catalogue")), "")
    rules = CatalogueRule.objects.select_related("category__parent", "area", "lead")
    return rules.filter(pk=int(named)).first() if named.isdigit() else None
