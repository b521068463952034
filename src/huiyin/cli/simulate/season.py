"""A finished season of meetings: each ranked unit has reported once, with as many questions as the newspaper counted.

191 on the spot, 1,216 before and after, 725 of all resolved (domain.md 1). Everything else is invented. Without cases:
what was promised here stands on the register with its date alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from huiyin.cli.simulate.persons import person
from huiyin.cli.simulate.places import load_places
from huiyin.cli.simulate.slots import Slots
from huiyin.cli.simulate.topics import Topic, load_topics
from huiyin.kernel.roles import Role
from huiyin.people.models import Account, Unit
from huiyin.townhall.choices import Group, Phase, Stage, State, Term, Theme, Via
from huiyin.townhall.models import Guests, Judgement, Meeting, Question, Season, SignIn, Step, Viewer

DURING, BEFORE, AFTER = 191, 800, 416
# 564 on the lists: 544 promised or handed over, and 20 that were answered and judged unsolved.
RESOLVED, UNSOLVED, LISTED = 725, 20, 544
# The rest was shown and is not settled. What is not shown comes on top, and counts nowhere.
REFUSED: Final = 12
_DAYS, _ENDED_DAYS_AGO = 48, 27
_SEED = 20_250_710
_LONGEST = 160
_ANSWERS: Final = (
    "本周五前派人上门看，看完给您回话。", "已经和物业说定，下周一起开始修。", "材料在街道一层窗口办，带身份证就行。",
    "这一处已列入本月的修缮，二十号前完工。",
    "社区每周三上午有专人解答，今天就可以登记。", "昨天已经修好了，欢迎大家去看。",
)  # fmt: skip
_STEPS: Final = (
    "已到现场看过，定了做法。",
    "施工单位已经进场。",
    "和产权单位谈过一次，还没有谈成。",
    "资金已经批下来，等招标。",
)
_WORDS: Final = ("", "", "", "说到做到", "还要再看看", "态度好")
_THEMES: Final = {"04": Theme.SAFETY, "11": Theme.SAFETY, "01": Theme.COMMUNITY, "02": Theme.CITY, "05": Theme.CITY}


@dataclass
class Made:
    """Rows of one kind after another, written at once."""

    rng: Random
    by: Account
    questions: list[Question] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)

    def viewer(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128))


@transaction.atomic
def report(seed: int = _SEED) -> Season:
    """The season with its meetings; about six thousand rows in a few statements."""
    last = timezone.localdate() - timedelta(days=_ENDED_DAYS_AGO)
    season = Season.objects.create(
        title=f"{last.year}年街镇向群众报告工作", first_day=last - timedelta(days=_DAYS - 1), last_day=last
    )
    by = Account.objects.filter(memberships__role=Role.SUPERVISOR).order_by("pk").first()
    if by is None:
        raise ValueError("The district has no supervisor who could have run a season: load a pack with accounts.")
    made = Made(Random(seed), by)
    meetings = _meetings(season, made.rng)
    _people(meetings, made)
    _questions(meetings, made)
    Question.objects.bulk_create(made.questions)
    Step.objects.bulk_create(made.steps)
    Judgement.objects.bulk_create(made.judgements)
    return season


def _meetings(season: Season, rng: Random) -> list[Meeting]:
    units = list(Unit.objects.filter(ranked=True, active=True).order_by("path"))
    return Meeting.objects.bulk_create(
        _meeting(unit, season, at * (_DAYS - 1) // max(1, len(units) - 1), rng) for at, unit in enumerate(units)
    )


def _meeting(unit: Unit, season: Season, day: int, rng: Random) -> Meeting:
    on = season.first_day + timedelta(days=day)
    begins = timezone.make_aware(datetime.combine(on, time(19)))
    return Meeting(
        code=f"{on:%Y%m%d}-{unit.code}"[:50].replace(".", "-"), unit=unit, title=f"{unit.name}向居民报告",
        venue="社区活动中心", theme="脱稿讲、现场答", begins_at=begins, stage=Stage.CLOSED,
        opened_at=begins + timedelta(minutes=rng.randrange(5)),
        closed_at=begins + timedelta(minutes=rng.randrange(80, 130)), moderated=True,
    )  # fmt: skip


def _people(meetings: Sequence[Meeting], made: Made) -> None:
    rng, few = made.rng, list(Group)
    Guests.objects.bulk_create(
        Guests(meeting=at, group=group, invited=rng.randrange(5, 30), came_on_paper=rng.randrange(5))
        for at in meetings
        for group in few
    )
    SignIn.objects.bulk_create(
        SignIn(meeting=at, viewer=made.viewer(), group=rng.choice(few), at=at.begins_at)
        for at in meetings
        for _ in range(rng.randrange(10, 25))
    )
    Viewer.objects.bulk_create(
        Viewer(meeting=at, viewer=made.viewer()) for at in meetings for _ in range(rng.randrange(60, 200))
    )


def _questions(meetings: Sequence[Meeting], made: Made) -> None:
    """Phases and outcomes are dealt out apart, so that each sum is exact."""
    phases = [Phase.DURING] * DURING + [Phase.BEFORE] * BEFORE + [Phase.AFTER] * AFTER
    rest = len(phases) - RESOLVED - UNSOLVED - LISTED
    outcomes = ["resolved"] * RESOLVED + ["unsolved"] * UNSOLVED + ["listed"] * LISTED + ["open"] * rest
    made.rng.shuffle(phases)
    made.rng.shuffle(outcomes)
    dealt = [*zip(phases, outcomes, strict=True), *((Phase.BEFORE, "refused") for _ in range(REFUSED))]
    texts = _texts(made.rng)
    for number, (meeting, (phase, outcome)) in enumerate(zip(cycle(meetings), dealt, strict=False)):
        topic, text = texts(meeting)
        question = Question(meeting=meeting, press=f"season{number}", text=text, **_came(meeting, phase, made))
        made.questions.append(question)
        _OUTCOMES[outcome](question, topic, made)


def _texts(rng: Random) -> Any:
    """For a meeting: a topic, and what somebody of that street says about it, without anything personal."""
    topics = [
        topic for topic in load_topics() if topic.said and not topic.confidential and topic.urgency != "emergency"
    ]
    weights = [topic.weight for topic in topics]
    places: dict[str, list[str]] = {}
    for place in load_places():
        places.setdefault(place.street, []).append(place.name)

    def said(meeting: Meeting) -> tuple[Topic, str]:
        topic = rng.choices(topics, weights)[0]
        place = rng.choice(places.get(meeting.unit.code, [meeting.unit.name]))
        text = rng.choice(topic.said).format_map(Slots(rng, person(rng.randrange(9000)), place))
        return topic, f"{text[:_LONGEST]}。"

    return said


def _came(meeting: Meeting, phase: Phase, made: Made) -> dict[str, Any]:
    rng, opened, closed = made.rng, meeting.opened_at or meeting.begins_at, meeting.closed_at or meeting.begins_at
    moments = {
        Phase.BEFORE: opened - timedelta(hours=rng.randrange(2, 200)),
        Phase.DURING: opened + (closed - opened) * rng.random() * 0.8,
        Phase.AFTER: closed + timedelta(hours=rng.randrange(1, 120)),
    }
    ways = {
        Phase.BEFORE: (Via.VISIT, Via.GRID, Via.WEB),
        Phase.DURING: (Via.MICROPHONE, Via.PAPER, Via.WEB),
        Phase.AFTER: (Via.WEB,),
    }
    via = rng.choice(ways[phase])
    asker = made.viewer() if via == Via.WEB else None
    return {"phase": phase, "via": via, "asker": asker, "asked_at": moments[phase], "likes": int(rng.expovariate(0.3))}


def _settled(question: Question, topic: Topic, made: Made) -> datetime:
    """On a list, after it was asked."""
    question.theme = _THEMES.get(topic.parent, Theme.LIVELIHOOD)
    question.unit = question.meeting.unit
    begun = max(question.asked_at, question.meeting.begins_at)
    if question.phase == Phase.DURING:
        question.spotlit_at = begun + timedelta(minutes=made.rng.randrange(1, 8))
        begun = question.spotlit_at
    question.settled_at = begun + timedelta(seconds=made.rng.randrange(40, 420))
    return question.settled_at


def _resolved(question: Question, topic: Topic, made: Made) -> None:
    _answered(question, topic, made)
    if question.asker and made.rng.random() < 0.5:
        _judged(question, made, solved=True)


def _unsolved(question: Question, topic: Topic, made: Made) -> None:
    _answered(question, topic, made)
    question.asker = question.asker or made.viewer()
    question.via = Via.WEB
    _judged(question, made, solved=False)


def _answered(question: Question, topic: Topic, made: Made) -> None:
    _settled(question, topic, made)
    question.state, question.term = State.ANSWERED, Term.NEAR
    question.answer = made.rng.choice(_ANSWERS)


def _judged(question: Question, made: Made, *, solved: bool) -> None:
    said = (
        made.rng.choice(("satisfied", "satisfied", "basic")) if solved else made.rng.choice(("basic", "dissatisfied"))
    )
    at = (question.settled_at or question.asked_at) + timedelta(days=made.rng.randrange(1, 9))
    made.judgements.append(
        Judgement(
            question=question, viewer=question.asker or made.viewer(), solved=solved, satisfaction=said,
            words=made.rng.choice(_WORDS) if solved else "", at=at,
        )
    )  # fmt: skip


def _listed(question: Question, topic: Topic, made: Made) -> None:
    """Promised or handed over; the long term is the largest part of what stays."""
    rng, at = made.rng, _settled(question, topic, made)
    question.state = rng.choice((State.PROMISED, State.PROMISED, State.HANDED))
    question.term = rng.choice((Term.NEAR, Term.MID, Term.MID, Term.LONG, Term.LONG))
    days = {Term.NEAR: (20, 60), Term.MID: (90, 180), Term.LONG: (200, 700)}[question.term]
    question.due = timezone.localdate(at) + timedelta(days=rng.randrange(*days))
    question.next_on = timezone.localdate() + timedelta(days=rng.randrange(1, 60))
    for step in _walked(question, at, made):
        made.steps.append(step)


def _walked(question: Question, at: datetime, made: Made) -> Iterator[Step]:
    for text in made.rng.sample(_STEPS, made.rng.randrange(3)):
        at += timedelta(days=made.rng.randrange(3, 12))
        yield Step(question=question, text=text, next_on=None, by=made.by, at=at)


def _open(question: Question, _topic: Topic, _made: Made) -> None:
    question.state = State.SHOWN


def _refused(question: Question, _topic: Topic, _made: Made) -> None:
    question.state = State.REFUSED


_OUTCOMES: Final = {
    "resolved": _resolved, "unsolved": _unsolved, "listed": _listed, "open": _open, "refused": _refused,
}  # fmt: skip
