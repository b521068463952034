from datetime import timedelta

import pytest
from tests.district import dispatched

from huiyin.cases.models import Case
from huiyin.cases.paging import after, capped_counts, paged, shown_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def five():
    cases = [dispatched() for _ in range(5)]
    same = cases[0].due_at
    for number, case in enumerate(cases):  # two share a date, so the id must decide
        Case.objects.filter(pk=case.pk).update(due_at=same + timedelta(hours=number // 2))
    return [case.pk for case in cases]


def ids(page):
    return [case.pk for case in page.rows]


@pytest.mark.parametrize("order", [("due_at", "id"), ("-due_at", "-id"), ("-id",)])
def test_pages_follow_one_another_there_and_back(five, order):
    expected = list(Case.objects.order_by(*order).values_list("pk", flat=True))
    first = paged(Case.objects.all(), order=order, size=2)
    second = paged(Case.objects.all(), order=order, cursor=first.next, size=2)
    third = paged(Case.objects.all(), order=order, cursor=second.next, size=2)
    assert [ids(first), ids(second), ids(third)] == [expected[:2], expected[2:4], expected[4:]]
    assert (first.prev, third.next) == ("", "")
    back = paged(Case.objects.all(), order=order, cursor=third.prev, size=2)
    assert (ids(back), bool(back.prev), bool(back.next)) == (expected[2:4], True, True)
    start = paged(Case.objects.all(), order=order, cursor=back.prev, size=2)
    assert (ids(start), start.prev) == (expected[:2], "")


@pytest.mark.parametrize("cursor", ["", "nonsense", "a:b:c", "' OR 1=1 --"])
def test_a_cursor_made_elsewhere_begins_at_the_start(five, cursor):
    assert ids(paged(Case.objects.all(), order=("-id",), cursor=cursor, size=2)) == five[::-1][:2]


def test_a_cursor_of_another_order_begins_at_the_start(five):
    other = paged(Case.objects.all(), order=("due_at", "id"), size=2).next
    assert ids(paged(Case.objects.all(), order=("-id",), cursor=other, size=2)) == five[::-1][:2]


def test_a_page_is_one_query(five, django_assert_num_queries):
    with django_assert_num_queries(1):
        paged(Case.objects.all(), order=("due_at", "id"), size=2)


def test_after_finds_the_follower_even_of_a_case_that_left_the_list(five):
    case = Case.objects.get(pk=five[1])
    assert after(Case.objects.exclude(pk=five[1]), order=("due_at", "id"), case=case).pk == five[2]
    assert after(Case.objects.all(), order=("due_at", "id"), case=Case.objects.get(pk=five[4])) is None


def test_counts_are_one_query_and_stop_at_the_cap(five, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr("huiyin.cases.paging.CAP", 3)
    lists = {
        "all": Case.objects.all(),
        "none": Case.objects.filter(state="archived"),
        "two": Case.objects.filter(pk__in=five[:2]),
    }
    with django_assert_num_queries(1):
        assert capped_counts(lists) == {"all": 4, "none": 0, "two": 2}
    assert [shown_count(count) for count in (4, 3, 0)] == ["3+", "3", "0"]


@pytest.mark.parametrize("order", [("due_at", "id"), ("-id",)])
def test_lists_that_overlap_page_as_one_in_two_queries(five, order, django_assert_num_queries):
    expected = list(Case.objects.order_by(*order).values_list("pk", flat=True))
    parts = (Case.objects.filter(pk__in=five[:4]), Case.objects.filter(pk__in=five[2:]))
    with django_assert_num_queries(2):  # keys from the indexes, then the rows
        first = paged(*parts, order=order, size=3)
    second = paged(*parts, order=order, cursor=first.next, size=3)
    assert [ids(first), ids(second), second.next] == [expected[:3], expected[3:], ""]
    assert ids(paged(*parts, order=order, cursor=second.prev, size=3)) == expected[:3]
