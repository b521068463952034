"""Nothing in the database says who chose what, nor which number a phone has."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import DateTimeField
from django.utils import timezone
from tests.polls.ballot import ended, ids, opened, phone, voted

from huiyin.polls import mixing, phones, retention
from huiyin.polls.models import Ballot, Code, Poll, Voter

pytestmark = pytest.mark.django_db


def rows(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def everything():
    """All that the database holds, as text."""
    tables = connection.introspection.table_names()
    return "\n".join(str(row) for table in tables for row in rows(f'TABLE "{table}"'))


def test_the_number_is_nowhere_in_the_database():
    poll = opened()
    voted(poll, 1)
    found = everything()
    assert (phones.voter(poll, phone()) in found, phone() in found, phone()[3:] in found) == (True, False, False)


def test_a_ballot_has_no_time_no_counter_and_no_way_to_a_person():
    fields = {field.name: type(field).__name__ for field in Ballot._meta.get_fields()}
    assert fields == {"id": "UUIDField", "poll": "ForeignKey", "options": "ArrayField"}
    assert not any(isinstance(field, DateTimeField) for field in Voter._meta.get_fields())
    for model in apps.get_app_config("polls").get_models():
        to = {field.related_model for field in model._meta.get_fields() if field.is_relation}
        assert not {Ballot, Voter} & to or model is Poll


def test_one_phone_has_another_hash_in_every_vote_and_for_its_codes():
    one, other = opened(), opened(question="另一件")
    for poll in (one, other):
        voted(poll, 1)
    hashes = {*Voter.objects.values_list("phone", flat=True), *Code.objects.values_list("line", flat=True)}
    assert len(hashes) == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("together", "transactions"), [(0, 6), (mixing.TOGETHER, 1)], ids=["alone", "with others"])
def test_transactions_do_not_pair_voters_with_ballots(monkeypatch, together, transactions):
    """A ballot written alone has the number of its voter's transaction, or the one beside it: proven first."""
    monkeypatch.setattr(mixing, "TOGETHER", together)
    poll = opened()
    for number in range(6):
        voted(poll, 1 + number % 3, number=number)
    assert rows("SELECT count(DISTINCT xmin::text) FROM polls_voter") == [(6,)]
    assert rows("SELECT count(DISTINCT xmin::text) FROM polls_ballot") == [(transactions,)]
    mixing.mix(poll)
    both = "SELECT xmin::text FROM polls_ballot UNION SELECT xmin::text FROM polls_voter"
    assert len(rows(both)) == 1


@pytest.mark.django_db(transaction=True)
def test_mixing_keeps_what_was_chosen_and_no_row_of_before():
    poll = opened()
    for number in range(9):
        voted(poll, 1 + number % 3, number=number)
    before, seen = sorted(Ballot.objects.values_list("options")), set(Ballot.objects.values_list("pk"))
    voters = set(Voter.objects.values_list("phone", flat=True))
    mixing.mix(poll)
    assert sorted(Ballot.objects.values_list("options")) == before
    assert seen & set(Ballot.objects.values_list("pk")) == set()
    assert set(Voter.objects.values_list("phone", flat=True)) == voters


@pytest.mark.django_db(transaction=True)
def test_the_place_of_a_row_does_not_tell_when_it_came():
    """Twelve ballots, the first six alike: in twenty mixings they do not stay in front."""
    poll = opened()
    for number in range(12):
        voted(poll, 1 if number < 6 else 2, number=number)
    first, orders = ids(poll)[0], set()
    for _ in range(20):
        mixing.mix(poll)
        found = rows("SELECT options FROM polls_ballot ORDER BY ctid")
        orders.add(tuple(first in options for (options,) in found))
    assert len(orders) > 1


def test_codes_are_forgotten_after_a_day_and_voters_after_fifteen_but_no_ballot():
    poll = opened()
    voted(poll, 1)
    ended(poll)
    now = timezone.now()
    assert (retention.forget_codes(now), retention.forget_voters(now)) == (0, 0)
    late = now + timedelta(days=2)
    assert (retention.forget_codes(late), retention.forget_voters(late)) == (1, 0)
    late = now + retention.VOTERS_KEPT + timedelta(minutes=1)
    assert (retention.forget_voters(late), Voter.objects.count(), Ballot.objects.count()) == (1, 0, 1)
