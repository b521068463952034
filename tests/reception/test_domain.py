from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from tests.reception.beside import called, desk, press, recorded, taken
from tests.townhall.hall import live, meeting

from huiyin.cases.private import unseal
from huiyin.reception import domain
from huiyin.reception.choices import State
from huiyin.reception.models import Ticket
from huiyin.townhall.domain import Late

pytestmark = pytest.mark.django_db


def test_numbers_begin_at_one_at_each_desk():
    hall = live()
    law, care = desk(hall, topic="legal", place="二号台"), desk(hall)
    assert [taken(at).number for at in (law, law, care, law)] == [1, 2, 1, 3]


def test_a_number_that_was_not_given_leaves_no_gap():
    at = desk()
    with transaction.atomic():
        taken(at)
        transaction.set_rollback(True)
    assert taken(at).number == 1


def test_one_press_is_one_number_and_one_browser_has_one_at_a_desk():
    at, viewer = desk(), uuid4()
    numbers = [domain.take(at, press=mark, viewer=viewer).number for mark in ("a", "a", "b")]
    door = [domain.take(at, press="door").number for _ in range(2)]
    assert (numbers, door) == ([1, 1, 1], [2, 2])


def test_a_browser_holds_two_open_numbers_in_a_meeting():
    hall, viewer = live(), uuid4()
    first, second, third = (desk(hall, place=f"{place}号台") for place in (1, 2, 3))
    held = domain.take(first, press=press(), viewer=viewer)
    domain.take(second, press=press(), viewer=viewer)
    with pytest.raises(domain.TooMany):
        domain.take(third, press=press(), viewer=viewer)
    domain.cancel(held)
    assert domain.take(third, press=press(), viewer=viewer).number == 1


@pytest.mark.parametrize(("minutes", "begun", "given"), [(30, -60, 3), (29, -60, 2), (30, 40, 0), (30, 15, 1)])
def test_a_desk_gives_as_many_numbers_as_fit_before_it_ends(minutes, begun, given):
    at = desk(minutes=minutes, begun=begun)
    for _ in range(given):
        taken(at)
    with pytest.raises(domain.Full):
        taken(at)
    assert Ticket.objects.count() == given


def test_a_desk_of_a_closed_meeting_gives_no_number():
    with pytest.raises(domain.Full):
        taken(desk(meeting(stage="closed")))


def test_the_time_expected_is_the_minutes_of_one_for_each_that_waits_before():
    at = desk(begun=-30)
    assert [taken(at).slot_at - at.begins_at for _ in range(3)] == [timedelta(minutes=10 * n) for n in range(3)]


def test_the_lowest_number_is_called_and_one_at_a_time():
    at = desk()
    first, second = taken(at), taken(at)
    assert domain.call_next(at).pk == first.pk
    with pytest.raises(Late):
        domain.call_next(at)
    first.refresh_from_db()
    domain.missed(first)
    assert domain.call_next(at).pk == second.pk


def test_nobody_is_called_where_nobody_waits():
    with pytest.raises(Late):
        domain.call_next(desk())


def test_who_missed_the_call_is_next_when_put_back():
    at = desk()
    first = called(at)
    taken(at)
    domain.missed(first)
    domain.put_back(first)
    assert domain.call_next(at).number == 1


def test_who_missed_the_call_and_has_a_new_number_is_not_put_back():
    at, viewer = desk(), uuid4()
    domain.take(at, press=press(), viewer=viewer)
    first = domain.call_next(at)
    domain.missed(first)
    domain.take(at, press=press(), viewer=viewer)
    with pytest.raises(Late):
        domain.put_back(first)


def test_what_is_settled_is_not_moved_again():
    ticket = called(desk())
    domain.missed(ticket)
    for verb in (domain.missed, domain.cancel):
        with pytest.raises(Late):
            verb(ticket)


def test_the_contact_is_sealed_and_erased_when_the_number_is_given_back():
    ticket = taken(desk(), name="张思远", phone="13900000517")
    assert unseal(bytes(ticket.sealed)) == {"name": "张思远", "phone": "13900000517"}
    domain.cancel(ticket)
    assert ticket.sealed is None


def test_an_old_contact_is_forgotten():
    at = desk()
    old, fresh = (taken(at, phone="13900000517") for _ in range(2))
    Ticket.objects.filter(pk=old.pk).update(taken_at=timezone.now() - timedelta(days=8))
    assert domain.forget_before(timezone.now() - timedelta(days=7)) == 1
    fresh.refresh_from_db()
    assert fresh.sealed is not None


def test_a_desk_with_a_number_stays():
    empty, used = desk(), desk(meeting("heyan", stage="live"))
    taken(used)
    domain.remove(empty)
    with pytest.raises(Late):
        domain.remove(used)


def test_the_database_refuses_a_desk_that_ends_before_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        desk(minutes=-1)


def _at_once(verbs):
    """Each in a connection of its own; what it raised, or None."""

    def run(verb):
        try:
            verb()
        except Late as late:
            return type(late)
        else:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return list(pool.map(run, verbs))


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_call_at_once_one_calls():
    at = desk()
    taken(at), taken(at)
    answers = _at_once([lambda: domain.call_next(at)] * 2)
    assert sorted(map(str, answers)) == sorted(map(str, [None, Late]))
    assert list(at.tickets.order_by("number").values_list("state", flat=True)) == [State.CALLED, State.WAITING]


@pytest.mark.django_db(transaction=True)
def test_numbers_taken_at_once_have_no_gap_and_none_is_given_twice():
    at = desk()
    assert _at_once([lambda: taken(at)] * 4) == [None] * 4
    assert list(at.tickets.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_a_browser_that_presses_at_three_desks_at_once_gets_two_numbers():
    hall, viewer = live(), uuid4()
    desks = [desk(hall, place=f"{place}号台") for place in (1, 2, 3)]
    answers = _at_once([lambda one=one: domain.take(one, press="p", viewer=viewer) for one in desks])
    assert (answers.count(domain.TooMany), Ticket.objects.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_a_record_that_is_pressed_twice_at_once_is_one_and_both_presses_find_it():
    at = desk()
    ticket, number = called(at), press()
    assert _at_once([lambda: recorded(at, ticket=ticket, press=number)] * 3) == [None] * 3
    assert at.consultations.count() == 1
