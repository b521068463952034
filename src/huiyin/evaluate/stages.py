"""A case's four stages, one sentence each, as its resident reads them."""

from datetime import datetime
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from huiyin.cases.models import Case, Event
from huiyin.evaluate.hours import local
from huiyin.kernel.states import WITH_UNIT


class Line(NamedTuple):
    """`now` marks the stage where the case is; `late` that it is late there."""

    stage: str
    text: str
    now: bool = False
    late: bool = False


class DueDate(NamedTuple):
    """The date in force, the rule's source, and the reckoning line by line."""

    at: datetime
    basis: str
    trace: tuple[str, ...]


def four_stages(case: Case, due: DueDate | None) -> list[Line]:
    return [_collect(case), _assign(case, due), _answer(case), _evaluate(case)]


def due_date(case: Case) -> DueDate | None:
    """From the last event that set it. One query."""
    if case.due_at is None:
        return None
    set_by = Event.objects.filter(case=case, public__has_key="due_at").order_by("-seq").first()
    told = set_by.public if set_by else {}
    trace = told.get("trace") or ()
    lines = (trace,) if isinstance(trace, str) else tuple(str(line) for line in trace)
    if set_by and set_by.kind == "extend":
        lines = (_("Extended on %(day)s: %(reason)s") % {"day": _when(set_by.at), "reason": told["reason"]},)
    return DueDate(case.due_at, str(told.get("basis") or ""), lines)


def _when(at: datetime) -> str:
    return date_format(local(at), "n-j H:i")


def _collect(case: Case) -> Line:
    words = _("%(when)s you told us: %(channel)s") % {
        "when": _when(case.created_at),
        "channel": case.get_channel_display(),
    }
    return Line("collect", words, now=case.ring[0] == "2")


def _assign(case: Case, due: DueDate | None) -> Line:
    if case.lead is None or case.dispatched_at is None:
        return Line("assign", _("A dispatcher decides who handles it."), now=case.ring[1] == "2")
    told = {"when": _when(case.dispatched_at), "unit": case.lead, "basis": due.basis if due else ""}
    words = _("%(when)s sent to %(unit)s, by %(basis)s") if told["basis"] else _("%(when)s sent to %(unit)s")
    return Line("assign", words % told, now=case.ring[1] in "23", late=case.ring[1] == "3")


def _answer(case: Case) -> Line:
    at, late = case.ring[2], case.ring[2] == "3"
    if case.withdrawn:
        return Line("answer", _("You took it back; nothing more is done."))
    if case.closed_at and case.state not in WITH_UNIT:
        return Line("answer", _("%(when)s the unit answered.") % {"when": _when(case.closed_at)})
    if case.due_at is None:
        return Line("answer", _("The unit answers by a date that you will see here."))
    words = _("It should have been answered by %(when)s.") if case.is_late else _("To be answered by %(when)s.")
    return Line("answer", words % {"when": _when(case.due_at)}, now=at in "23", late=late)


def _evaluate(case: Case) -> Line:
    if case.state == "to_call_back":
        return Line("evaluate", _("It is your turn: say what became of it."), now=True)
    if case.state not in WITH_UNIT and case.solved:
        return Line("evaluate", _("You said: it is solved."))
    if case.state in WITH_UNIT and case.solved is False:
        return Line("evaluate", _("You said: not solved. So the unit works on it again."))
    if case.state not in WITH_UNIT and case.valid_callback is False:
        return Line("evaluate", _("We could not reach you."))
    return Line("evaluate", _("Once it is done, you have the last word."))
