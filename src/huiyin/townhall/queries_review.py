"""What a review report says of one meeting, in numbers. Each is of the questions that are shown, but `not_shown`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from django.db.models import Count, F

from huiyin.assign import triage
from huiyin.cases import codes
from huiyin.townhall.choices import SETTLED, Group, Phase, State, Via
from huiyin.townhall.models import Meeting, Question, Viewer
from huiyin.townhall.queries_after import Asked, Judged, Register, judged, register
from huiyin.townhall.standing import standing

_TOPICS = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """`asked`: what was asked and is shown, each with its own asker, also where another question stands for it."""

    meeting: Meeting
    guests: Sequence[tuple[Group, int, int]]  # who, invited, came
    viewers: int
    asked: int
    not_shown: int
    by_way: dict[tuple[str, str], int]  # (phase, via)
    stands: dict[str, int]  # state, of itself or of what stands for it
    answer_times: Sequence[timedelta]
    topics: Sequence[tuple[str, int]]
    register: Register
    judged: Judged

    @property
    def settled(self) -> int:
        return sum(self.stands.get(state, 0) for state in SETTLED)

    @property
    def median_time(self) -> timedelta | None:
        seconds = [time.total_seconds() for time in self.answer_times]
        return timedelta(seconds=median(seconds)) if seconds else None

    def phase(self, phase: Phase) -> int:
        return sum(self.by_way.get((phase, via), 0) for via in Via)


def facts(meeting: Meeting) -> Facts:
    rows: list[Any] = list(standing(meeting.questions.all()))
    return Facts(
        meeting=meeting,
        guests=_guests(meeting),
        viewers=Viewer.objects.filter(meeting=meeting).count(),
        asked=len(rows),
        not_shown=meeting.questions.count() - len(rows),
        by_way=Counter((row.phase, row.via) for row in rows),
        stands=Counter(row.stands for row in rows),
        answer_times=_times(meeting),
        topics=_topics([row.text for row in rows if row.state != State.FOLDED]),
        register=register(meeting, Asked()),
        judged=judged(meeting.questions.all()),
    )


def _guests(meeting: Meeting) -> list[tuple[Group, int, int]]:
    """Came: signed in with a phone, or on paper."""
    phones = dict(meeting.sign_ins.values("group").annotate(came=Count("pk")).values_list("group", "came"))
    known = {row.group: row for row in meeting.guests.all()}
    return [
        (group, known[group].invited if group in known else 0, _came(known.get(group), phones.get(group, 0)))
        for group in Group
        if group in known or group in phones
    ]


def _came(row: Any, by_phone: int) -> int:
    return by_phone + (row.came_on_paper if row else 0)


def _times(meeting: Meeting) -> list[timedelta]:
    """From being put before everybody until it was settled."""
    timed = Question.objects.filter(meeting=meeting, state__in=SETTLED, spotlit_at__lte=F("settled_at"))
    return [settled - spotlit for settled, spotlit in timed.values_list("settled_at", "spotlit_at")]  # type: ignore[operator]


def _topics(texts: Sequence[str]) -> list[tuple[str, int]]:
    """The categories that the classifier finds in them, the largest first: a hint, nobody has confirmed them."""
    names = codes.categories().names(english=False)
    found = Counter(guess.category for guess in triage.guess(texts) if guess.category)
    return [(str(names.get(code, code)), times) for code, times in found.most_common(_TOPICS)]
