from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.reception.beside import called, desk, press, recorded, taken
from tests.townhall.hall import live

from huiyin.reception import domain, queries
from huiyin.reception.choices import Outcome
from huiyin.reception.models import Ticket

pytestmark = pytest.mark.django_db


def test_the_roster_says_who_waits_and_which_number_is_called():
    hall = live()
    care, law = desk(hall), desk(hall, topic="legal", place="二号台", begun=40, minutes=30)
    called(care), taken(care), taken(care)
    told = {one.desk.pk: (one.waiting, one.calling, one.open) for one in queries.roster(hall)}
    assert told == {care.pk: (2, 1, True), law.pk: (0, None, False)}


def test_the_roster_is_one_question_to_the_database(django_assert_num_queries):
    hall = live()
    for place in range(4):
        taken(desk(hall, place=f"{place}号台"))
    with django_assert_num_queries(1):
        queries.roster(hall)


def test_a_browser_sees_how_many_wait_before_it_and_nobody_elses_number():
    hall, viewer = live(), uuid4()
    at = desk(hall, begun=-60)
    called(at), taken(at)
    domain.take(at, press=press(), viewer=viewer)
    taken(at)
    (mine,) = queries.own(hall, viewer, queries.roster(hall))
    assert (mine.ticket.number, mine.calling, mine.ahead) == (3, 1, 1)
    assert mine.expected_at == at.begins_at + timedelta(minutes=10)
    assert queries.own(hall, None, queries.roster(hall)) == []


def test_the_receipt_stands_with_the_number_it_came_of():
    hall, viewer = live(), uuid4()
    at = desk(hall)
    domain.take(at, press=press(), viewer=viewer)
    kept = recorded(at, ticket=domain.call_next(at), outcome=Outcome.CASE)
    (mine,) = queries.own(hall, viewer, queries.roster(hall))
    assert mine.receipt.number == kept.case.number


def test_figures_of_a_meeting_without_desks_are_none_at_all():
    assert queries.figures(live()) == queries.Figures(0, 0, 0, 0, 0, 0, 0, None)


def test_figures_counted_by_hand():
    hall = live()
    at = desk(hall, begun=60)
    recorded(at, ticket=called(at), outcome=Outcome.CASE)
    recorded(at, ticket=called(at), outcome=Outcome.KNOWLEDGE)
    recorded(at)
    domain.missed(called(at))
    domain.cancel(taken(at))
    now = timezone.now()
    # Waited 5, 20 and, as the number was taken an hour before the desk began, 30 minutes.
    for number, taken_before, called_after in ((1, 40, 35), (2, 50, 30), (3, 120, 30)):
        Ticket.objects.filter(desk=at, number=number).update(
            taken_at=now - timedelta(minutes=taken_before), called_at=now - timedelta(minutes=called_after)
        )
    told = queries.figures(hall)
    assert (told.desks, told.tickets, told.served, told.missed) == (1, 4, 2, 1)
    assert (told.consultations, told.cases, told.knowledge, told.wait_minutes) == (3, 1, 1, 20)
    assert queries.came_of(hall).count() == 1
