"""The register as sheets: its lines, and what each column means."""

from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.townhall.models import Meeting
from huiyin.townhall.queries_after import Line, Register
from huiyin.townhall.sheets import Rows
from huiyin.townhall.standing import LATE_MEANS, RESOLVED_MEANS


def sheets(meeting: Meeting, register: Register) -> dict[str, Rows]:
    return {_("Register"): [_head(), *map(_row, register.lines)], _("Definitions"): _about(meeting, register)}


def _head() -> list[str]:
    return [
        _("What is asked"), _("What became of it"), _("List"), _("Term"), _("Lead unit"), _("Promised or due"),
        _("Next date"), _("Age in days"), _("State"), _("Likes"), _("Steps"), _("Last step"), _("Case"),
    ]  # fmt: skip


def _row(line: Line) -> list[object]:
    one, steps = line.question, list(line.question.steps.all())
    return [
        one.text, line.said, one.get_theme_display(), one.get_term_display(), one.unit or "", line.by or "",
        one.next_on or "", line.age, line.standing.label, one.likes, len(steps), steps[-1].text if steps else "",
        one.case.number if one.case else "",
    ]  # fmt: skip


def _about(meeting: Meeting, register: Register) -> Rows:
    return [
        [_("Meeting"), str(meeting), meeting.code],
        [_("Counted at"), timezone.localtime().strftime("%Y-%m-%d %H:%M")],
        [_("Lines"), len(register.lines), _("of %(every)s on the register") % {"every": len(register.every)}],
        *definitions(),
    ]


def definitions() -> list[list[str]]:
    return [
        [_("Resolved"), str(RESOLVED_MEANS)],
        [_("Late"), str(LATE_MEANS)],
        [_("Being done"), _("Neither resolved nor late.")],
        [_("Age in days"), _("Days since it was answered, promised or handed over, until today.")],
        [_("Next date"), _("The day the residents hear of it next.")],
    ]  # fmt: skip
