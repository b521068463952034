"""The whistles of a case, on its page."""

from collections.abc import Sequence

from huiyin.answer.models import Whistle
from huiyin.cases.models import Case, Event
from huiyin.cases.panels import Panel


def whistling(case: Case, events: Sequence[Event]) -> Panel | None:
    if not any(event.kind in ("draft_whistle", "whistle") for event in events):
        return None
    whistles = Whistle.objects.filter(case=case).prefetch_related("calls")
    return Panel("answer/_whistles.html", {"case": case, "whistles": list(whistles.order_by("-seq"))})
