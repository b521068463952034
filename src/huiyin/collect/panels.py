"""What collect adds to the case page: the answer's source as it stood, who asks the same, who waits for this answer."""

from collections.abc import Sequence

from huiyin.cases.models import Case, Event
from huiyin.cases.panels import Panel
from huiyin.collect.knowledge import cited
from huiyin.collect.merging import merged_into
from huiyin.kernel.states import BEFORE_DISPATCH


def source(_case: Case, events: Sequence[Event]) -> Panel | None:
    """The knowledge that the answer cited, as it stood then."""
    named = next((event.public for event in reversed(events) if event.kind == "answer_directly"), None)
    version = cited(str(named["knowledge"]), str(named["version"])) if named else None
    return Panel("collect/_source.html", {"version": version}) if version else None


def together(case: Case, _events: Sequence[Event]) -> Panel | None:
    """The case that answers this one, or those that this one answers."""
    answers = case.state not in BEFORE_DISPATCH and Case.objects.filter(parent=case.number).exists()
    if not case.parent and not answers:
        return None
    return Panel("collect/_together.html", {"case": case, "children": merged_into(case.number) if answers else []})


def repeats(case: Case, _events: Sequence[Event]) -> Panel | None:
    """A place that asks for the likely repeats, once the page stands."""
    return Panel("collect/_ask_repeats.html", {"case": case}) if case.state in BEFORE_DISPATCH else None
