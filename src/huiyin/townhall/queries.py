"""Meetings as somebody may run them; their questions, counted and in the order of the host's queue."""

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from huiyin.kernel.roles import Role
from huiyin.people.models import Account, Unit
from huiyin.townhall import likeness
from huiyin.townhall.choices import OPEN, PUBLIC, SETTLED, Stage, State, Theme
from huiyin.townhall.models import Meeting, Question

RUN = (Role.HANDLER, Role.LEADER, Role.SUPERVISOR, Role.DISPATCHER)
_COMPARED = 200
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Share:
    """A list of the four, how many questions are on it, and what percent of those that are on any."""

    theme: Theme
    questions: int
    percent: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that was not shown yet, and the one in the queue that asks the same, if any."""

    question: Question
    like: Question | None


def run_by(account: Account) -> QuerySet[Meeting]:
    """Meetings that the account may plan and run: all for the district's roles, else those of its units."""
    if account.has_role(Role.SUPERVISOR, Role.DISPATCHER):
        return Meeting.objects.all()
    return Meeting.objects.filter(unit__in=_reports(account))


def _reports(account: Account) -> QuerySet[Unit]:
    """Units, with those below them, whose work the account does or leads: who only checks there runs no meeting."""
    held = {unit for role in (Role.HANDLER, Role.LEADER) for unit in account.roles.get(role, ())}
    paths = [Q(path__startswith=path) for path in Unit.objects.filter(pk__in=held).values_list("path", flat=True)]
    return Unit.objects.filter(reduce(or_, paths)) if paths else Unit.objects.none()


def hosts(account: Account) -> QuerySet[Unit]:
    """Units the account may plan a meeting for."""
    ranked = Unit.objects.filter(ranked=True, active=True)
    return ranked if account.has_role(Role.SUPERVISOR, Role.DISPATCHER) else ranked.filter(pk__in=_reports(account))


def counted(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """With `asked`, `settled` and `open`; a question that another one stands for counts with its own asker."""
    return meetings.annotate(
        asked=Count("questions", filter=~Q(questions__state=State.REFUSED)),
        settled=Count("questions", filter=Q(questions__state__in=SETTLED)),
        open=Count("questions", filter=Q(questions__state__in=OPEN)),
    ).select_related("unit")


def queue(meeting: Meeting) -> QuerySet[Question]:
    """What is before everybody and not settled: the one being answered, then by likes, then by time."""
    shown = meeting.questions.filter(state__in=(State.SHOWN, State.SPOTLIT))
    return shown.annotate(askers=Count("folded") + 1).order_by("-state", "-likes", "asked_at", "pk")


def waiting(meeting: Meeting) -> list[Waiting]:
    """What nobody has looked at yet, the oldest first, with the likest question that stands already."""
    new = list(meeting.questions.filter(state=State.WAITING).order_by("asked_at", "pk")[:_LOOKED_AT])
    standing = meeting.questions.filter(state__in=PUBLIC).order_by("-likes")[:_COMPARED]
    known = {question.pk: question for question in standing} if new else {}
    compared = likeness.standing(tuple(sorted((pk, one.text) for pk, one in known.items())), meeting.venue)
    found = ((question, compared.like(question.text)) for question in new)
    return [Waiting(one, known[like] if like else None) for one, like in found]


def shares(meeting: Meeting) -> list[Share]:
    """The four lists by the questions on them, the largest first."""
    per_theme = Counter(meeting.questions.exclude(theme="").values_list("theme", flat=True))
    total = per_theme.total()
    return [Share(Theme(theme), times, round(100 * times / total)) for theme, times in per_theme.most_common()]


def register(meeting: Meeting) -> QuerySet[Question]:
    """Every question that was settled, with what is owed for it."""
    settled = meeting.questions.filter(state__in=SETTLED).select_related("unit", "case")
    return settled.order_by("theme", "term", "due", "pk")


def season() -> list[Meeting]:
    """All meetings, the next first, then the past ones; anybody on the staff may know of them."""
    found = list(counted(Meeting.objects.all()).order_by("begins_at"))
    return sorted(found, key=lambda meeting: (meeting.stage == Stage.CLOSED, meeting.begins_at))
