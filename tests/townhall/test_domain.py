from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from tests.townhall.hall import DARK, LIFT, asked, live, posts, shown

from huiyin.cases.models import Case, Category
from huiyin.cases.private import unseal
from huiyin.people.models import Unit
from huiyin.townhall import domain
from huiyin.townhall.choices import Stage, State
from huiyin.townhall.domain import Late
from huiyin.townhall.models import Post, Question

pytestmark = pytest.mark.django_db
PERSON = {"name": "张思远", "phone": "13900000517"}


def test_a_question_is_masked_waits_and_stands_nowhere_until_somebody_has_looked():
    hall = live()
    question = asked(hall, f"{LIFT}我叫张思远，电话13900000517", **PERSON)
    assert (question.state, "0000" in question.text, "思远" in question.text) == (State.WAITING, False, False)
    assert posts(hall) == []


def test_one_press_is_one_question_however_often_it_is_sent():
    hall = live()
    first, again = (domain.ask(hall, text=LIFT, press="one") for _ in range(2))
    assert (first.pk, Question.objects.count()) == (again.pk, 1)


def test_an_unmoderated_meeting_shows_at_once():
    hall = live(moderated=False)
    asked(hall)
    assert posts(hall) == [(1, "question", None)]


def test_a_question_needs_words():
    with pytest.raises(ValueError, match="needs words"):
        domain.ask(live(), text=" \n", press="one")


def test_posts_are_numbered_without_a_gap_through_a_whole_question():
    hall = live()
    question = shown(hall)
    domain.spotlight(question)
    domain.settle(question, State.ANSWERED, answer="明天就修")
    domain.turn(hall, Stage.CLOSED)
    assert posts(hall) == [
        (1, "question", None),
        (2, "state", "spotlit"),
        (3, "state", "answered"),
        (4, "stage", None),
    ]


def test_what_was_rolled_back_leaves_no_gap():
    hall = live()
    question = shown(hall)
    with pytest.raises(Late):
        domain.show(question)
    domain.spotlight(question)
    assert [number for number, *_ in posts(hall)] == [1, 2]


def test_of_two_hosts_one_settles():
    question = shown(live())
    domain.settle(question, State.ANSWERED, answer="明天就修")
    with pytest.raises(Late):
        domain.settle(question, State.PROMISED, due=date(2026, 12, 4))
    assert Case.objects.count() == 0


def test_one_is_answered_at_a_time():
    hall = live()
    first, second = shown(hall), shown(hall, DARK)
    domain.spotlight(first)
    domain.spotlight(second)
    first.refresh_from_db()
    assert (first.state, first.spotlit_at, second.state) == (State.SHOWN, None, State.SPOTLIT)


def test_asked_before_folds_with_its_likes_and_its_asker():
    hall = live()
    first, second = shown(hall), shown(hall, "电梯什么时候修好")
    domain.like(second, uuid4())
    second.refresh_from_db()
    domain.fold(second, first)
    first.refresh_from_db()
    assert (second.state, second.into_id, first.likes) == (State.FOLDED, first.pk, 2)


@pytest.mark.parametrize("wrong", ["itself", "another meeting", "one that is folded"])
def test_a_question_folds_only_into_one_that_stands_for_itself(wrong):
    hall = live()
    question, other = shown(hall), shown(hall, DARK)
    if wrong == "another meeting":
        other = shown(live(code="other"))
    if wrong == "one that is folded":
        domain.fold(other, shown(hall, "另一个问题"))
    with pytest.raises(Late):
        domain.fold(question, question if wrong == "itself" else other)


def test_a_promise_is_a_case_with_the_unit_and_the_date_that_were_said():
    question = shown(live(), **PERSON)
    opened = domain.settle(
        question, State.PROMISED, answer="周五前修好", due=date(2026, 12, 4), unit_id=Unit.objects.get(code="heyan").pk
    )
    case = Case.objects.get(number=opened.number)
    assert (case.state, case.lead.code, case.channel, question.case_id) == ("to_accept", "heyan", "meeting", case.pk)
    assert case.due_at.astimezone().date() == date(2026, 12, 4)
    assert domain.secret_of(question) == opened.secret


def test_what_is_handed_over_without_a_date_has_the_usual_one_and_the_units_of_the_meeting():
    question = shown(live())
    domain.settle(question, State.HANDED)
    case = question.case
    assert (case.lead.code, (case.due_at - case.dispatched_at).days) == ("qingyuan", 7)


def test_a_browser_likes_once_and_only_what_everybody_sees():
    hall = live()
    seen, unseen, viewer = shown(hall), asked(hall, DARK), uuid4()
    assert [domain.like(seen, viewer), domain.like(seen, viewer), domain.like(unseen, viewer)] == [True, False, False]
    seen.refresh_from_db()
    assert seen.likes == 1


def test_a_question_taken_back_is_told_to_those_who_have_seen_it():
    hall = live()
    domain.refuse(shown(hall))
    domain.refuse(asked(hall, DARK))
    assert posts(hall) == [(1, "question", None), (2, "state", "refused")]
    assert {post.body["text"] for post in hall.feed.all()} == {""}


def test_a_meeting_opens_closes_and_may_go_on():
    hall = live()
    domain.turn(hall, Stage.CLOSED)
    with pytest.raises(Late):
        domain.turn(hall, Stage.CLOSED)
    domain.turn(hall, Stage.LIVE)
    assert [post.body["stage"] for post in Post.objects.order_by("number")] == ["closed", "live"]


def test_a_number_in_an_answer_does_not_stand_before_everybody():
    question = shown(live())
    domain.settle(question, State.ANSWERED, answer="请找王师傅，13900000421")
    assert "13900000421" not in question.answer


def test_what_a_person_gave_as_name_and_number_is_masked_in_the_question_too():
    question = asked(live(), "张思远家楼道灯坏了，打666123没人接", name="张思远", phone="6661237")
    assert ("思远" in question.text, unseal(bytes(question.sealed))["name"]) == (False, "张思远")


def test_who_asked_is_kept_in_the_case_alone_once_there_is_one():
    question = shown(live(), **PERSON)
    domain.settle(question, State.HANDED)
    question.refresh_from_db()
    assert question.sealed is None


def test_who_asked_is_erased_in_time_where_no_case_came_of_it():
    question = asked(live(), **PERSON)
    early, late = question.asked_at, question.asked_at + timedelta(seconds=1)
    assert [domain.forget_before(early), domain.forget_before(late), domain.forget_before(late)] == [0, 1, 0]


def test_a_press_of_another_browser_is_not_theirs_and_of_another_meeting_is_new():
    hall, other = live(), live(code="other")
    domain.ask(hall, text=LIFT, press="one", asker=uuid4())
    with pytest.raises(Late):
        domain.ask(hall, text=DARK, press="one", asker=uuid4())
    assert domain.ask(other, text=DARK, press="one").meeting == other


def test_a_question_shown_meanwhile_is_refused_with_its_words():
    hall = live()
    seen = asked(hall)
    stale = Question.objects.get(pk=seen.pk)
    domain.show(seen)
    domain.refuse(stale)
    assert {post.body["text"] for post in hall.feed.all()} == {""}


def test_two_that_fold_into_one_another_leave_one_standing():
    hall = live()
    first, second = shown(hall), shown(hall, DARK)
    stale = Question.objects.get(pk=second.pk)
    domain.fold(first, second)
    with pytest.raises(Late):
        domain.fold(stale, first)
    assert sorted(Question.objects.values_list("state", flat=True)) == ["folded", "shown"]


def test_who_likes_both_counts_once_when_they_are_folded():
    hall, viewer = live(), uuid4()
    first, second = shown(hall, asker=viewer), shown(hall, DARK, asker=viewer)
    for question in (first, second):
        domain.like(question, viewer)
    domain.fold(second, first)
    first.refresh_from_db()
    assert first.likes == 1


def test_a_closed_meeting_answers_nothing_any_more():
    hall = live()
    question = shown(hall)
    domain.spotlight(question)
    domain.turn(hall, Stage.CLOSED)
    question.refresh_from_db()
    assert question.state == State.SHOWN


@pytest.mark.django_db(transaction=True)
def test_two_hosts_at_once_leave_one_question_before_everybody():
    hall = live()
    pair = [shown(hall).pk, shown(hall, DARK).pk]

    def choose(pk):
        try:
            domain.spotlight(Question.objects.get(pk=pk))
        finally:
            connection.close()

    for _ in range(5):
        with ThreadPoolExecutor(2) as hosts:
            list(hosts.map(choose, pair))
        assert Question.objects.filter(state=State.SPOTLIT).count() == 1
        Question.objects.filter(pk__in=pair).update(state=State.SHOWN)


def test_a_promise_that_no_category_fits_is_a_case_of_the_last_one():
    hall = live()
    question = shown(hall, "那个事情到底怎么样")
    opened = domain.settle(question, State.HANDED, unit_id=Unit.objects.get(code="heyan").pk)
    case = Case.objects.get(number=opened.number)
    assert case.category.code == max(Category.objects.values_list("code", flat=True))
