from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from tests.district import TEXT, received

from huiyin.alike import queries
from huiyin.alike.domain import forget_sealed, read_new
from huiyin.alike.models import Fingerprint
from huiyin.alike.queries import alike
from huiyin.cases.models import Case

pytestmark = pytest.mark.django_db
PLACE = "东里小区"
NOT_HEATED = "东里小区暖气冰凉，家里很冷。"
DARK = "河沿街的路灯坏了三天，晚上看不见路。"


@pytest.fixture(autouse=True)
def fresh():
    queries._frequencies.cache_clear()


def numbers(found):
    return [one.case.number for one in found]


def test_of_all_cases_the_one_of_the_same_place_and_matter_comes_first_with_its_reasons():
    cold, dark = received(text=TEXT), received(text=DARK, place="河沿街")
    read_new(seconds=5)
    found = alike(NOT_HEATED, PLACE)
    assert numbers(found)[:1] == [cold.number]
    assert dark.number not in numbers(found)[:1]
    assert {reason.kind for reason in found[0].reasons} >= {"place", "matter"}


def test_nothing_is_found_before_a_case_was_read_and_nothing_is_read_twice():
    received()
    before = alike(NOT_HEATED, PLACE)
    assert (before, read_new(seconds=5), read_new(seconds=5)) == ([], 1, 0)
    assert len(alike(NOT_HEATED, PLACE)) == 1


def test_a_confidential_case_is_not_read():
    received(confidential=True)
    assert (read_new(seconds=5, everything=True), alike(NOT_HEATED, PLACE)) == (0, [])


def test_a_case_that_becomes_confidential_is_not_found_any_more_and_forgotten_at_night():
    case = received()
    read_new(seconds=5)
    assert numbers(alike(NOT_HEATED, PLACE)) == [case.number]  # it could leak
    Case.objects.filter(pk=case.pk).update(confidential=True)
    assert alike(NOT_HEATED, PLACE) == []
    assert (forget_sealed(), Fingerprint.objects.count()) == (1, 0)


def test_only_among_the_cases_that_were_asked_for():
    case = received()
    read_new(seconds=5)
    assert numbers(alike(NOT_HEATED, PLACE, among=Case.objects.exclude(pk=case.pk))) == []


def test_days_apart_are_told_and_weigh_a_little():
    received()
    read_new(seconds=5)
    (now,) = alike(NOT_HEATED, PLACE, timezone.now())
    (later,) = alike(NOT_HEATED, PLACE, timezone.now() + timedelta(days=400))
    assert (later.reasons[-1].detail, later.score < now.score) == ("400", True)


def test_the_best_of_more_than_asked_for_are_kept():
    for _ in range(4):
        received()
    read_new(seconds=5)
    found = alike(NOT_HEATED, PLACE, k=2)
    assert numbers(found) == numbers(alike(NOT_HEATED, PLACE, k=9))[:2]


def test_a_text_with_nothing_to_go_by_finds_nothing():
    received()
    read_new(seconds=5)
    assert [alike(text) for text in ("", "。。。", "\ud800")] == [[], [], []]


def test_asking_takes_one_question_for_keys_one_for_rights_and_one_for_cases(django_assert_num_queries):
    """And one for rows, past Django, in the binary format."""
    received()
    read_new(seconds=5)
    with django_assert_num_queries(3):
        alike(NOT_HEATED, PLACE)
    with django_assert_num_queries(2):
        alike(NOT_HEATED, PLACE)


def test_keys_that_many_have_are_known_as_common_once_the_table_was_analysed():
    for _ in range(5):
        received()
    read_new(seconds=5)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE alike_fingerprint")
    rows, shares, _rarest = queries._frequencies(0)
    assert (rows, max(shares.values())) == (5.0, 1.0)
    assert len(alike(NOT_HEATED, PLACE)) == 5
