"""A meeting and its questions: asked, looked at, answered or handed on. Whatever the public may see is posted with it.

Every verb is one transaction: the row, its post on the live page and the case, or nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from huiyin.assign import triage
from huiyin.assign.domain import owners
from huiyin.cases import codes
from huiyin.cases import domain as cases
from huiyin.cases.draft import RESIDENT, SYSTEM
from huiyin.cases.private import to_bytes, unseal
from huiyin.collect.domain import Message, Opened, receive_draft, without_person
from huiyin.kernel.chain import stamp
from huiyin.language.mask import mask
from huiyin.people.sealing import seal
from huiyin.townhall.choices import OPEN, PHASE, PUBLIC, SETTLED, Kind, Stage, State, Via, WordUse
from huiyin.townhall.days import until
from huiyin.townhall.models import Like, Meeting, Post, Question
from huiyin.townhall.punctuation import full_width, visible
from huiyin.townhall.words import NotTaken, use_of

LONGEST = 500
CHANNEL = "meeting"
REASON = {State.PROMISED: "报告会上当场承诺", State.HANDED: "报告会上当场交办"}
UNSOLVED = "当场答复后，提问人评价为未解决"
_USUAL = timedelta(days=7)


class Late(Exception):  # noqa: N818 an answer, not a fault
    """Somebody else was faster, or the meeting has gone on: nothing was done."""


@transaction.atomic
def post(meeting: Meeting, kind: Kind, body: Mapping[str, Any], *, at: datetime | None = None) -> Post:
    """The next post of the meeting. Its row is locked until the transaction ends, so numbers have no gap."""
    Meeting.objects.filter(pk=meeting.pk).update(posts=F("posts") + 1)
    number = Meeting.objects.values_list("posts", flat=True).get(pk=meeting.pk)
    return Post.objects.create(meeting=meeting, number=number, kind=kind, body=dict(body), at=at or timezone.now())


_FROM: Final = {Stage.LIVE: (Stage.PLANNED, Stage.CLOSED), Stage.CLOSED: (Stage.LIVE,)}


@transaction.atomic
def turn(meeting: Meeting, stage: Stage) -> None:
    """Open the meeting, or close it; a closed one may go on. Raises `Late` where it stands there already."""
    now = timezone.now()
    when = {"closed_at": now} if stage == Stage.CLOSED else {"opened_at": Coalesce("opened_at", Value(now))}
    if not Meeting.objects.filter(pk=meeting.pk, stage__in=_FROM[stage]).update(stage=stage, **when):
        raise Late
    if stage == Stage.CLOSED:
        _put_back(meeting)
    post(meeting, Kind.STAGE, {"stage": stage})


def forget_before(moment: datetime) -> int:
    """Erase who asked, and in which words, where no case came of it; of how many questions. What was shown stays."""
    return Question.objects.filter(asked_at__lt=moment, sealed__isnull=False).update(sealed=None)


@transaction.atomic
def ask(
    meeting: Meeting,
    *,
    text: str,
    press: str,
    via: Via = Via.WEB,
    asker: UUID | None = None,
    name: str = "",
    phone: str = "",
) -> Question:
    """Take a question down, masked; sent twice, or in the same words by the same browser, it is one.

    It waits to be looked at where the meeting is moderated, or where it holds a word that is watched for. Raises
    `NotTaken` with a word that is not taken, ValueError with an empty question, `Late` where another browser has sent
    the same press. A question is taken at any stage: nobody loses what they were typing.
    """
    text = visible(text).strip()[:LONGEST]
    if not any(sign.isalnum() for sign in text):
        raise ValueError("A question needs words.")
    use = use_of(text)
    if use == WordUse.REFUSED:
        raise NotTaken
    person = _person(text, name, phone)
    said = full_width(mask(without_person(person, text)).text)
    if earlier := _asked_already(meeting, said, asker):
        return earlier
    private = {"text": text, "name": person.person, "phone": person.phone}
    stage = Meeting.objects.values_list("stage", flat=True).get(pk=meeting.pk)
    question, new = Question.objects.get_or_create(
        meeting=meeting, press=press,
        defaults={
            "via": via, "text": said, "asker": asker, "asked_at": timezone.now(), "sealed": seal(to_bytes(private)),
            "phase": PHASE[Stage(stage)],
        },
    )  # fmt: skip
    if question.asker != asker:
        raise Late
    if new and not meeting.moderated and use is None:
        show(question)
    return question


def _person(text: str, name: str, phone: str) -> Message:
    return Message(text=text, channel=CHANNEL, person=name[:40], phone=phone[:20])


def _asked_already(meeting: Meeting, said: str, asker: UUID | None) -> Question | None:
    """The same words of the same browser. Who writes down for others may hear the same twice."""
    return meeting.questions.filter(asker=asker, text=said).order_by("pk").first() if asker else None


@transaction.atomic
def show(question: Question) -> None:
    """Put it before everybody, into the queue."""
    _hold(question)
    _move(question, {State.WAITING, State.REFUSED}, State.SHOWN)
    post(question.meeting, Kind.QUESTION, {"question": question.pk, "text": question.text, "likes": question.likes})


def show_at_once(question: Question) -> None:
    """What a clerk has typed needs no second look; sent twice, it is shown once."""
    if question.state == State.WAITING:
        show(question)


@transaction.atomic
def refuse(question: Question) -> None:
    """It is not shown: abuse, or nothing that anybody could answer. The asker still sees it as their own.

    Where it stood before everybody, its words go from the posts too: whoever comes later does not read them.
    """
    _hold(question)
    shown = question.state in PUBLIC
    _move(question, OPEN, State.REFUSED)
    if shown:
        _blank(question, "text")
        _tell(question)


def _blank(question: Question, name: str) -> None:
    """Out of the posts that stand: whoever comes later does not read it."""
    for earlier in Post.objects.filter(meeting=question.meeting_id, body__question=question.pk):
        if earlier.body.get(name):
            Post.objects.filter(pk=earlier.pk).update(body={**earlier.body, name: ""})


@transaction.atomic
def fold(question: Question, into: Question) -> None:
    """Asked before: an earlier one that all see stands for both, their likes are added, both askers get its answer.

    Whoever likes both, or asked both, counts once.
    """
    _hold(question, into)
    if into.meeting_id != question.meeting_id or into.state not in PUBLIC or into.pk == question.pk:
        raise Late
    shown = question.state in PUBLIC
    _move(question, OPEN, State.FOLDED, into=into)
    Question.objects.filter(into=question).update(into=into)
    known = Like.objects.filter(question=into).values("viewer")
    fresh = Like.objects.filter(question=question).exclude(viewer__in=known).values_list("viewer", flat=True)
    made = Like.objects.bulk_create(Like(question=into, viewer=viewer) for viewer in fresh)
    asker = int(question.asker is None or question.asker != into.asker)
    Question.objects.filter(pk=into.pk).update(likes=F("likes") + len(made) + asker)
    if shown:
        _tell(question)


@transaction.atomic
def spotlight(question: Question) -> None:
    """The one being answered now; another one goes back into the queue."""
    _hold(question)
    _put_back(question.meeting, but=question.pk)
    _move(question, {State.SHOWN}, State.SPOTLIT, spotlit_at=timezone.now())
    _tell(question)


@transaction.atomic
def settle(
    question: Question,
    state: State,
    *,
    answer: str = "",
    theme: str = "",
    term: str = "",
    due: date | None = None,
    unit_id: int | None = None,
    helpers: Sequence[str] = (),
) -> Opened | None:
    """Answered on the spot, promised by a date, or handed to a unit. The latter two are a case, whose receipt returns.

    `helpers` are codes of units.
    """
    _hold(question)
    values = {
        "answer": _answer(answer),
        "theme": theme,
        "term": term,
        "due": due,
        "unit_id": unit_id,
    }
    _move(question, {State.SHOWN, State.SPOTLIT, State.WAITING}, state, settled_at=timezone.now(), **values)
    opened = None if state == State.ANSWERED else _case(question, helpers)
    _tell(question)
    return opened


@transaction.atomic
def correct(question: Question, *, answer: str, seen: str) -> None:
    """Word the answer anew: a slip, or a name in it. Everybody reads the new one, and that it was corrected.

    `seen` is the answer that is corrected; `Late` where another one stands. Raises ValueError where nothing would be
    left of an answer that was given on the spot.
    """
    _hold(question)
    said = _answer(answer)
    if question.state == State.ANSWERED and not any(sign.isalnum() for sign in said):
        raise ValueError("An answer needs words.")
    if question.state not in SETTLED or question.answer != seen:
        raise Late
    if said != seen:
        Question.objects.filter(pk=question.pk).update(answer=said, corrected_at=timezone.now())
        question.refresh_from_db()
        _blank(question, "answer")
        _tell(question)


def _answer(text: str) -> str:
    return full_width(mask(visible(text).strip()).text)


@transaction.atomic
def reopen_as_case(question: Question, *, unit_id: int | None = None, due: date | None = None) -> Opened:
    """Who asked judged the answer given on the spot: not solved. Handed to a unit after all; the answer stays.

    Raises `Late` where nobody judged so, or it is a case already.
    """
    _hold(question)
    if not question.judgements.filter(solved=False).exists():
        raise Late
    _move(question, {State.ANSWERED}, State.HANDED, unit_id=unit_id or question.unit_id, due=due)
    opened = _case(question, (), reason=UNSOLVED)
    _tell(question)
    return opened


def _case(question: Question, helpers: Sequence[str], *, reason: str = "") -> Opened:
    """Opened and dispatched in one go: the meeting has already said who and by when."""
    meeting, at = question.meeting, timezone.now()
    private = unseal(bytes(question.sealed)) if question.sealed else {"text": question.text, "name": "", "phone": ""}
    lead, guess = (question.unit or meeting.unit).code, triage.guess([question.text])[0]
    message = Message(
        text=private["text"], person=private["name"], phone=private["phone"], channel=CHANNEL, place=meeting.venue,
        source="townhall", source_id=f"{meeting.code}/{question.pk}",
    )  # fmt: skip
    draft = receive_draft(message, actor=RESIDENT, at=at)
    secret = cases.give_secret(draft, secret_of(question))
    draft.add(
        "register",
        at=at,
        actor=SYSTEM,
        public={"kind": "help", "category": guess.category or codes.categories().last(), "urgency": "normal"},
    )
    due_at = until(question.due, at) if question.due else at + _USUAL
    order = {
        "lead": lead, "due_at": stamp(due_at), "basis": str(meeting), "reason": reason or REASON[State(question.state)],
        **owners(lead, helpers, (), start=at, due_at=due_at),
    }  # fmt: skip
    draft.add("dispatch", at=at, actor=SYSTEM, public=order)
    cases.open_cases([draft])
    question.case_id, question.sealed = draft.id, None  # the case has it now, and erases it in its time
    question.save(update_fields=["case", "sealed"])
    return Opened(draft.number, secret)


def secret_of(question: Question) -> str:
    """What opens the case of a question: shown to the browser that asked, kept nowhere."""
    return cases.secret_of(f"townhall {question.meeting_id} {question.press}")


@transaction.atomic
def like(question: Question, viewer: UUID) -> bool:
    """Once a browser; False where it has liked it before, or the question is not before everybody."""
    if question.state not in PUBLIC:
        return False
    _, new = Like.objects.get_or_create(question=question, viewer=viewer)
    if new:
        Question.objects.filter(pk=question.pk).update(likes=F("likes") + 1)
    return new


def _hold(*questions: Question) -> None:
    """Verbs on questions of one meeting follow one another, its row before theirs: nothing is stale, none deadlocks."""
    Meeting.objects.select_for_update().get(pk=questions[0].meeting_id)
    for question in questions:
        question.refresh_from_db()


def _put_back(meeting: Meeting, but: int = 0) -> None:
    """Whatever is being answered, back into the queue."""
    for other in Question.objects.filter(meeting=meeting, state=State.SPOTLIT).exclude(pk=but):
        _move(other, {State.SPOTLIT}, State.SHOWN, spotlit_at=None)
        _tell(other)


def _move(question: Question, allowed: set[State] | frozenset[State], state: State, **values: Any) -> None:
    """To `state`, if it still stands in one of `allowed`; else `Late`."""
    moved = Question.objects.filter(pk=question.pk, state__in=allowed).update(state=state, **values)
    if not moved:
        raise Late
    question.refresh_from_db()


def _tell(question: Question) -> None:
    due = question.due.isoformat() if question.due else ""
    unit = str(question.unit) if question.unit else ""
    told = {"question": question.pk, "state": question.state, "answer": question.answer, "due": due, "unit": unit}
    told["corrected"] = question.corrected_at is not None
    text = question.text if question.state in PUBLIC else ""
    post(question.meeting, Kind.STATE, told | {"text": text, "likes": question.likes})
