"""The register of a meeting: what is owed on which list, how old it is, and how the answers were judged."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.ring import DONE, EMPTY, LATE, NOW
from huiyin.townhall.choices import SETTLED, Standing, State, Term, Theme
from huiyin.townhall.models import Judgement, Meeting, Question
from huiyin.townhall.standing import standing

SOON: Final = timedelta(days=7)
# The last day of each but the oldest.
_AGES: Final = (30, 90, 180)
AGE_NAMES: Final = (_("up to 30 days"), _("31 to 90 days"), _("91 to 180 days"), _("over 180 days"))
# Without a case. Only who asked closes a ring.
_CLOSED, _UNCONFIRMED, _UNSOLVED = DONE * 4, DONE * 3 + EMPTY, DONE * 3 + LATE
_RINGS: Final = {Standing.LATE: DONE * 2 + LATE + EMPTY, Standing.OPEN: DONE * 2 + NOW + EMPTY}
SORTS: Final[Mapping[str, tuple[Promise, Sequence[Any]]]] = {
    "next": (_("Next date"), (F("heard").asc(nulls_last=True), "pk")),
    "age": (_("The oldest first"), ("settled_at", "pk")),
    "likes": (_("Most asked for"), ("-likes", "pk")),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the register is wanted; whatever is not known means everything."""

    theme: str = ""
    term: str = ""
    standing: str = ""
    sort: str = "next"

    @classmethod
    def of(cls, said: Mapping[str, str]) -> "Asked":
        known = {"list": Theme.values, "term": Term.values, "state": Standing.values, "sort": SORTS}
        theme, term, stands, sort = (
            value if (value := said.get(name, "")) in choices else "" for name, choices in known.items()
        )
        return cls(theme, term, stands, sort or "next")


@dataclass(frozen=True, slots=True)
class Line:
    """A question on the register as anybody may read it."""

    question: Question
    standing: Standing
    # Days since it was settled.
    age: int
    by: date | None
    ring: str

    @property
    def said(self) -> str:
        """What the public is told of its case, else of the question."""
        return self.question.case.state_label if self.question.case else str(self.question.get_state_display())


@dataclass(frozen=True, slots=True)
class Band:
    """How many open questions are so old; `percent` of the fullest band, for its bar."""

    name: Promise
    questions: int
    percent: int


@dataclass(frozen=True, slots=True)
class Register:
    """All lines of a meeting, and of these the ones that were asked for."""

    every: Sequence[Line]
    lines: Sequence[Line]
    asked: Asked

    @property
    def table(self) -> list[tuple[Theme, list[int], int]]:
        """Each list with its near, mid and long term, and all of them; what names no term counts in the last only."""
        counted = Counter((line.question.theme, line.question.term) for line in self.every)
        return [
            (theme, [counted[theme, term] for term in Term], sum(counted[theme, term] for term in ("", *Term)))
            for theme in Theme
        ]

    @property
    def standings(self) -> dict[str, int]:
        counted = Counter(line.standing for line in self.every)
        return {one.value: counted[one] for one in Standing}

    @property
    def soon(self) -> int:
        """Not resolved, and its date is today or within seven days."""
        today = timezone.localdate()
        return sum(1 for one in self._undone() if one.by and today <= one.by <= today + SOON)

    @property
    def ages(self) -> list[Band]:
        """Questions that are not resolved, by days since they were settled."""
        counted = Counter(sum(1 for last in _AGES if line.age > last) for line in self._undone())
        most = max(counted.values(), default=0)
        return [
            Band(name, counted[band], round(100 * counted[band] / most) if most else 0)
            for band, name in enumerate(AGE_NAMES)
        ]

    def _undone(self) -> list[Line]:
        return [line for line in self.every if line.standing != Standing.DONE]


@dataclass(frozen=True, slots=True)
class Judged:
    """Browsers that asked what was answered on the spot (those folded into it too), and what they said of it."""

    asked: int
    judged: int
    solved: int
    satisfied: int


def register(meeting: Meeting, asked: Asked) -> Register:
    """Two queries: the lines in the order that is asked for, and their steps."""
    rows = lines(meeting.questions.filter(state__in=SETTLED), asked.sort)
    every = [_line(question) for question in rows]
    return Register(every, [line for line in every if _wanted(line, asked)], asked)


def lines(questions: QuerySet[Question], sort: str = "next") -> QuerySet[Question]:
    said = Judgement.objects.filter(question=OuterRef("pk"), solved=True)
    known = standing(questions).annotate(heard=Coalesce("next_on", "by"), confirmed=Exists(said))
    return known.select_related("unit", "case", "meeting__unit").prefetch_related("steps").order_by(*SORTS[sort][1])


def line(question: Question) -> Line:
    """The line of one question, read anew."""
    return _line(lines(Question.objects.filter(pk=question.pk)).get())


def _line(question: Any) -> Line:
    settled = question.settled_at or question.asked_at
    age = (timezone.localdate() - timezone.localdate(settled)).days
    return Line(question, Standing(question.standing), age, question.by, _ring(question))


def _ring(question: Any) -> str:
    if question.case:
        return str(question.case.ring)
    if question.state == State.ANSWERED:
        return _UNSOLVED if question.unsolved else _CLOSED if question.confirmed else _UNCONFIRMED
    return _RINGS[question.standing]


def _wanted(line: Line, asked: Asked) -> bool:
    question = line.question
    pairs = ((asked.theme, question.theme), (asked.term, question.term), (asked.standing, line.standing))
    return all(wanted in {"", found} for wanted, found in pairs)


def judged(questions: QuerySet[Question]) -> Judged:
    """Of answers given on the spot among `questions`, and those that became a case once they were judged unsolved."""
    answered = questions.filter(Q(state=State.ANSWERED) | Q(judgements__isnull=False)).distinct()
    askers: set[tuple[int | None, Any]] = set(answered.filter(asker__isnull=False).values_list("pk", "asker"))
    askers |= set(Question.objects.filter(into__in=answered, asker__isnull=False).values_list("into", "asker"))
    said = Judgement.objects.filter(question__in=questions).aggregate(
        judged=Count("pk"),
        solved=Count("pk", filter=Q(solved=True)),
        satisfied=Count("pk", filter=Q(satisfaction="satisfied")),
    )
    return Judged(len(askers), said["judged"], said["solved"], said["satisfied"])


def unsolved(meeting: Meeting) -> QuerySet[Question]:
    """Answered on the spot, and not solved for at least one who asked: the host may make it a case."""
    found = meeting.questions.filter(state=State.ANSWERED, judgements__solved=False)
    return found.annotate(times=Count("judgements", filter=Q(judgements__solved=False))).order_by("-times", "pk")
