from datetime import timedelta

import pytest
from django.utils import timezone
from tests.district import account
from tests.townhall.after import ANNA, BELA, CARL, ERNA, over
from tests.townhall.hall import live, shown

from huiyin.cases.models import Case
from huiyin.notices.models import Notice
from huiyin.timers.domain import tick
from huiyin.timers.models import TimerMark
from huiyin.townhall import domain, domain_after, queries_after
from huiyin.townhall.choices import State
from huiyin.townhall.domain import Late
from huiyin.townhall.models import Judgement, Question, Review, Step

pytestmark = pytest.mark.django_db
LEADER = "leader.qingyuan"


@pytest.fixture
def named(db):
    return over()[1]


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_a_step_is_masked_moves_the_next_date_and_sent_twice_is_one(named):
    said = {"text": "找了王师傅,13900000421,下周通", "next_on": in_days(5)}
    first, again = (domain_after.step(named["drain"], account(LEADER), **said) for _ in range(2))
    named["drain"].refresh_from_db()
    assert (first.pk, Step.objects.count(), named["drain"].next_on) == (again.pk, 1, in_days(5))
    assert ("13900000421" in first.text, "，" in first.text) == (False, True)


def test_a_step_without_a_date_keeps_the_one_that_stands(named):
    domain_after.place(named["drain"], theme="city", term="long", next_on=in_days(9))
    domain_after.step(named["drain"], account(LEADER), text="已经开工")
    named["drain"].refresh_from_db()
    assert (named["drain"].theme, named["drain"].term, named["drain"].next_on) == ("city", "long", in_days(9))


def test_a_step_needs_words_and_a_question_that_is_settled(named):
    with pytest.raises(ValueError, match="needs words"):
        domain_after.step(named["drain"], account(LEADER), text=" ，")
    with pytest.raises(Late):
        domain_after.step(named["early"], account(LEADER), text="已经开工")
    with pytest.raises(Late):
        domain_after.place(named["early"], theme="city", term="near", next_on=None)


def test_a_corrected_answer_is_masked_replaces_the_first_everywhere_and_says_so(named):
    lift = named["lift"]
    domain.correct(lift, answer="后天修,找王师傅13900000421", seen="明天就修")
    lift.refresh_from_db()
    told = [post.body for post in lift.meeting.feed.filter(body__question=lift.pk).order_by("number")]
    assert (lift.answer, lift.corrected_at is not None) == ("后天修，找王**139****0421", True)
    assert [body.get("answer", "") for body in told][-3:] == ["", "", lift.answer]
    assert [body.get("corrected", False) for body in told] == [False] * (len(told) - 1) + [True]


def test_saved_as_it_stands_it_is_no_correction(named):
    before = named["lift"].meeting.feed.count()
    domain.correct(named["lift"], answer="明天就修", seen="明天就修")
    named["lift"].refresh_from_db()
    assert (named["lift"].corrected_at, named["lift"].meeting.feed.count()) == (None, before)


@pytest.mark.parametrize(
    ("name", "answer", "seen", "refused"),
    [
        ("lift", "后天修", "别人写的", Late),  # somebody was faster
        ("early", "后天修", "", Late),  # nobody has answered it yet
        ("lift", " ，", "明天就修", ValueError),
    ],
)
def test_a_correction_that_cannot_be_leaves_the_answer(named, name, answer, seen, refused):
    before = named[name].answer
    with pytest.raises(refused):
        domain.correct(named[name], answer=answer, seen=seen)
    named[name].refresh_from_db()
    assert (named[name].answer, named[name].corrected_at) == (before, None)


def test_one_browser_judges_once_and_may_think_again(named):
    domain_after.judge(named["lift"], ANNA, solved=False, satisfaction="basic", words="又停了")
    said = Judgement.objects.get(question=named["lift"])
    assert (said.viewer, said.solved, said.satisfaction, said.words) == (ANNA, False, "basic", "又停了")


@pytest.mark.parametrize(
    ("which", "who"),
    [("lift", BELA), ("drain", CARL), ("again", ERNA)],
    ids=["another's", "a case", "one that is folded"],
)
def test_nobody_judges_what_is_not_theirs_to_judge(named, which, who):
    with pytest.raises(Late):
        domain_after.judge(named[which], who, solved=True, satisfaction="satisfied")


def test_thirty_days_after_the_answer_its_judgement_stands(named):
    Question.objects.filter(pk=named["lift"].pk).update(settled_at=timezone.now() - timedelta(days=31))
    with pytest.raises(Late):
        domain_after.judge(named["lift"], ANNA, solved=False, satisfaction="basic")


def test_what_is_judged_unsolved_becomes_a_case_once(named):
    opened = domain.reopen_as_case(named["lamp"], due=in_days(4))
    case = Case.objects.get(number=opened.number)
    assert (case.lead.code, named["lamp"].state, named["lamp"].answer) == ("qingyuan", State.HANDED, "已经修了")
    assert domain.UNSOLVED in [event.public.get("reason") for event in case.events.all()]
    with pytest.raises(Late):
        domain.reopen_as_case(named["lamp"])


def test_what_nobody_judged_unsolved_stays_an_answer(named):
    with pytest.raises(Late):
        domain.reopen_as_case(named["lift"])
    assert named["lift"].case is None


def test_a_next_date_that_passed_in_silence_is_told_once_to_the_unit(named):
    Question.objects.filter(pk=named["drain"].pk).update(next_on=in_days(-2))
    assert domain_after.remind(timezone.localdate()) > 0
    assert domain_after.remind(timezone.localdate()) == 0
    told = set(Notice.objects.filter(key__startswith="meeting:next:").values_list("account__username", flat=True))
    assert told == {"handler.qingyuan", LEADER}


@pytest.mark.parametrize("kept", ["a step on the day", "a day to come", "resolved"])
def test_nobody_is_reminded_of_what_was_kept(named, kept):
    question = named["lift" if kept == "resolved" else "drain"]
    Question.objects.filter(pk=question.pk).update(next_on=in_days(1 if kept == "a day to come" else -2))
    if kept == "a step on the day":
        Step.objects.create(
            question=question, text="通了一半", by=account(LEADER), at=timezone.now() - timedelta(days=1)
        )
    assert domain_after.remind(timezone.localdate()) == 0


def test_of_two_who_conclude_the_later_is_told(named):
    hall, by = named["lift"].meeting, account(LEADER)
    domain_after.write_review(hall, by, words="路灯要再修", version=0)
    with pytest.raises(Late):
        domain_after.write_review(hall, by, words="别的话", version=0)
    assert Review.objects.get().words == "路灯要再修"


def test_a_promise_runs_the_clocks_of_any_case_warned_before_and_late_after():
    question = shown(live())
    domain.settle(question, State.PROMISED, answer="五天内修好", due=in_days(5), theme="city", term="near")
    case = question.case
    tick(timezone.now())
    # Of the case's own date; an hour before it, half and four fifths of its time have passed.
    marks = TimerMark.objects.filter(timer__case=case, timer__step="handle").order_by("percent")
    tick(case.due_at - timedelta(hours=1))
    before = list(marks.values_list("percent", flat=True))
    tick(case.due_at + timedelta(days=4))
    after = list(marks.values_list("percent", flat=True))
    heard = Notice.objects.filter(account=account("handler.qingyuan"), key__startswith="timer:")
    assert (before, after, heard.exists()) == ([50, 80], [50, 80, 100], True)


def test_a_promise_that_is_past_is_late_on_the_register_and_as_a_case(named):
    line = queries_after.line(named["drain"])
    assert (line.standing, line.question.case.is_late, "3" in line.ring) == ("late", True, True)
