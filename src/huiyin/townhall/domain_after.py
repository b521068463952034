"""After the meeting: what stays on a list is moved on, step by step, and who asked says whether the answer held.

Every verb is one transaction, and says `Late` where the question has gone on meanwhile.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.kernel.roles import Role
from huiyin.language.mask import mask
from huiyin.notices.domain import Fact, tell
from huiyin.people.models import Account
from huiyin.timers.ladder import Staff
from huiyin.townhall.choices import SETTLED, State
from huiyin.townhall.domain import Late
from huiyin.townhall.models import Judgement, Meeting, Question, Review, Step
from huiyin.townhall.punctuation import full_width, visible
from huiyin.townhall.standing import LISTED, standing

JUDGED_WITHIN: Final = timedelta(days=30)
LONGEST_STEP, LONGEST_WORDS = 500, 300


def place(question: Question, *, theme: str, term: str, next_on: date | None) -> None:
    """Put a settled question on a list and a term, with the day the residents hear of it next."""
    settled = Question.objects.filter(pk=question.pk, state__in=SETTLED)
    if not settled.update(theme=theme, term=term, next_on=next_on):
        raise Late


@transaction.atomic
def step(question: Question, account: Account, *, text: str, next_on: date | None = None) -> Step:
    """What was done, masked, for everybody to read; a next day moves the question's. Sent twice, it is one step.

    Raises ValueError without words.
    """
    said = _public(text, LONGEST_STEP)
    if not any(sign.isalnum() for sign in said):
        raise ValueError("A step needs words.")
    held = Question.objects.select_for_update().filter(pk=question.pk, state__in=SETTLED).first()
    if held is None:
        raise Late
    last = held.steps.order_by("-pk").first()
    if last and (last.text, last.next_on, last.by_id) == (said, next_on, account.pk):
        return last
    if next_on:
        Question.objects.filter(pk=held.pk).update(next_on=next_on)
    return Step.objects.create(question=held, text=said, next_on=next_on, by=account, at=timezone.now())


@transaction.atomic
def judge(question: Question, viewer: UUID, *, solved: bool, satisfaction: str, words: str = "") -> Judgement:
    """Who asked, or asked the same before it was folded, judges an answer given on the spot: once, and may think again.

    Raises `Late` to anybody else, where it is a case (its receipt judges that), and thirty days after the answer.
    """
    held = Question.objects.select_for_update().get(pk=question.pk)
    asked = Question.objects.filter(Q(pk=held.pk) | Q(into=held), asker=viewer).exists()
    if not asked or not may_be_judged(held):
        raise Late
    said = {"solved": solved, "satisfaction": satisfaction, "words": _public(words, LONGEST_WORDS)}
    told = said | {"at": timezone.now()}
    return Judgement.objects.update_or_create(question=held, viewer=viewer, defaults=told)[0]


def may_be_judged(question: Question) -> bool:
    """Answered on the spot, within the last thirty days."""
    at = question.settled_at
    return question.state == State.ANSWERED and at is not None and timezone.now() <= at + JUDGED_WITHIN


@transaction.atomic
def write_review(meeting: Meeting, account: Account, *, words: str, version: int) -> Review:
    """Conclusions and next steps, masked. Raises `Late` where somebody has written since `version` was read."""
    blank = {"by": account, "at": timezone.now()}
    review, _new = Review.objects.get_or_create(meeting=meeting, defaults=blank)
    said = mask(visible(words).strip()).text
    known = Review.objects.filter(pk=review.pk, version=version)
    if not known.update(words=said, version=version + 1, **blank):
        raise Late
    review.refresh_from_db()
    return review


@transaction.atomic
def remind(today: date) -> int:
    """Tell the units whose listed questions had a next date that passed without a step: once a question and date."""
    passed = standing(Question.objects.filter(next_on__lt=today, into__isnull=True)).filter(LISTED)
    silent = [one for one in passed.select_related("meeting", "case").prefetch_related("steps") if not _kept(one)]
    staff = Staff()
    return tell([fact for question in silent for fact in _facts(question, staff)])


def _kept(question: Question) -> bool:
    """Something was told on the day, or since."""
    day = question.next_on
    return day is not None and any(timezone.localdate(one.at) >= day for one in question.steps.all())


def _facts(question: Question, staff: Staff) -> Iterator[Fact]:
    """To those who do it, and those who may write the step: the lead unit and the meeting's."""
    units = {question.unit_id, question.meeting.unit_id}
    heard = staff.of(Role.HANDLER, units) | staff.of(Role.LEADER, units)
    page = question.case.url if question.case else reverse("townhall:progress", args=[question.meeting.code])
    for account in sorted(heard):
        yield Fact(
            account,
            f"meeting:next:{question.pk}:{question.next_on}",
            _("A promised day has passed without a word to the residents"),
            f"{question.text[:60]} · {question.next_on}",
            page,
        )


def _public(text: str, longest: int) -> str:
    """Masks may be longer than what they hide."""
    return full_width(mask(visible(text).strip()).text)[:longest]
