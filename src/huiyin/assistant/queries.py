"""What of a case the assistant may be given."""

from collections.abc import Iterable

from huiyin.cases.models import Case, Event
from huiyin.kernel.fields import FIELDS


def stays_inside(case: Case) -> bool:
    """Confidential, or the report of an offence: never given to a model, wherever it runs."""
    return case.confidential or case.kind == "report"


def words_of(case: Case, events: Iterable[Event]) -> list[str]:
    """What was asked, then what each event says at length, oldest first: masked as it is kept."""
    said = [
        str(value)
        for event in events
        for name, value in event.public.items()
        if name in FIELDS and FIELDS[name].widget == "long" and value
    ]
    return list(dict.fromkeys([case.body.text or case.title, *said]))
